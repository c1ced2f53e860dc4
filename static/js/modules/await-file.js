// Asks whether a file is ready and goes on when it is, or when something is wrong; meanwhile the page stays as it is.

const EVERY = 2000;
const STILL_MADE = 202;

export default function awaitFile(element) {
  const state = element.querySelector("[data-state]");
  const began = Date.now();

  async function ask() {
    state.textContent = state.dataset.words.replace("{}", Math.round((Date.now() - began) / 1000));
    try {
      const answer = await fetch(element.dataset.url, { credentials: "same-origin" });
      if (answer.status !== STILL_MADE) {
        window.location.replace(element.dataset.url);
        return;
      }
    } catch {
      // The network is away for a moment; the file is made all the same.
    }
    setTimeout(ask, EVERY);
  }

  setTimeout(ask, EVERY);
}
