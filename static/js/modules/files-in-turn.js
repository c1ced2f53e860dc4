// Files are sent one after the other, each as the form itself would send it, with a bar that shows how many are read.
// What was read is kept on the server: a closed window loses only the files that were not sent yet.

const BUSY = 503;
const TRIES = 8;

export default function filesInTurn(form) {
  const input = form.querySelector("input[type=file]");
  const bar = form.querySelector("[data-progress]");
  const state = form.querySelector("[data-state]");
  const button = form.querySelector("button[type=submit]");

  form.addEventListener("submit", async (event) => {
    const files = [...input.files];
    if (!files.length) return;
    event.preventDefault();
    button.disabled = true;
    bar.max = files.length;
    bar.hidden = state.hidden = false;
    for (const [number, file] of files.entries()) {
      bar.value = number;
      state.textContent = `${form.dataset.busy} ${file.name} (${number + 1}/${files.length})`;
      if (!(await sent(form, input.name, file))) {
        state.textContent = `${form.dataset.failed} ${files.slice(number).map((left) => left.name).join(", ")}`;
        button.disabled = false;
        return;
      }
    }
    bar.value = files.length;
    window.location.assign(form.action);
  });
}

async function sent(form, name, file) {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const body = new FormData(form);
    body.delete(name);
    body.append(name, file);
    let response;
    try {
      response = await fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
    } catch {
      return false;
    }
    if (response.status !== BUSY) return response.type === "opaqueredirect";
    await new Promise((done) => setTimeout(done, 1000 * Math.min(5, Number(response.headers.get("Retry-After")) || 5)));
  }
  return false;
}
