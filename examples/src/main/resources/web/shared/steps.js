// Undo and redo: two buttons that say what they would do, and the keys for them.

import { text } from "/shared/table.js";

const $ = (id) => document.getElementById(id);

export class Steps {
  #act;
  #unnamed;
  #before;

  /** Acts are "undo" and "redo"; unnamed is what to call a step without a name; before runs first. */
  constructor(act, unnamed, before = () => {}) {
    this.#act = act;
    this.#unnamed = unnamed;
    this.#before = before;
    $("undo").addEventListener("click", () => this.#take("undo"));
    $("redo").addEventListener("click", () => this.#take("redo"));
    addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows what can be undone and redone, as numbers of steps or yes and no, and the next names. */
  show({ undoable, redoable, undo, redo }) {
    const focused = document.activeElement;
    this.#button("undo", undoable, undo);
    this.#button("redo", redoable, redo);
    if (focused?.disabled && (focused === $("undo") || focused === $("redo"))) {
      $(undoable ? "undo" : "redo").focus(); // a disabled button would keep the keyboard
    }
  }

  #button(id, steps, name) {
    const shown = name ?? this.#unnamed;
    const count = `${steps} ${steps === 1 ? "step" : "steps"}`;
    $(id).disabled = !steps;
    $(id).title = !steps ? `Nothing to ${id}` : steps === true ? shown : count;
    text($(`${id}-name`), steps ? shown : "nothing");
  }

  #take(action) {
    this.#before();
    this.#act(action, {});
  }

  /** A field undoes its own typing. */
  #key(event) {
    const command = event.ctrlKey || event.metaKey;
    const field = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");
    if (!command || event.altKey || field) {
      return;
    }
    const key = event.key.toLowerCase();
    const action =
      key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" && !event.shiftKey ? "redo" : null;
    if (action !== null) {
      event.preventDefault();
      if (!$(action).disabled) {
        this.#take(action);
      }
    }
  }
}
