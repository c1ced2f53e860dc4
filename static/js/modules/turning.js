// Characters that turn the direction of writing are drawn and turn nothing but themselves, as the server does it.

const MARKS = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/u;

/** The words as nodes. */
export function drawn(text) {
  return text.split(MARKS).map((part, index) => {
    if (index % 2 === 0) return document.createTextNode(part);
    const mark = document.createElement("bdi");
    mark.className = "turning";
    mark.dataset.code = `U+${part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    mark.textContent = part;
    return mark;
  });
}
