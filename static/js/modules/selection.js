// Selecting words of the text offers to propose something for exactly these words.
//
// Words carry their place: a paragraph's element has data-paragraph (identity), each piece of its base words data-s (offset in code
// points). Line numbers, chips and words that another proposal inserted carry none, so they never count.

import { codePoints } from "./codepoints.js";

/** The place (paragraph, offset) of a DOM point, or null when it is not in base words. `side` says which way to lean. */
export function placeOf(node, offset, side) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element.closest("[data-s]");
  const paragraph = element.closest("[data-paragraph]");
  if (!paragraph) return null;
  if (piece && node.nodeType === Node.TEXT_NODE) {
    return { paragraph, offset: Number(piece.dataset.s) + before(piece, node) + codePoints(node.data, offset) };
  }
  return lean(paragraph, node, offset, side);
}

function before(piece, node) {
  const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (walker.nextNode() && walker.currentNode !== node) count += codePoints(walker.currentNode.data);
  return count;
}

/** A point between pieces: the nearest base words inside the paragraph on the side asked for. */
function lean(paragraph, node, offset, side) {
  const point = document.createRange();
  point.setStart(node, offset);
  const pieces = [...paragraph.querySelectorAll("[data-s]")];
  const after = pieces.find((piece) => point.comparePoint(piece, 0) >= 0);
  if (side === "start" && after) return { paragraph, offset: Number(after.dataset.s) };
  const earlier = after ? pieces.slice(0, pieces.indexOf(after)) : pieces;
  const last = earlier.at(-1);
  return { paragraph, offset: last ? Number(last.dataset.s) + codePoints(last.textContent) : 0 };
}

function chosen(root) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer)) return null;
  const start = placeOf(range.startContainer, range.startOffset, "start");
  if (!start) return null;
  let end = root.contains(range.endContainer) ? placeOf(range.endContainer, range.endOffset, "end") : null;
  const words = wordsOf(range);
  if (!words) return null;
  // A triple click ends at the start of the next block: that is the end of this one.
  if (!end || (end.paragraph !== start.paragraph && end.offset === 0)) {
    const pieces = start.paragraph.querySelectorAll("[data-s]");
    const last = pieces[pieces.length - 1];
    end = { paragraph: start.paragraph, offset: Number(last.dataset.s) + codePoints(last.textContent) };
  }
  return { start, end, words, touches: foreign(range) };
}

/** What is selected of the text itself: no line numbers, no tools beside a paragraph, nothing said about its words. */
function wordsOf(range) {
  const selected = range.cloneContents();
  for (const other of selected.querySelectorAll(".para-tools, .gap-mark, .menu-panel, .visually-hidden, [data-skip]")) other.remove();
  return selected.textContent.replace(/\s+/g, " ").trim();
}

/** The proposal whose inserted words the selection touches: they can only be spoken of in a proposal to that proposal. */
function foreign(range) {
  const element = range.commonAncestorContainer;
  const own = (element.nodeType === Node.TEXT_NODE ? element.parentElement : element).closest("ins[data-proposal]");
  return own ? own.dataset.proposal : "";
}

function address(root, choice) {
  if (choice.touches) return `${root.dataset.proposalUrl}${choice.touches}`;
  const query = new URLSearchParams();
  const same = choice.start.paragraph.dataset.paragraph === choice.end.paragraph.dataset.paragraph;
  query.set("op", same ? "change" : "span");
  query.set("paragraph", choice.start.paragraph.dataset.paragraph);
  query.set("start", String(choice.start.offset));
  if (!same) query.set("last", choice.end.paragraph.dataset.paragraph);
  query.set("end", String(choice.end.offset));
  return `${root.dataset.proposeUrl}?${query}${root.dataset.extra}`;
}

export default function selection(root) {
  const bar = document.getElementById(root.dataset.bar);
  const link = bar.querySelector("a");
  const quote = bar.querySelector("[data-quote]");
  let waiting = 0;

  function update() {
    const choice = chosen(root);
    bar.hidden = !choice;
    if (!choice) return;
    quote.textContent = `„${choice.words}“`;
    link.href = address(root, choice);
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 120);
  });
  // Pressing the button must not lose the selection first.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
}
