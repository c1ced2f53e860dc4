// The table of behaviours: an element with data-module="name" gets the module of that name. Every page works without them.

const MODULES = {
  "await-file": () => import("./modules/await-file.js"),
  beat: () => import("./modules/beat.js"),
  "check-all": () => import("./modules/check-all.js"),
  "demo-accounts": () => import("./modules/demo-accounts.js"),
  "files-in-turn": () => import("./modules/files-in-turn.js"),
  focus: () => import("./modules/focus.js"),
  "keep-choices": () => import("./modules/keep-choices.js"),
  outline: () => import("./modules/outline.js"),
  "paragraph-menu": () => import("./modules/paragraph-menu.js"),
  preview: () => import("./modules/preview.js"),
  selection: () => import("./modules/selection.js"),
  vote: () => import("./modules/vote.js"),
  "split-place": () => import("./modules/split-place.js"),
};

async function attach(element) {
  for (const name of element.dataset.module.split(" ")) {
    const load = MODULES[name];
    if (!load) continue;
    const module = await load();
    module.default(element);
  }
}

for (const element of document.querySelectorAll("[data-module]")) attach(element);
