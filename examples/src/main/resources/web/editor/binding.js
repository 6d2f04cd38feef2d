// Binds a text box to a shared text: what is typed becomes edits, edits of others move in without
// touching the selection, a composition (IME) is left alone until it ends, and undo is one's own.

import { SharedText, compose, readDelta, transform } from "/stateward-sync.js";

const HERE = Symbol("typed in this box");

export class Binding {
  #box;
  #document;
  #shown; // what is in the box, as far as the document knows
  #behind = []; // what the document has more, while a composition goes on
  #composing = false;

  /** The document is loaded; moved is called whenever the text or the selection may have changed. */
  constructor(box, document, moved) {
    this.#box = box;
    this.#document = document;
    this.#show();
    document.on("change", (change) => {
      if (change.origin !== HERE) {
        this.#others(change);
      }
      moved(change);
    });
    box.addEventListener("beforeinput", (event) => this.#beforeInput(event));
    box.addEventListener("input", () => this.#composing || this.#typed());
    box.addEventListener("compositionstart", () => (this.#composing = true));
    box.addEventListener("compositionend", () => this.#composed());
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("pointerdown", () => document.separateUndo());
    window.document.addEventListener("selectionchange", () => moved(null));
  }

  /** The selection, in code points of the document. */
  get selection() {
    const { selectionStart, selectionEnd } = this.#box;
    return [selectionStart, selectionEnd].map((unit) => this.#shown.positionAt(unit));
  }

  /** The whole anew, for what cannot be told as edits. */
  #show() {
    this.#shown = this.#document.content;
    this.#box.value = inBox(this.#shown.string);
  }

  #others({ edits, delta }) {
    if (this.#composing) {
      this.#behind = compose(this.#behind, delta);
      return;
    }
    // tag: others
    for (const { from, to, insert } of edits) {
      this.#box.setRangeText(inBox(insert), from, to, "preserve");
    }
    this.#shown = this.#document.content;
    // end
    if (this.#box.value !== inBox(this.#shown.string)) {
      this.#show();
    }
  }

  /** What was typed is found by comparing: whatever way it came in, it is one replacement. */
  #typed() {
    const edit = replacement(inBox(this.#shown.string), this.#box.value, this.#box.selectionEnd);
    if (edit === null) {
      return;
    }
    // tag: typed
    this.#document.replace(edit.from, edit.to, edit.insert, HERE);
    this.#shown = this.#document.content;
    // end
  }

  #composed() {
    this.#composing = false;
    if (this.#behind.length === 0) {
      this.#typed();
      return;
    }
    const edit = replacement(inBox(this.#shown.string), this.#box.value, this.#box.selectionEnd);
    if (edit !== null) {
      const typed = this.#deltaOf(edit);
      this.#document.edit(transform(typed, this.#behind, "right"), HERE);
      this.#move(transform(this.#behind, typed, "left"));
    } else {
      this.#move(this.#behind);
    }
    this.#behind = [];
    this.#shown = this.#document.content;
  }

  #deltaOf({ from, to, insert }) {
    const start = this.#shown.positionAt(from);
    return readDelta([start, { d: this.#shown.positionAt(to) - start }, insert]);
  }

  #move(delta) {
    for (const { from, to, insert } of new SharedText(this.#box.value).edits(delta)) {
      this.#box.setRangeText(inBox(insert), from, to, "preserve");
    }
  }

  #beforeInput(event) {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault(); // the browser's own would take back what others did
      event.inputType === "historyUndo" ? this.#document.undo() : this.#document.redo();
    }
  }

  #key(event) {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) {
      return;
    }
    event.preventDefault();
    key === "y" || event.shiftKey ? this.#document.redo() : this.#document.undo();
  }
}

/** A text box has no carriage returns; a sign of the same length stands for one. */
const inBox = (text) => text.replaceAll("\r", "␍");

/** The one replacement between two texts that ends where the cursor is, as what was typed does. */
function replacement(was, now, cursor) {
  if (was === now) {
    return null;
  }
  const most = Math.min(was.length, now.length - Math.min(cursor, now.length));
  let tail = 0;
  while (tail < most && was.charCodeAt(was.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail)) {
    tail++;
  }
  const shorter = Math.min(was.length, now.length) - tail;
  let head = 0;
  while (head < shorter && was.charCodeAt(head) === now.charCodeAt(head)) {
    head++;
  }
  head -= isHalf(was, head) || isHalf(now, head) ? 1 : 0;
  tail -= isHalf(was, was.length - tail) || isHalf(now, now.length - tail) ? 1 : 0;
  return { from: head, to: was.length - tail, insert: now.slice(head, now.length - tail) };
}

const isHalf = (text, unit) => unit < text.length && unit > 0 && (text.charCodeAt(unit) & 0xfc00) === 0xdc00;
