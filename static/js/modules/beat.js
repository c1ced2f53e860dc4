// Asks for a sitting's beat and shows the page anew when it has changed. Nothing that somebody is typing is lost: then a note asks.

const EVERY = 3000;
const SLOWEST = 30000;

function typing() {
  return [...document.querySelectorAll("main input:not([type=hidden]), main textarea, main select")].some((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT"
        ? [...field.options].some((option) => option.selected !== option.defaultSelected && option.selected && field.selectedIndex > 0)
        : field.value !== field.defaultValue,
  );
}

export default function follow(element) {
  const { url, beat } = element.dataset;
  const note = element.querySelector("[data-note]");
  let wait = EVERY;

  async function ask() {
    if (!document.hidden) {
      try {
        const answer = await fetch(url, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        wait = EVERY;
        const now = await answer.json();
        if (String(now.beat) !== beat) {
          if (!typing()) {
            window.location.reload();
            return;
          }
          if (note) note.hidden = false;
        }
      } catch {
        wait = Math.min(wait * 2, SLOWEST);
      }
    }
    window.setTimeout(ask, wait * (0.8 + 0.4 * Math.random()));
  }

  window.setTimeout(ask, wait);
}
