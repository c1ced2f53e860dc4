// While one writes, the server says how the change will read. Without this module the button "Vorschau" does the same.

import { build } from "./redline.js";

const PAUSE = 350;

export default function preview(form) {
  const target = document.getElementById(form.dataset.previewTarget);
  const message = document.getElementById(form.dataset.previewMessage);
  const words = { insert: form.dataset.signInsert, delete: form.dataset.signDelete };
  let timer = 0;
  let running = null;

  async function ask() {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.previewUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        signal: running.signal,
        credentials: "same-origin",
      });
      if (!answer.headers.get("content-type")?.startsWith("application/json")) return;
      show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") message.textContent = form.dataset.previewFailed;
    }
  }

  function show(data) {
    message.textContent = data.message ?? data.error?.message ?? "";
    target.replaceChildren(build(data.blocks ?? [], words));
    target.hidden = !data.blocks?.length;
  }

  function changed(field) {
    if (field.closest("[data-no-preview]")) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  form.addEventListener("input", (event) => changed(event.target));
  // What was written before this module came.
  [...form.querySelectorAll("textarea")].filter((field) => field.value !== field.defaultValue).forEach(changed);
}
