// "Mehr" beside a paragraph opens its menu in place instead of the page that lists the same choices.

export default function paragraphMenu(root) {
  const template = document.getElementById(root.dataset.menu);
  let open = null;

  function close(refocus) {
    if (!open) return;
    open.panel.remove();
    open.button.setAttribute("aria-expanded", "false");
    if (refocus) open.button.focus();
    open = null;
  }

  function show(button) {
    const panel = template.content.firstElementChild.cloneNode(true);
    const paragraph = button.dataset.more;
    for (const link of panel.querySelectorAll("a[data-op]")) {
      const query = new URLSearchParams({ op: link.dataset.op, paragraph });
      link.href = `${root.dataset.proposeUrl}?${query}${root.dataset.extra}`;
      if ((button.dataset.without ?? "").split(" ").includes(link.dataset.op)) link.closest("li").remove();
    }
    button.after(panel);
    button.setAttribute("aria-expanded", "true");
    open = { panel, button };
    const box = panel.getBoundingClientRect();
    if (box.right > document.documentElement.clientWidth) panel.classList.add("to-left");
    panel.querySelector("a").focus();
  }

  for (const link of root.querySelectorAll("a[data-more]")) link.setAttribute("aria-expanded", "false");

  root.addEventListener("click", (event) => {
    const button = event.target.closest("a[data-more]");
    if (!button || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const again = open && open.button === button;
    close(false);
    if (!again) show(button);
  });
  document.addEventListener("click", (event) => {
    if (open && !open.panel.contains(event.target) && !open.button.contains(event.target)) close(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });
}
