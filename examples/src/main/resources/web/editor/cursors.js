// Where others are: their cursors and selections in a copy of the text that lies under the box.

import { transformPosition } from "/stateward-sync.js";

export class Cursors {
  #mirror;
  #others = new Map(); // {name, hue, from, to} by client

  constructor(mirror) {
    this.#mirror = mirror;
  }

  /** Takes what others let know. */
  take(presence) {
    this.#others = new Map(
      [...presence].filter(([, state]) => Number.isInteger(state?.from) && Number.isInteger(state?.to)).map(([client, state]) => [client, { ...state }]),
    );
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
    const marks = [...this.#others.values()].flatMap(({ name, hue, from, to }) => [
      { at: Math.min(from, to), to: Math.max(from, to), hue },
      { at: to, hue, name },
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
  }
}

function caret({ hue, name }) {
  const element = document.createElement("span");
  element.className = "caret";
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
