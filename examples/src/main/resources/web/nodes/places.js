// What each place has of each key, as tiles in lanes; the latest reads; what went on between.

import { text } from "/shared/table.js";

const FLASH = 450; // milliseconds that a change stands out
const MOST_LINES = 14;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** Lanes of one side: source, what is shared, memory of A, memory of B. */
export class Places {
  #lanes = new Map();
  #keys = [];

  constructor(element, titles) {
    for (const [id, title] of titles) {
      const lane = make("section", "lane");
      lane.setAttribute("aria-label", title);
      const heading = make("h3", "", title);
      const state = make("small", "lane-state soft", "asking …");
      const list = make("ul", "tiles");
      lane.append(heading, state, list);
      element.append(lane);
      this.#lanes.set(id, { heading, state, list, lane, tiles: new Map() });
    }
  }

  named(id, title) {
    text(this.#lanes.get(id).heading, title);
    this.#lanes.get(id).lane.setAttribute("aria-label", title);
  }

  keys(keys) {
    this.#keys = keys.map(([key]) => key);
  }

  show(data) {
    const truth = new Map(data.source.map(([key, value]) => [key, value]));
    this.#fill("source", data.source, null);
    this.#fill("shared", data.shared, truth);
    this.#fill("a", data.a, truth);
    this.#fill("b", data.b, truth);
  }

  /** Says in a word how a place is doing. */
  state(id, tone, words) {
    const { state } = this.#lanes.get(id);
    state.dataset.tone = tone;
    text(state, words);
  }

  #fill(id, cells, truth) {
    const { list, tiles } = this.#lanes.get(id);
    const known = new Map(cells.map((cell) => [cell[0], cell]));
    for (const key of this.#keys) {
      if (!tiles.has(key)) {
        tiles.set(key, tile(key));
        list.append(tiles.get(key));
      }
      update(tiles.get(key), known.get(key), truth?.get(key));
    }
  }
}

function tile(key) {
  const item = make("li", "tile price");
  item.parts = { value: make("strong", "number"), badge: make("span", "badge small-badge") };
  item.append(make("span", "soft small", key), item.parts.value, item.parts.badge);
  return item;
}

function update(item, cell, right) {
  const [tone, icon, words] = mark(cell, right);
  const value = cell === undefined ? "–" : cell[1];
  if (item.shown !== undefined && item.shown !== value) {
    flash(item);
  }
  item.shown = value;
  item.dataset.tone = tone;
  text(item.parts.value, value);
  say(item.parts.badge, tone, icon, words);
}

/** Tells what there is to say of a cell, beside what the source has. */
function mark(cell, right) {
  if (cell === undefined) {
    return ["plain", "", ""];
  }
  const [, value, seconds, note] = cell;
  if (note === "not served") {
    return ["plain", "⊘", "invalid, not served"];
  }
  if (right !== undefined && value !== right) {
    return ["bad", "⚠", "stale"];
  }
  if (note !== "") {
    return ["wait", "◷", note];
  }
  return ["plain", "", seconds < 0 ? "" : duration(seconds)];
}

export function duration(seconds) {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

function say(badge, tone, icon, words) {
  badge.hidden = words === "";
  badge.dataset.tone = tone;
  badge.classList.toggle("bare", tone === "plain");
  const both = icon === "" ? words : `${icon} ${words}`;
  text(badge, both);
}

const VERDICTS = {
  pending: ["wait", "◌", "reading …"],
  right: ["good", "✓", "right"],
  allowed: ["wait", "◷", "STALE, as the policy allows"],
  overtaken: ["wait", "◷", "as it was when asked"],
  late: ["wait", "⚠", "stale, within the bound"],
  stale: ["bad", "⚠", "stale"],
  failed: ["bad", "✕", "failed"],
};

/** The latest reads, newest first. */
export function showReads(list, tally, { reads, stale, latest }) {
  list.replaceChildren(...latest.slice().reverse().map(read));
  const [tone, icon, words] =
    reads === 0
      ? ["plain", "·", "No reads yet"]
      : stale === 0
        ? ["good", "✓", `${count(reads)}, none stale`]
        : ["bad", "⚠", `${count(reads)}, ${stale} stale`];
  tally.dataset.tone = tone;
  text(tally.firstElementChild, icon);
  text(tally.lastElementChild, words);
}

function count(reads) {
  return reads === 1 ? "1 read" : `${reads} reads`;
}

function read([, node, key, asked, verdict, value, source, reason, age, stamp, failure]) {
  const allowed = verdict === "right" && source === "stale";
  const [tone, icon, words] = VERDICTS[allowed ? "allowed" : verdict];
  const item = make("li", "read");
  item.dataset.tone = tone;
  const head = make("span", "read-head");
  const badge = make("span", "badge small-badge", `${icon} ${words}`);
  badge.dataset.tone = tone;
  head.append(make("strong", "", `${node}: ${key}`), make("strong", "number", value), badge);
  item.append(head);
  const details =
    verdict === "pending"
      ? [asked === "" ? "under way" : `under way, at least ${asked}`]
      : [
          failure === "" ? `from ${source}: ${reason}` : `${reason}: ${failure}`,
          source === "" || failure !== "" ? "" : `age ${millis(age)}`,
          stamp === "" ? "" : `stamp ${short(stamp)}${asked === "" ? "" : `, asked for ${short(asked)}`}`,
        ].filter((part) => part !== "");
  const line = make("span", "soft small number", details.join(" · "));
  line.title = stamp;
  item.append(line);
  return item;
}

/** An epoch is a long number, of which the end tells enough. */
export function short(stamp) {
  const [bucket, epoch, sequence] = stamp.split(".");
  return epoch === undefined ? stamp : `${bucket}.…\u2060${epoch.slice(-3)}.${sequence}`;
}

function millis(age) {
  return age < 1000 ? `${age} ms` : `${(age / 1000).toFixed(1)} s`;
}

/** What happened, newest first. */
export function showLines(list, { lines }) {
  list.replaceChildren(
    ...lines
      .slice(-MOST_LINES)
      .reverse()
      .map(([, at, who, tone, words, times]) => {
        const item = make("li", "");
        item.dataset.tone = tone;
        const time = make("time", "soft", clock.format(new Date(at)));
        const said = make("span", "");
        said.append(make("strong", "", who), ` ${shortened(words)}${times > 1 ? ` (${times} times)` : ""}`);
        item.append(time, said);
        return item;
      }),
  );
}

function shortened(words) {
  return words.replace(/\d+\.\d{6,}\.\d+/g, short);
}

function make(name, classes, words = "") {
  const element = document.createElement(name);
  element.className = classes;
  element.textContent = words;
  return element;
}

const flashes = new WeakMap();

function flash(item) {
  clearTimeout(flashes.get(item));
  item.classList.add("changed");
  flashes.set(item, setTimeout(() => item.classList.remove("changed"), FLASH));
}
