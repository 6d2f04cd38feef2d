// What the library does: the log of what is under way, confirmed beside visible, and what failed.

import { text } from "/shared/table.js";
import { columnTitle, mark } from "/cards/lanes.js";

const $ = (id) => document.getElementById(id);
const number = new Intl.NumberFormat(undefined);

export class Library {
  showFigures(figures) {
    text($("mutations"), number.format(figures.mutations));
    text($("commits"), number.format(figures.commits));
    text($("told"), number.format(figures.told));
    text($("guesses"), number.format(figures.guesses));
  }

  showPending(pending) {
    text($("under-way"), pending.length === 0 ? "none under way" : `${pending.length} under way`);
    $("pending").replaceChildren(
      ...pending.map(({ number, name, status }) => {
        const [icon, words, tone] = mark(status);
        return line(`${number}.`, name, `${icon} ${words}`, tone);
      }),
    );
  }

  showLetters(letters) {
    $("letters").replaceChildren(
      ...letters.map(([number, name, reason]) => line(`${number}.`, `${name}: ${reason}`, "", "bad")),
    );
  }

  /** Names what is visible and not confirmed, card by card and field by field. */
  showDifferences(visible, confirmed) {
    const lines = [];
    for (const card of visible.values()) {
      const known = confirmed.get(card.id);
      for (const [field, was, now] of known ? differences(known, card) : [["card", "–", "new"]]) {
        lines.push(line(named(card), `${field}: ${was} → ${now}`, "", "wait"));
      }
    }
    for (const card of confirmed.values()) {
      if (!visible.has(card.id)) {
        lines.push(line(named(card), "card: → removed", "", "wait"));
      }
    }
    $("differences").replaceChildren(...lines);
  }
}

function named(card) {
  return card.id.startsWith("-") ? "new" : `#${card.id}`;
}

/** Returns what differs: name of the field, before, now. */
export function differences(was, now) {
  const shown = (card) => ({
    title: `“${card.title}”`,
    note: card.note === "" ? "none" : `“${card.note}”`,
    labels: card.labels.join(", ") || "none",
    column: columnTitle(card.column),
  });
  const before = shown(was);
  const after = shown(now);
  return Object.keys(before)
    .filter((field) => before[field] !== after[field])
    .map((field) => [field, before[field], after[field]]);
}

/** A line of a list: what it is about, what there is to say, and in what state it is. */
export function line(about, words, end, tone) {
  const item = document.createElement("li");
  item.dataset.tone = tone;
  for (const part of [about, words, end]) {
    const span = document.createElement("span");
    span.textContent = part;
    item.append(span);
  }
  item.children[1].title = words;
  return item;
}
