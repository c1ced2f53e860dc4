// A message that must be read first (the summary of errors) gets the focus when the page has loaded.

export default function focus(element) {
  element.focus();
}
