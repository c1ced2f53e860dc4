// Builds a redline from what the server sends: a list of blocks with pieces. Words enter as text nodes only.

import { drawn } from "./turning.js";

const TAGS = { insert: "ins", delete: "del" };

function piece(data, words) {
  if (!(data.op in TAGS)) return drawn(data.text);
  const element = document.createElement(TAGS[data.op]);
  const before = document.createElement("span");
  before.className = "visually-hidden";
  before.textContent = `[${words[data.op]}: `;
  const after = document.createElement("span");
  after.className = "visually-hidden";
  after.textContent = "]";
  element.append(before, ...drawn(data.text), after);
  return [element];
}

/** `words`: the spoken signs { insert, delete } in the page's language. */
export function build(blocks, words) {
  const fragment = document.createElement("div");
  fragment.className = "redline";
  for (const block of blocks) {
    if (block.label) {
      const label = document.createElement("p");
      label.className = "change-name";
      label.textContent = block.label;
      fragment.append(label);
    }
    const paragraph = document.createElement("p");
    paragraph.className = "words";
    block.cells.forEach((cell, number) => {
      if (number > 0) paragraph.append(" | ");
      for (const data of cell) paragraph.append(...piece(data, words), document.createElement("wbr"));
    });
    fragment.append(paragraph);
  }
  return fragment;
}
