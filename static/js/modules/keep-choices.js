// What somebody chooses is sent a moment later, so that it is there when the browser closes or another one opens.
// Without this module the button "Auswahl merken" does the same.

const PAUSE = 600;

export default function keepChoices(form) {
  const state = form.querySelector("[data-state]");
  let timer = 0;
  let sending = null;

  form.querySelector("[data-by-hand]").hidden = true;

  async function send() {
    clearTimeout(timer);
    timer = 0;
    await sending;
    sending = post();
    await sending;
    sending = null;
  }

  async function post() {
    let words = form.dataset.failed;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive: true,
      });
      const said = await answer.json();
      if (answer.ok) {
        for (const [file, version] of Object.entries(said.seen)) form.elements[`seen-${file}`].value = version;
        words = said.message || form.dataset.kept;
      } else {
        words = said.error?.message || words;
      }
    } catch {
      // no answer, or none of ours: it stands on the page that nothing is kept
    }
    state.textContent = words;
  }

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });

  window.addEventListener("pagehide", () => {
    if (timer) send();
  });

  // What is brought in is what the page shows; a choice on its way would make the files others than it knows.
  form.addEventListener("submit", async (event) => {
    if (!timer && !sending) return;
    event.preventDefault();
    await (timer ? send() : sending);
    form.requestSubmit(event.submitter);
  });
}
