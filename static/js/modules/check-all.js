// A group of checkboxes with one that ticks them all, and a count of what is ticked.

export default function checkAll(group) {
  const boxes = () => [...group.querySelectorAll("input[type=checkbox][name=edit]")];
  const all = group.querySelector("[data-check-all]");
  const count = group.querySelector("[data-count]");

  function show() {
    const ticked = boxes().filter((box) => box.checked).length;
    if (count) count.textContent = String(ticked);
    if (all) {
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && ticked < boxes().length;
    }
  }

  if (all) {
    all.closest("[hidden]")?.removeAttribute("hidden");
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      show();
    });
  }
  group.addEventListener("change", show);
  show();
}
