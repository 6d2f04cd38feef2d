// The search box: what was typed, how far the answer is, and which query it is the answer to.

import { text } from "/shared/table.js";

const $ = (id) => document.getElementById(id);

const FATES = {
  waiting: ["◌", "on its way"],
  answered: ["✓", "answered"],
  failed: ["⚠", "failed"],
  cancelled: ["✕", "cancelled"],
};

export class SearchBox {
  #act;
  #live = false;
  #fresh = false; // whether the server has yet to be told what stands in the field

  constructor(act) {
    this.#act = act;
    $("search").addEventListener("input", () => this.#ask());
    $("search-again").addEventListener("click", () => this.#ask());
    $("without").addEventListener("click", () =>
      act("guard", { on: $("without").getAttribute("aria-checked") === "true" }),
    );
  }

  /** Hears whether there is a connection; a new one knows nothing of what was typed. */
  connected(live) {
    this.#fresh = live && !this.#live;
    this.#live = live;
    $("without").disabled = !live;
  }

  #ask() {
    this.#act("search", { query: $("search").value });
  }

  show(search) {
    if (this.#fresh) {
      this.#fresh = false;
      if ($("search").value !== "") {
        this.#ask();
        return;
      }
    }
    $("without").setAttribute("aria-checked", String(!search.guarded));
    const [tone, icon, sentence] = said(search);
    $("answer").dataset.tone = tone;
    text($("answer").firstElementChild, icon);
    text($("answer").lastElementChild, sentence);
    $("again").hidden = search.state !== "failed";
    $("hits").classList.toggle("stale", tone !== "good");
    $("hits").replaceChildren(...(search.hits ?? []).map(hit));
    $("runs").replaceChildren(...search.runs.map(run));
  }
}

/** Says in one sentence what the state is: each state has one, and no state has two. */
function said({ query, guarded, state, problem, runs, answered, total, millis }) {
  if (state === "idle") {
    return query.trim() === ""
      ? ["plain", "·", "Type to search."]
      : ["wait", "◌", "Waiting for you to stop typing …"];
  }
  if (state === "pending") {
    const below = answered === undefined ? "" : ` Below is still the answer to “${answered}”.`;
    return ["wait", "◌", `Searching for “${query}” …${below}`];
  }
  if (state === "failed") {
    const below = answered === undefined ? "" : ` Below is still the answer to “${answered}”.`;
    return ["bad", "⚠", `${problem}${below}`];
  }
  if (answered === query) {
    const found = total === 1 ? "1 process" : `${total} processes`;
    return ["good", "✓", `${found} for “${query}”, after ${(millis / 1000).toFixed(1)}\u00a0s.`];
  }
  if (guarded) {
    return ["wait", "◌", `Waiting for you to stop typing … Below is still the answer to “${answered}”.`];
  }
  const overwritten = runs.some(([, asked, fate]) => asked === query && fate === "answered");
  return [
    "bad",
    "⚠",
    overwritten
      ? `Wrong: this is the answer to “${answered}”, an older query. It came late and overwrote the answer to “${query}”.`
      : `Wrong: this is the answer to “${answered}”, an older query. You asked for “${query}”.`,
  ];
}

function hit([pid, name, command]) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  title.textContent = `${name || "name not told"} (${pid})`;
  const line = document.createElement("span");
  line.className = "one-line soft small";
  line.textContent = command || "command not told";
  line.title = command;
  item.append(title, line);
  return item;
}

function run([number, query, fate]) {
  const [icon, word] = FATES[fate];
  const item = document.createElement("li");
  item.dataset.fate = fate;
  const order = document.createElement("span");
  order.textContent = `${number}.`;
  const what = document.createElement("span");
  what.className = "one-line";
  what.textContent = `“${query}”`;
  const end = document.createElement("span");
  end.textContent = `${icon} ${word}`;
  item.append(order, what, end);
  return item;
}
