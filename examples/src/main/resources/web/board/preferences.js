// Preferences: what holds for all pages and is kept, and whether it is kept.

import { badge, showTheme } from "/shared/elements.js";
import { text } from "/shared/table.js";

const $ = (id) => document.getElementById(id);

const STATES = {
  reading: ["wait", "◌", "Reading"],
  saved: ["good", "✓", "Saved"],
  saving: ["wait", "◌", "Saving"],
  failing: ["bad", "⚠", "Not saved"],
  refused: ["bad", "⚠", "Not saved"],
  closed: ["plain", "■", "Closed"],
};

export class Preferences {
  #act;

  constructor(act) {
    this.#act = act;
    $("theme").addEventListener("change", () => {
      showTheme($("theme").value);
      act("theme", { theme: $("theme").value });
    });
    document.addEventListener("themechosen", (event) => act("theme", { theme: event.detail }));
    for (const box of document.querySelectorAll("[data-shows]")) {
      box.addEventListener("change", () =>
        act("column", { column: box.dataset.shows, shown: box.checked }),
      );
    }
  }

  show({ theme, hidden }) {
    $("theme").value = theme;
    showTheme(theme);
    for (const box of document.querySelectorAll("[data-shows]")) {
      const column = box.dataset.shows;
      box.checked = !hidden.includes(column);
      $("table").classList.toggle(`no-${column}`, !box.checked);
    }
  }

  /** Shows what is pinned, whether such a program runs or not. */
  showPins(names) {
    const known = [...$("pins").children].map((item) => item.dataset.name);
    if (known.join("\n") !== names.join("\n")) {
      $("pins").replaceChildren(...names.map((name) => this.#chip(name)));
    }
    $("no-pins").hidden = names.length > 0;
  }

  #chip(name) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const cross = document.createElement("span");
    item.dataset.name = name;
    button.type = "button";
    button.className = "chip";
    button.setAttribute("aria-label", `Unpin ${name}`);
    button.title = "Unpin";
    cross.setAttribute("aria-hidden", "true");
    cross.textContent = "×";
    button.append(name, cross);
    button.addEventListener("click", () => this.#act("unpin", { name }));
    item.append(button);
    return item;
  }

  showSaving({ state, file, problem }) {
    badge($("saving"), ...STATES[state]);
    const bad = state === "failing" || state === "refused";
    text($("saving-text"), bad ? "" : `Kept in ${file}.`);
    $("not-saved").hidden = !bad;
    const then = state === "failing" ? "It will be tried again." : "The board goes on without saving.";
    text($("not-saved"), bad ? `⚠ Preferences are not saved. ${then} ${problem ?? ""}` : "");
  }
}
