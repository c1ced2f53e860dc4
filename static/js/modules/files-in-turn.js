// Files are sent one after the other, each as the form itself would send it, with a bar that shows how many are read.
// What was read is kept on the server: a closed window loses only the files that were not sent yet.

const BUSY = 503;
const TRIES = 8;

export default function filesInTurn(form) {
  const input = form.querySelector("input[type=file]");
  const bar = form.querySelector("[data-progress]");
  const state = form.querySelector("[data-state]");
  const button = form.querySelector("button[type=submit]");
  const largest = Number(form.dataset.largest);
  const together = form.querySelector("[data-together]");
  if (together) together.hidden = true; // each file is a request of its own

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
      const trouble = await refused(form, input.name, shortened(file, largest));
      if (trouble !== null) {
        const left = files.slice(number).map((one) => one.name).join(", ");
        state.textContent = `${form.dataset.failed} ${left}. ${trouble}`;
        button.disabled = false;
        return;
      }
    }
    bar.value = files.length;
    window.location.assign(form.action);
  });
}

/** What is too large is refused by the server, in its words and in the list; only the beginning is sent for that. */
function shortened(file, largest) {
  return file.size > largest ? new File([file.slice(0, largest + 1)], file.name) : file;
}

/** Null when it was taken or refused in the list; else the server's reason why the next ones need not be sent. */
async function refused(form, name, file) {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const body = new FormData(form);
    body.delete(name);
    body.append(name, file);
    let response;
    try {
      const headers = { Accept: "application/json" };
      response = await fetch(form.action, { method: "POST", body, headers, redirect: "manual", credentials: "same-origin" });
    } catch {
      return "";
    }
    if (response.type === "opaqueredirect") return null;
    if (response.status !== BUSY) return reason(response);
    await new Promise((done) => setTimeout(done, 1000 * Math.min(5, Number(response.headers.get("Retry-After")) || 5)));
  }
  return "";
}

async function reason(response) {
  const json = response.headers.get("content-type")?.startsWith("application/json");
  return json ? ((await response.json()).error?.message ?? "") : "";
}
