// Builds a redline from what the server sends: a list of blocks with pieces. Words enter as text nodes only.

const SIGNS = { insert: ["ins", "before-ins"], delete: ["del", "before-del"] };

function piece(data, words) {
  if (!(data.op in SIGNS)) return document.createTextNode(data.text);
  const [tag] = SIGNS[data.op];
  const element = document.createElement(tag);
  const before = document.createElement("span");
  before.className = "visually-hidden";
  before.textContent = `[${words[data.op]}: `;
  const after = document.createElement("span");
  after.className = "visually-hidden";
  after.textContent = "]";
  element.append(before, document.createTextNode(data.text), after);
  return element;
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
      for (const data of cell) paragraph.append(piece(data, words), document.createElement("wbr"));
    });
    fragment.append(paragraph);
  }
  return fragment;
}
