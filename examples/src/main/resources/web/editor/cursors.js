// Where others are: their cursors and selections in a copy of the text that lies under the box.

import { transformPosition } from "/stateward-sync.js";

const NAMED_FOR = 2500; // ms after it moved; then the name is in the way

export class Cursors {
  #mirror;
  #others = new Map(); // {name, hue, from, to, until} by client
  #timer = 0;

  constructor(mirror) {
    this.#mirror = mirror;
  }

  /** Takes what others let know. */
  take(presence) {
    const before = this.#others;
    this.#others = new Map();
    for (const [client, state] of presence) {
      if (Number.isInteger(state?.from) && Number.isInteger(state?.to)) {
        const was = before.get(client);
        const moved = was === undefined || was.from !== state.from || was.to !== state.to;
        this.#others.set(client, { ...state, until: moved ? Date.now() + NAMED_FOR : was.until });
      }
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hush(), NAMED_FOR + 20);
  }

  #hush() {
    for (const element of this.#mirror.querySelectorAll(".caret")) {
      element.classList.toggle("quiet", Date.now() >= Number(element.dataset.until));
    }
  }

  /** An edit of the text moves them until they say where they are; who made it goes behind it. */
  move(delta, author) {
    for (const [client, at] of this.#others) {
      at.from = transformPosition(at.from, delta, client === author);
      at.to = transformPosition(at.to, delta, client === author);
    }
  }

  /** Draws the text with them; it is as tall as the text, and so the box is. */
  draw(content) {
    const marks = [...this.#others.values()].flatMap(({ name, hue, from, to, until }) => [
      { at: Math.min(from, to), to: Math.max(from, to), hue },
      { at: to, hue, name, until },
    ]);
    const length = content.length;
    const stops = new Set([0, length]);
    marks.forEach(({ at, to }) => [at, to ?? at].forEach((stop) => stops.add(Math.min(stop, length))));
    const sorted = [...stops].sort((a, b) => a - b);
    const parts = [];
    let known = [0, 0];
    sorted.forEach((stop, index) => {
      const unit = content.unitAt(stop, known);
      known = [stop, unit];
      marks.filter(({ at, name }) => name !== undefined && Math.min(at, length) === stop).forEach((mark) => parts.push(caret(mark)));
      const next = sorted[index + 1];
      if (next !== undefined) {
        const piece = content.string.slice(unit, content.unitAt(next, known));
        const selected = marks.find(({ at, to }) => to !== undefined && at <= stop && next <= to && at < to);
        parts.push(selected === undefined ? piece : selection(piece, selected));
      }
    });
    this.#mirror.replaceChildren(...parts, "\n\u200b"); // room for the line that is begun next
    this.#hush();
  }
}

function caret({ hue, name, until }) {
  const element = document.createElement("span");
  element.className = "caret";
  element.dataset.until = until;
  element.style.setProperty("--hue", hue);
  element.dataset.name = name;
  return element;
}

function selection(text, { hue }) {
  const element = document.createElement("span");
  element.className = "selected";
  element.style.setProperty("--hue", hue);
  element.textContent = text;
  return element;
}
