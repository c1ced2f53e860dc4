// The outline lies folded on a phone and stands open where there is room beside the text.

export default function outline(details) {
  const wide = window.matchMedia("(min-width: 62rem)");
  details.open = wide.matches;
  wide.addEventListener("change", () => {
    details.open = wide.matches;
  });
}
