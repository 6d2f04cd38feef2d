// The dialog that asks whose change holds, field by field, until the time is over.

import { text } from "/shared/table.js";
import { columnTitle } from "/cards/lanes.js";

const $ = (id) => document.getElementById(id);

export class Questions {
  #act;
  #all = [];
  #shown = null; // the question in the dialog
  #put = new Set(); // those that were put once already; put off, they wait for a click
  #timer = 0;
  #before = null; // what had the focus

  constructor(act) {
    this.#act = act;
    $("open-question").addEventListener("click", () => this.#open(this.#all[0]));
    $("later").addEventListener("click", () => $("question").close());
    $("question").addEventListener("close", () => this.#closed());
    $("deciding").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#answer((field) => field.querySelector("input:checked")?.value);
    });
    $("deciding").addEventListener("change", () => this.#check());
    $("all-mine").addEventListener("click", () => this.#answer(() => "mine"));
    $("all-theirs").addEventListener("click", () => this.#answer(() => "theirs"));
  }

  /** Shows what waits; a new question opens by itself if no other dialog is open. */
  show(questions) {
    const now = performance.now();
    this.#all = questions.map(([mutation, title, leftMillis, fields]) => ({
      mutation,
      title,
      fields,
      due: now + leftMillis,
    }));
    const gone = this.#shown && !this.#all.some(({ mutation }) => mutation === this.#shown.mutation);
    if (gone) {
      $("question").close();
    }
    const next = this.#all.find(({ mutation }) => !this.#put.has(mutation));
    if (next && !document.querySelector("dialog[open]")) {
      this.#open(next);
    }
    this.#bar();
  }

  #bar() {
    const count = this.#all.length;
    $("asked").hidden = count === 0;
    text(
      $("asked-text"),
      count === 1 ? `“${this.#all[0].title}”: two changes of one field.` : `${count} conflicts wait for you.`,
    );
  }

  #open(question) {
    if (question === undefined) {
      return;
    }
    this.#shown = question;
    this.#put.add(question.mutation);
    this.#before = document.activeElement;
    text(
      $("question-text"),
      `While your change of “${question.title}” was on its way, somebody else changed the same. Everything else goes on.`,
    );
    $("fields").replaceChildren(...question.fields.map(choices));
    this.#check();
    this.#tick();
    this.#timer = setInterval(() => this.#tick(), 1000);
    $("question").showModal();
    $("fields").querySelector("input")?.focus();
  }

  #tick() {
    const left = Math.max(0, Math.ceil((this.#shown.due - performance.now()) / 1000));
    text($("countdown"), `Without an answer theirs holds in ${left} s.`);
  }

  #check() {
    const fields = [...$("fields").children];
    $("decide").disabled = fields.some((field) => !field.querySelector("input:checked"));
  }

  #answer(choice) {
    const mine = [...$("fields").children]
      .filter((field) => choice(field) === "mine")
      .map((field) => field.dataset.path);
    this.#act("answer", { mutation: this.#shown.mutation, mine: mine.join(",") });
    $("question").close();
  }

  #closed() {
    clearInterval(this.#timer);
    this.#shown = null;
    if (this.#before?.isConnected) {
      this.#before.focus();
    }
  }
}

function choices([path, base, mine, theirs]) {
  const shown = (value) => (value === "" ? "nothing" : path === "column" ? columnTitle(value) : `“${value}”`);
  const field = document.createElement("fieldset");
  field.className = "choices";
  field.dataset.path = path;
  const legend = document.createElement("legend");
  legend.textContent = path === "" ? "Card" : path[0].toUpperCase() + path.slice(1);
  const before = document.createElement("p");
  before.className = "soft small";
  before.textContent = `Before: ${shown(base)}`;
  field.append(legend, before, choice(path, "mine", "Mine", shown(mine)), choice(path, "theirs", "Theirs", shown(theirs)));
  return field;
}

function choice(path, value, word, shown) {
  const label = document.createElement("label");
  label.className = "choice block";
  const input = document.createElement("input");
  input.type = "radio";
  input.name = `field-${path}`;
  input.value = value;
  const words = document.createElement("span");
  const side = document.createElement("strong");
  side.textContent = `${word}: `;
  words.append(side, shown);
  label.append(input, words);
  return label;
}
