// Where to split: besides the sentences, every word can be pressed. Each word is a button that sets the offset's field.

import { codePoints } from "./codepoints.js";
import { drawn } from "./turning.js";

export default function splitPlace(box) {
  const source = box.querySelector("[data-split-text]");
  const field = document.getElementById(box.dataset.field);
  const text = source.textContent;
  const words = [...text.matchAll(/\S+\s*/gu)];
  const line = document.createElement("p");
  line.className = "words split-words";
  for (const word of words) {
    if (word.index === 0) {
      line.append(...drawn(word[0]));
      continue;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "split-word";
    button.append(...drawn(word[0]));
    button.dataset.offset = String(codePoints(text, word.index));
    line.append(button);
  }
  line.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const other of line.querySelectorAll("[aria-pressed]")) other.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    field.value = button.dataset.offset;
    for (const radio of document.querySelectorAll("input[type=radio][name=offset]")) radio.checked = false;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  source.replaceWith(line);
  box.hidden = false;
}
