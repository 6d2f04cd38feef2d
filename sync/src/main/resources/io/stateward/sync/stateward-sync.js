// Live and offline documents of Stateward in the browser.
//
//   import { SyncClient } from "./stateward-sync.js";
//
//   const client = await SyncClient.open({ url: "ws://localhost:8080/sync" });
//   const notes = client.text("notes");
//   notes.on("change", ({ edits }) => edits.forEach(applyToTheEditor));
//   notes.replace(0, 0, "Hello");                    // visible at once, stored, sent when it can be
//   client.on("status", (status) => show(status.kind));
//
// It speaks version 1 of the protocol of live documents (docs/sync-protocol.md) and gives what the Java
// client gives: every change has one effect, those of one person keep their order, what is refused is
// taken back and told, nothing is skipped silently, and what was typed offline is sent later.
//
// One file, no dependency, any browser of 2023 or later. Its parts, and what they give to others:
//
//   1. Edits of a text                   readDelta, compose, transform, transformPosition, codePoints, SharedText
//   2. The edits between two versions    threeWay
//   3. The merge of concurrent edits     TextLog
//   4. JSON whose numbers are exact      RecordNumber, readJson, writeJson
//   5. Replicas                          TextReplica, RecordReplica, RecordConflict
//   6. Outboxes                          MemoryOutbox, IndexedDbOutbox
//   7. The connection                    SyncClient, comesBack
//   8. Documents                         TextDocument, RecordDocument
//
// Copyright of the Stateward contributors; the licence is that of the JAR it comes in.

/** The version of the protocol that this client speaks. */
export const PROTOCOL_VERSION = 1;

/** The subprotocol of WebSocket. */
export const SUBPROTOCOL = "stateward.sync.1";

// ---------------------------------------------------------------------------------------------------
// 1. Edits of a text
// ---------------------------------------------------------------------------------------------------

/**
 * An edit: a number keeps so many code points, a string is put in, `{d: n}` takes out n; what follows
 * the last part is kept.
 *
 * @typedef {(number | string | {d: number})[]} Delta
 */

const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** How many code points a string has. */
export function codePoints(string) {
  if (!SURROGATE.test(string)) {
    return string.length;
  }
  let count = 0;
  for (let at = 0; at < string.length; at += string.codePointAt(at) > 0xffff ? 2 : 1) {
    count++;
  }
  return count;
}

const isInsert = (part) => typeof part === "string";
const isDelete = (part) => typeof part === "object";
const lengthOf = (part) => (isInsert(part) ? codePoints(part) : isDelete(part) ? part.d : part);

/** Puts parts together: joins like ones, leaves out empty ones. */
class DeltaBuilder {
  #parts = [];

  add(part) {
    const last = this.#parts.length - 1;
    const before = this.#parts[last];
    if (part === 0 || part === "" || part.d === 0) {
      return this;
    } else if (last >= 0 && isInsert(part) && isInsert(before)) {
      this.#parts[last] = before + part;
    } else if (last >= 0 && isDelete(part) && isDelete(before)) {
      this.#parts[last] = { d: before.d + part.d };
    } else if (typeof part === "number" && typeof before === "number") {
      this.#parts[last] = before + part;
    } else {
      this.#parts.push(part);
    }
    return this;
  }

  /** @returns {Delta} */
  build() {
    if (typeof this.#parts.at(-1) === "number") {
      this.#parts.pop();
    }
    return this.#parts;
  }
}

/** Hands out an edit in pieces of the length that is asked for; at its end it keeps for ever. */
class DeltaReader {
  #parts;
  #at = 0;
  #done = 0; // code points of the current part

  constructor(delta) {
    this.#parts = delta;
  }

  get ended() {
    return this.#at === this.#parts.length;
  }

  get inserts() {
    return isInsert(this.#parts[this.#at]);
  }

  get deletes() {
    return isDelete(this.#parts[this.#at]);
  }

  /** How many code points the current part has left. */
  get rest() {
    return this.ended ? Infinity : lengthOf(this.#parts[this.#at]) - this.#done;
  }

  /** The next piece, which is of one part; at most `rest` long. */
  take(length = this.rest) {
    if (this.ended) {
      return length;
    }
    const part = this.#parts[this.#at];
    const from = this.#done;
    this.#done += length;
    if (this.#done === lengthOf(part)) {
      this.#at++;
      this.#done = 0;
    }
    return isInsert(part) ? slice(part, from, from + length) : isDelete(part) ? { d: length } : length;
  }
}

/** Cuts by code points. */
function slice(string, from, to) {
  if (!SURROGATE.test(string)) {
    return string.slice(from, to);
  }
  return [...string].slice(from, to).join("");
}

/** Checks what comes from outside, and brings it into its shortest form. */
export function readDelta(value) {
  if (!Array.isArray(value)) {
    throw new TypeError(`An edit is an array such as [5,"new",{"d":3}], not ${JSON.stringify(value)}.`);
  }
  const builder = new DeltaBuilder();
  for (const part of value) {
    if (isInsert(part) && LONE_SURROGATE.test(part)) {
      throw new TypeError("An edit puts in half a character (a lone surrogate).");
    }
    const count = part !== null && isDelete(part) ? part.d : part;
    if (!isInsert(part) && !(Number.isSafeInteger(count) && count >= 0)) {
      throw new TypeError(`A part of an edit is a count, a string or {"d":count}, not ${JSON.stringify(part)}.`);
    }
    builder.add(isInsert(part) || typeof part === "number" ? part : { d: count });
  }
  return builder.build();
}

/** One edit that does what a does and then b. */
export function compose(a, b) {
  const builder = new DeltaBuilder();
  const first = new DeltaReader(a);
  const second = new DeltaReader(b);
  while (!first.ended || !second.ended) {
    if (second.inserts) {
      builder.add(second.take());
    } else if (first.deletes) {
      builder.add(first.take());
    } else {
      const length = Math.min(first.rest, second.rest);
      const puts = first.inserts;
      const kept = first.take(length);
      if (!second.deletes) {
        builder.add(kept);
      } else if (!puts) {
        builder.add({ d: length });
      }
      second.take(length);
    }
  }
  return builder.build();
}

/**
 * What an edit is after another one that was made of the same text.
 *
 * @param {Delta} edit
 * @param {Delta} other
 * @param {"left" | "right"} side who goes first where both put something in
 * @returns {Delta}
 */
export function transform(edit, other, side) {
  const builder = new DeltaBuilder();
  const mine = new DeltaReader(edit);
  const theirs = new DeltaReader(other);
  while (!mine.ended) {
    if (mine.inserts && (side === "left" || !theirs.inserts)) {
      builder.add(mine.take());
    } else if (theirs.inserts) {
      builder.add(lengthOf(theirs.take()));
    } else {
      const length = Math.min(mine.rest, theirs.rest);
      const gone = theirs.deletes;
      theirs.take(length);
      const piece = mine.take(length);
      builder.add(gone ? 0 : piece);
    }
  }
  return builder.build();
}

/**
 * Where a place in the text is after an edit.
 *
 * @param {number} position counted in code points
 * @param {Delta} delta
 * @param {boolean} [ahead] whether the place goes behind what is put in exactly there
 */
export function transformPosition(position, delta, ahead = false) {
  let at = 0; // in the new text
  let left = position; // of the old one before the place
  for (const part of delta) {
    if (isInsert(part)) {
      if (left === 0 && !ahead) {
        break;
      }
      at += codePoints(part);
    } else {
      const passed = Math.min(left, lengthOf(part));
      at += isDelete(part) ? 0 : passed;
      left -= passed;
      if (lengthOf(part) > passed) {
        break; // the place lies in this part
      }
    }
  }
  return at + left;
}

const LONGEST_PIECE = 4096; // units of UTF-16
const SHORT_PIECE = 512; // one that is joined with the next

/**
 * A text that knows how to count. Immutable. It is kept in pieces of some thousand characters, so that an
 * edit copies none but those that it changes, and counts in none but those.
 */
export class SharedText {
  #string;
  #pieces; // {string, points}, none empty
  #length = -1;

  /** @param {string} string */
  constructor(string, pieces = null) {
    this.#string = string;
    this.#pieces = pieces;
  }

  get string() {
    this.#string ??= this.#pieces.map((piece) => piece.string).join("");
    return this.#string;
  }

  /** How many code points there are. */
  get length() {
    if (this.#length < 0) {
      this.#length = this.#cut().reduce((sum, piece) => sum + piece.points, 0);
    }
    return this.#length;
  }

  #cut() {
    this.#pieces ??= new TextPieces().add(this.#string).build();
    return this.#pieces;
  }

  /** A part, by code points. */
  slice(from, to) {
    const reader = new TextReader(this.#cut());
    reader.skip(Math.min(from, this.length));
    return reader.take(Math.min(to, this.length) - Math.min(from, this.length));
  }

  /** The unit of UTF-16 at which a code point begins. */
  unitAt(position) {
    const reader = new TextReader(this.#cut());
    reader.skip(Math.min(position, this.length));
    return reader.unit;
  }

  /** How many code points begin before a unit of UTF-16. */
  positionAt(unit) {
    let [left, position] = [unit, 0];
    for (const { string, points } of this.#cut()) {
      if (left <= string.length) {
        return position + (points === string.length ? left : codePoints(string.slice(0, left)));
      }
      left -= string.length;
      position += points;
    }
    return position;
  }

  /** The edit in units of UTF-16, each part against the text that those before it have made. */
  edits(delta) {
    const edits = [];
    const reader = new TextReader(this.#cut());
    let grown = 0;
    for (const part of delta) {
      const from = reader.unit;
      if (isInsert(part)) {
        edits.push({ from: from + grown, to: from + grown, insert: part });
        grown += part.length;
      } else {
        reader.skip(lengthOf(part));
        if (isDelete(part)) {
          edits.push({ from: from + grown, to: reader.unit + grown, insert: "" });
          grown -= reader.unit - from;
        }
      }
    }
    return edits;
  }

  /** @param {Delta} delta */
  apply(delta) {
    const reader = new TextReader(this.#cut());
    const pieces = new TextPieces();
    for (const part of delta) {
      if (isInsert(part)) {
        pieces.add(part);
      } else {
        reader.skip(lengthOf(part), isDelete(part) ? null : pieces);
      }
    }
    reader.skip(Infinity, pieces);
    return new SharedText(null, pieces.build());
  }

  /** The edit that takes another one back. */
  invert(delta) {
    const builder = new DeltaBuilder();
    const reader = new TextReader(this.#cut());
    for (const part of delta) {
      if (isInsert(part)) {
        builder.add({ d: codePoints(part) });
      } else if (isDelete(part)) {
        builder.add(reader.take(part.d));
      } else {
        reader.skip(part);
        builder.add(part);
      }
    }
    return builder.build();
  }

  /** The edit that makes another text of it, with few changes. */
  difference(now) {
    return difference(this.string, now);
  }
}

/** Goes through the pieces of a text, counting code points. */
class TextReader {
  unit = 0; // of UTF-16 that were passed
  #pieces;
  #at = 0;
  #done = 0; // units of the current piece

  constructor(pieces) {
    this.#pieces = pieces;
  }

  /** Passes so many code points, or all for infinity, and gives them to somebody. */
  skip(points, to = null) {
    for (let left = points; left > 0 && !(left === Infinity && this.#at === this.#pieces.length); ) {
      const piece = this.#pieces[this.#at];
      if (piece === undefined) {
        throw new RangeError(`The edit needs ${left} code points more than the text has.`);
      } else if (this.#done === 0 && piece.points <= left) {
        to?.addPiece(piece);
        left -= piece.points;
        this.#pass(piece.string.length);
        continue;
      }
      const [end, passed] = ahead(piece, this.#done, left);
      to?.add(piece.string.slice(this.#done, end));
      left -= passed;
      this.#pass(end);
    }
  }

  take(points) {
    const pieces = [];
    this.skip(points, { add: (string) => pieces.push(string), addPiece: ({ string }) => pieces.push(string) });
    return pieces.join("");
  }

  /** All of the current piece up to a unit is done. */
  #pass(end) {
    this.unit += end - this.#done;
    const all = end === this.#pieces[this.#at].string.length;
    this.#at += all ? 1 : 0;
    this.#done = all ? 0 : end;
  }
}

/** So many code points further in a piece, or its end: the unit there, and how many code points it is. */
function ahead({ string, points }, from, most) {
  if (points === string.length) {
    const end = Math.min(string.length, from + most);
    return [end, end - from];
  }
  let [unit, passed] = [from, 0];
  for (; passed < most && unit < string.length; passed++) {
    unit += isHigh(string, unit) && isLow(string, unit + 1) ? 2 : 1;
  }
  return [unit, passed];
}

/** Puts a text together of pieces, and strings that are cut between characters. */
class TextPieces {
  #pieces = [];
  #open = ""; // goes before what comes next

  add(string) {
    this.#open += string;
    return this;
  }

  addPiece(piece) {
    if (this.#open.length > 0 && this.#open.length < SHORT_PIECE) {
      this.#open += piece.string;
      return;
    }
    this.#close();
    this.#pieces.push(piece);
  }

  #close() {
    const open = this.#open;
    const size = Math.ceil(open.length / Math.ceil(open.length / LONGEST_PIECE)); // even, so none is tiny
    for (let from = 0; from < open.length; ) {
      let to = Math.min(open.length, from + size);
      to -= to < open.length && isHigh(open, to - 1) ? 1 : 0;
      const string = open.slice(from, to);
      this.#pieces.push({ string, points: codePoints(string) });
      from = to;
    }
    this.#open = "";
  }

  build() {
    this.#close();
    return this.#pieces;
  }
}

const isHigh = (string, unit) => (string.charCodeAt(unit) & 0xfc00) === 0xd800;
const isLow = (string, unit) => (string.charCodeAt(unit) & 0xfc00) === 0xdc00;

// ---------------------------------------------------------------------------------------------------
// 2. The edits between two versions, where nobody has told them
// ---------------------------------------------------------------------------------------------------

const SHORT_TEXT = 4096; // code points of both versions; longer ones are compared by lines first
const ALLOWED_STEPS = 20_000_000; // some tenths of a second
const TIDIED = 64; // code points that a comparison may add to read better

/**
 * What to delete from one sequence and to insert from another to make the other of the one, as few symbols
 * as possible (Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1986: the variant in
 * linear space). Step by step as MyersDiff in Java, so that both guess alike.
 */
class MyersDiff {
  #was;
  #now;
  #allowance; // {left}: of work, counted so that the result is always the same
  #middle;
  #ahead; // how far each diagonal k = x - y is reached from the start, by k + middle
  #behind; // and from the end

  constructor(was, now, allowance) {
    this.#was = was;
    this.#now = now;
    this.#allowance = allowance;
    this.deleted = new Uint8Array(was.length);
    this.inserted = new Uint8Array(now.length);
    this.#middle = Math.max(was.length, now.length) + 1;
    this.#ahead = new Int32Array(2 * this.#middle + 1);
    this.#behind = new Int32Array(2 * this.#middle + 1);
  }

  /** Compares a part of each. */
  compare(wasFrom, wasTo, nowFrom, nowTo) {
    let [x, right, y, bottom] = [wasFrom, wasTo, nowFrom, nowTo];
    while (x < right && y < bottom && this.#was[x] === this.#now[y]) {
      x++;
      y++;
    }
    while (x < right && y < bottom && this.#was[right - 1] === this.#now[bottom - 1]) {
      right--;
      bottom--;
    }
    if (x === right || y === bottom || !this.#divide(x, right, y, bottom)) {
      this.deleted.fill(1, x, right);
      this.inserted.fill(1, y, bottom);
    }
  }

  #takes(steps) {
    this.#allowance.left -= steps;
    return this.#allowance.left >= 0;
  }

  /** Compares two parts that neither begin nor end alike; false if that is beyond the allowance. */
  #divide(left, right, top, bottom) {
    const [width, height] = [right - left, bottom - top];
    const isOdd = ((width - height) & 1) !== 0;
    this.#ahead[this.#middle + 1] = 0;
    this.#behind[this.#middle + 1] = 0;
    for (let steps = 0; this.#takes(2 * steps + 2); steps++) {
      const lowest = -steps + 2 * Math.max(0, steps - height);
      const highest = steps - 2 * Math.max(0, steps - width);
      for (let k = lowest; k <= highest; k += 2) {
        const x = this.#reach(this.#ahead, k, steps, width, height, left, top, 1);
        if (isOdd && this.#meets(this.#behind, width - height - k, steps - 1, x, width)) {
          return this.#halves(left, right, top, bottom, x, x - k);
        }
      }
      for (let k = lowest; k <= highest; k += 2) {
        const x = this.#reach(this.#behind, k, steps, width, height, right - 1, bottom - 1, -1);
        if (!isOdd && this.#meets(this.#ahead, width - height - k, steps, x, width)) {
          return this.#halves(left, right, top, bottom, width - x, height - (x - k));
        }
      }
    }
    return false;
  }

  /** How far a diagonal is reached with one more step, counted from one end of the part. */
  #reach(reached, k, steps, width, height, wasAt, nowAt, by) {
    const below = reached[this.#middle + k + 1];
    const above = k === -steps ? -1 : reached[this.#middle + k - 1] + 1;
    const start = k === -steps ? below : k === steps ? above : Math.max(above, below);
    let x = start;
    while (x < width && x - k < height && this.#was[wasAt + by * x] === this.#now[nowAt + by * (x - k)]) {
      x++;
    }
    this.#allowance.left -= x - start;
    reached[this.#middle + k] = x;
    return x;
  }

  #meets(other, k, steps, x, width) {
    return Math.abs(k) <= steps && x + other[this.#middle + k] >= width;
  }

  #halves(left, right, top, bottom, x, y) {
    this.compare(left, left + x, top, top + y);
    this.compare(left + x, right, top + y, bottom);
    return true;
  }

  /** Runs of one version in the place of runs of the other: [wasFrom, wasTo, nowFrom, nowTo]. */
  hunks() {
    const hunks = [];
    for (let [was, now] = [0, 0]; ; ) {
      const stays = Math.min(until(1, this.deleted, was), until(1, this.inserted, now));
      if (stays === Infinity) {
        return hunks;
      }
      const [wasFrom, nowFrom] = [was + stays, now + stays];
      was = wasFrom + Math.min(until(0, this.deleted, wasFrom), this.deleted.length - wasFrom);
      now = nowFrom + Math.min(until(0, this.inserted, nowFrom), this.inserted.length - nowFrom);
      hunks.push([wasFrom, was, nowFrom, now]);
    }
  }
}

function until(mark, marks, from) {
  const found = marks.indexOf(mark, from);
  return found < 0 ? Infinity : found - from;
}

/** The edit between two versions of a text: lines first where there are many, then characters. */
function difference(before, after) {
  const [all, made] = [pointsOf(before), pointsOf(after)];
  const shorter = Math.min(all.length, made.length);
  let [start, end] = [0, 0];
  while (start < shorter && all[start] === made[start]) {
    start++;
  }
  while (end < shorter - start && all[all.length - 1 - end] === made[made.length - 1 - end]) {
    end++;
  }
  const [was, now] = [all.subarray(start, all.length - end), made.subarray(start, made.length - end)];
  const builder = new DeltaBuilder().add(start);
  let done = 0;
  for (const [wasFrom, wasTo, nowFrom, nowTo] of joined(compared(was, now).hunks())) {
    builder.add(wasFrom - done).add(textOf(now, nowFrom, nowTo)).add({ d: wasTo - wasFrom });
    done = wasTo;
  }
  return builder.build();
}

function compared(was, now) {
  const allowance = { left: ALLOWED_STEPS };
  const characters = new MyersDiff(was, now, allowance);
  if (was.length + now.length <= SHORT_TEXT) {
    characters.compare(0, was.length, 0, now.length);
    return characters;
  }
  const numbers = new Map(); // of lines that differ
  const [before, after] = [linesOf(was, numbers), linesOf(now, numbers)];
  const lines = new MyersDiff(before.numbers, after.numbers, allowance);
  lines.compare(0, before.numbers.length, 0, after.numbers.length);
  for (const [wasFrom, wasTo, nowFrom, nowTo] of lines.hunks()) {
    characters.compare(before.starts[wasFrom], before.starts[wasTo], after.starts[nowFrom], after.starts[nowTo]);
  }
  return characters;
}

/**
 * Joins changes between which so little stayed that it stayed by chance, as one letter may between two
 * words. Where only insertions or only deletions meet, all that stayed is kept: it is where concurrent
 * edits hold on to.
 */
function joined(hunks) {
  const result = [];
  for (const next of hunks) {
    let hunk = next;
    while (result.length > 0 && joins(result.at(-1), hunk)) {
      const [wasFrom, , nowFrom] = result.pop();
      hunk = [wasFrom, hunk[1], nowFrom, hunk[3]];
    }
    result.push(hunk);
  }
  return result;
}

function joins(one, next) {
  const [deleted, inserted] = [one[1] - one[0], one[3] - one[2]];
  const [nextDeleted, nextInserted] = [next[1] - next[0], next[3] - next[2]];
  const changed = Math.min(Math.max(deleted, inserted), Math.max(nextDeleted, nextInserted));
  return deleted + nextDeleted > 0 && inserted + nextInserted > 0 && next[0] - one[1] <= changed;
}

/** The lines of a text: what number each has among those that differ, and where each starts. */
function linesOf(text, known) {
  const starts = [0];
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) {
    starts.push(at + 1);
  }
  starts.push(text.length);
  const numbers = new Int32Array(starts.length - 1);
  for (let line = 0; line < numbers.length; line++) {
    const content = textOf(text, starts[line], starts[line + 1]);
    const number = known.get(content) ?? known.size;
    known.set(content, number);
    numbers[line] = number;
  }
  return { starts, numbers };
}

/** The code points of a text. */
function pointsOf(string) {
  const points = new Int32Array(string.length);
  let count = 0;
  for (let unit = 0; unit < string.length; unit += points[count++] > 0xffff ? 2 : 1) {
    points[count] = string.codePointAt(unit);
  }
  return points.subarray(0, count);
}

function textOf(points, from, to) {
  const pieces = [];
  for (let at = from; at < to; at += 8192) {
    pieces.push(String.fromCodePoint(...points.subarray(at, Math.min(to, at + 8192))));
  }
  return pieces.join("");
}

/**
 * What was done to a text, as an edit of what others made of it, as TextMerge in Java. What both did is done
 * once: a deletion that both made, and an insertion that theirs has at the same place, or has the beginning
 * of: most often it was sent, and is not known to be kept.
 *
 * @param {string} base the text that both began with
 * @param {Delta} mine
 * @param {string} theirs
 * @returns {Delta} an edit of theirs
 */
export function threeWay(base, mine, theirs) {
  const own = difference(base, new SharedText(base).apply(mine).string);
  const kept = touched(own) <= 2 * touched(mine) + TIDIED ? own : mine; // beyond the allowance it says too much
  const others = difference(base, theirs);
  return transform(withoutShared(kept, insertionsOf(others)), others, "right");
}

const touched = (delta) => delta.reduce((sum, part) => sum + (typeof part === "number" ? 0 : lengthOf(part)), 0);

function insertionsOf(delta) {
  const insertions = new Map(); // by their places in the text before
  let place = 0;
  for (const part of delta) {
    isInsert(part) ? insertions.set(place, part) : (place += lengthOf(part));
  }
  return insertions;
}

function withoutShared(mine, theirs) {
  const builder = new DeltaBuilder();
  let place = 0;
  for (const part of mine) {
    builder.add(isInsert(part) ? unshared(part, theirs.get(place) ?? "") : part);
    place += isInsert(part) ? 0 : lengthOf(part);
  }
  return builder.build();
}

const unshared = (mine, theirs) =>
  theirs.startsWith(mine) ? "" : mine.startsWith(theirs) ? mine.slice(theirs.length) : mine;

// ---------------------------------------------------------------------------------------------------
// 3. The merge of concurrent edits
// ---------------------------------------------------------------------------------------------------

/*
 * A log of original operations is a graph: each event has the events that its author knew as parents.
 * As long as an event's parents are everything there is, it changes the text as it says, and nothing is
 * computed. Otherwise the log is walked in the manner of eg-walker (Gentle, Kleppmann: "Collaborative
 * Text Editing with Eg-walker", EuroSys 2025): a list of all characters there ever were holds for each
 * whether it is there at the version that the event was made at (prepared), and whether it is there
 * now (merged). Going to another version takes back the events that it lacks and puts in those that it
 * has more; the event's positions are found in that version, and what it does now is read off the list.
 *
 * The list covers only the events since the last version that everybody knew; the text of that version is
 * one run. It is a B+tree of runs that sums up how much of it is prepared and merged, so every place is
 * found in logarithmic time; and several versions are prepared side by side, one for each of the authors
 * who came last, so that authors who come in turns are not taken back and done again in turns. All of it
 * as Walker, WalkerTree and WalkerViews do it in Java, where the reasons are told.
 */

const NOWHERE = -1; // the origin of what stands at the very beginning, or ends at the very end
const FIRST_BEFORE = -(2 ** 40); // the id of the first character of the text before; others from 0
const VIEWS = 4; // versions prepared side by side
const DEAR = 2; // moves for each run that would have to be copied, before another one is
const ROOM = 32; // children of a node
const MOST_BEHIND = 512; // events that the walker has not seen: some milliseconds when it must

/**
 * @typedef {object} LoggedEvent
 * @property {string} agent who made it
 * @property {number[]} parents the events that it was made after, by their places in the log
 * @property {Delta} operation against the text of the parents
 * @property {number} firstId of the characters that it puts in
 * @property {number} chain the first of those from which on each was made after the one before alone
 */

/** The log of a text, with concurrent operations merged. */
export class TextLog {
  /** @type {LoggedEvent[]} */
  #events = [];
  #frontier = [];
  #length;
  #nextId = 0;
  /** @type {Walker | null} */
  #walker = null;

  /** @param {number} length how many code points the text had before the first event */
  constructor(length = 0) {
    this.#length = length;
  }

  get size() {
    return this.#events.length;
  }

  /** The events that no other was made after. */
  get version() {
    return this.#frontier;
  }

  /**
   * Takes in an event.
   *
   * @param {string} agent
   * @param {number[]} parents
   * @param {Delta} operation
   * @returns {Delta} what it does to the text that all events before have made
   */
  add(agent, parents, operation) {
    const inserted = operation.reduce((sum, part) => sum + (isInsert(part) ? codePoints(part) : 0), 0);
    const number = this.#events.length;
    const follows = number > 0 && parents.length === 1 && parents[0] === number - 1;
    const chain = follows ? this.#events[number - 1].chain : number;
    this.#events.push({ agent, parents, operation, firstId: this.#nextId, chain });
    this.#nextId += inserted;
    const latest = sameVersion(parents, this.#frontier);
    this.#frontier = this.#frontier.filter((each) => !parents.includes(each)).concat(number);
    if (!latest) {
      return this.#walked(number);
    }
    if (number - (this.#walker?.done ?? 0) >= MOST_BEHIND) {
      this.#walked(number - 1);
    }
    return operation;
  }

  /**
   * The edit between two texts that some of the events make.
   *
   * @param {(event: number) => boolean} from which events the first one has
   * @param {(event: number) => boolean} to which the other one has
   * @param {SharedText | null} text the other one, if it is known; otherwise it may only have more
   * @returns {Delta}
   */
  between(from, to, text) {
    this.#walked(this.#events.length - 1);
    return this.#walker.between(from, to, text);
  }

  #walked(number) {
    this.#walker ??= new Walker(this.#events, this.#length);
    while (this.#walker.done < number) {
      this.#walker.walk(false);
    }
    return this.#walker.done === number ? this.#walker.walk(true) : [];
  }
}

const sameVersion = (a, b) => a.length === b.length && a.every((each) => b.includes(each));

/** Characters that were put in side by side, and are in one state; or a part of the text before. */
class Run {
  states = [0, 0, 0, 0]; // in each view: 0 not put in yet, 1 there, 1 + n taken out n times
  deleters = null; // the events that took it out
  leaf = null;

  constructor(id, length, left, right) {
    this.id = id;
    this.length = length;
    this.left = left; // the id of the character that stood before the first
    this.right = right; // the id of the one that stood behind them
  }

  get end() {
    return this.id + this.length;
  }

  get merged() {
    return this.deleters === null ? this.length : 0;
  }

  prepared(view) {
    return this.states[view] === 1 ? this.length : 0;
  }

  /** Takes the characters from an offset on, or those up to it, away. */
  cut(offset, front) {
    const part = front
      ? new Run(this.id, offset, this.left, this.right)
      : new Run(this.id + offset, this.length - offset, this.id + offset - 1, this.right);
    part.states = this.states.slice();
    part.deleters = this.deleters === null ? null : this.deleters.slice();
    this.left = front ? this.id + offset - 1 : this.left;
    this.id += front ? offset : 0;
    this.length -= part.length;
    return part;
  }
}

/** A leaf with runs, or a branch with nodes, and what they sum to. */
class RunNode {
  children = [];
  parent = null;
  next = null; // the leaf to the right of a leaf
  merged = 0;
  before = 0; // characters of the text before
  prepared = [0, 0, 0, 0];
  inserted = [0, 0, 0, 0]; // runs

  constructor(isLeaf) {
    this.isLeaf = isLeaf;
  }

  /** Puts a child at an index, without a change of the sums. */
  put(index, child) {
    this.children.splice(index, 0, child);
    child[this.isLeaf ? "leaf" : "parent"] = this;
  }

  /** Moves the second half into a new neighbour, which has no parent yet. */
  divide() {
    const right = new RunNode(this.isLeaf);
    right.children = this.children.splice(ROOM / 2);
    right.children.forEach((child) => (child[this.isLeaf ? "leaf" : "parent"] = right));
    right.next = this.next;
    this.next = this.isLeaf ? right : null;
    this.sum();
    right.sum();
    return right;
  }

  /** Sums up what is below. */
  sum() {
    this.merged = 0;
    this.before = 0;
    for (const child of this.children) {
      this.merged += child.merged;
      this.before += !this.isLeaf ? child.before : child.id < 0 ? child.length : 0;
    }
    for (let view = 0; view < VIEWS; view++) {
      this.sumUp(view);
    }
  }

  sumUp(view) {
    this.prepared[view] = 0;
    this.inserted[view] = 0;
    for (const child of this.children) {
      this.prepared[view] += this.isLeaf ? child.prepared(view) : child.prepared[view];
      this.inserted[view] += this.isLeaf ? Math.min(1, child.states[view]) : child.inserted[view];
    }
  }

  /** Makes a view of all that is below equal to another. */
  copy(from, to) {
    for (const child of this.children) {
      if (this.isLeaf) {
        child.states[to] = child.states[from];
      } else {
        child.copy(from, to);
      }
    }
    this.sumUp(to);
  }
}

/** All runs in the order of the document. None is ever taken out. */
class RunTree {
  view = 0; // the one that is shown
  size = 0;
  #root = new RunNode(true);
  #first = this.#root;

  copyTo(view) {
    this.#root.copy(this.view, view);
  }

  /** The run that has a place in the prepared text, and which of its characters. */
  find(position) {
    if (position >= this.#root.prepared[this.view]) {
      throw new RangeError(`An edit is made at ${position} of ${this.#root.prepared[this.view]} code points.`);
    }
    let [node, left] = [this.#root, position];
    while (!node.isLeaf) {
      let at = 0;
      while (left >= node.children[at].prepared[this.view]) {
        left -= node.children[at++].prepared[this.view];
      }
      node = node.children[at];
    }
    let at = 0;
    while (left >= node.children[at].prepared(this.view)) {
      left -= node.children[at++].prepared(this.view);
    }
    return [node.children[at], left];
  }

  /** The run that has a character of the text before: those never change their order. */
  findBefore(index) {
    let [node, left] = [this.#root, index];
    while (!node.isLeaf) {
      let at = 0;
      while (left >= node.children[at].before) {
        left -= node.children[at++].before;
      }
      node = node.children[at];
    }
    return node.children.find((run) => run.id < 0 && FIRST_BEFORE + index < run.end);
  }

  /** How much of the merged text is before a run. */
  mergedBefore(run) {
    let sum = 0;
    for (let [child, node] = [run, run.leaf]; node !== null; [child, node] = [node, node.parent]) {
      for (let at = 0; node.children[at] !== child; at++) {
        sum += node.children[at].merged;
      }
    }
    return sum;
  }

  /** The run after one, or the first for null; null at the end. */
  next(run) {
    if (run === null) {
      return this.#first.children[0] ?? null;
    }
    return run.leaf.children[run.leaf.children.indexOf(run) + 1] ?? run.leaf.next?.children[0] ?? null;
  }

  /** The first run from this one on that is put in in the prepared version, taken out or not. */
  nextInserted(run) {
    if (run === null || run.states[this.view] > 0) {
      return run;
    }
    for (let [child, node] = [run, run.leaf]; node !== null; [child, node] = [node, node.parent]) {
      for (let at = node.children.indexOf(child) + 1; at < node.children.length; at++) {
        if (this.#hasInserted(node, at)) {
          return this.#firstInserted(node, at);
        }
      }
    }
    return null;
  }

  #hasInserted(node, at) {
    return (node.isLeaf ? node.children[at].states : node.children[at].inserted)[this.view] > 0;
  }

  #firstInserted(from, index) {
    let [node, at] = [from, index];
    while (!node.isLeaf) {
      node = node.children[at];
      for (at = 0; !this.#hasInserted(node, at); at++);
    }
    return node.children[at];
  }

  /** Compares two runs by their places. */
  compare(one, other) {
    if (one === other) {
      return 0;
    }
    let [left, right, leftNode, rightNode] = [one, other, one.leaf, other.leaf];
    while (leftNode !== rightNode) {
      [left, right, leftNode, rightNode] = [leftNode, rightNode, leftNode.parent, rightNode.parent];
    }
    return leftNode.children.indexOf(left) - leftNode.children.indexOf(right);
  }

  /** Puts a new run after another one, or first for null; it is there, and prepared in this view. */
  insertAfter(before, run) {
    const leaf = before === null ? this.#first : before.leaf;
    run.states[this.view] = 1;
    this.#add(leaf, run.length, run.length, 1);
    for (let node = run.id < 0 ? leaf : null; node !== null; node = node.parent) {
      node.before += run.length;
    }
    this.#put(leaf, before === null ? 0 : leaf.children.indexOf(before) + 1, run);
  }

  /** Cuts a run in two; the answer is the new one, which is the shorter. */
  split(run, offset) {
    const front = offset < run.length - offset;
    const part = run.cut(offset, front);
    for (let node = run.leaf; node !== null; node = node.parent) {
      part.states.forEach((state, view) => (node.inserted[view] += state > 0 ? 1 : 0));
    }
    this.#put(run.leaf, run.leaf.children.indexOf(run) + (front ? 0 : 1), part);
    return part;
  }

  /** Changes the state of a run. */
  change(run, by) {
    const [prepared, inserted] = [run.prepared(this.view), run.states[this.view] > 0];
    run.states[this.view] += by;
    const now = run.states[this.view] > 0;
    this.#add(run.leaf, run.prepared(this.view) - prepared, 0, now === inserted ? 0 : now ? 1 : -1);
  }

  /** Takes a run out that is prepared. */
  delete(run, event) {
    const gone = -run.merged;
    run.deleters = run.deleters ?? [];
    run.deleters.push(event);
    run.states[this.view] = 2;
    this.#add(run.leaf, -run.length, gone, 0);
  }

  /** Makes a run longer that is there and prepared. */
  extend(run, by) {
    run.length += by;
    this.#add(run.leaf, by, by, 0);
  }

  #add(leaf, prepared, merged, inserted) {
    for (let node = leaf; node !== null; node = node.parent) {
      node.prepared[this.view] += prepared;
      node.merged += merged;
      node.inserted[this.view] += inserted;
    }
  }

  /* The sums count the run already. */
  #put(leaf, index, run) {
    this.size++;
    leaf.put(index, run);
    for (let node = leaf; node !== null && node.children.length === ROOM; node = node.parent) {
      const right = node.divide();
      if (node.parent === null) {
        this.#root = new RunNode(false);
        this.#root.put(0, node);
        this.#root.put(1, right);
        this.#root.sum();
        return;
      }
      node.parent.put(node.parent.children.indexOf(node) + 1, right);
    }
  }
}

/** Takes in the events of a log one by one, and says what each does to the text of those before. */
class Walker {
  done = 0; // how many events are in the list
  #events;
  #tree = new RunTree();
  #runs = []; // of each character that an event put in
  #targets = []; // what each event took out: [id, length]
  #versions = [[], []]; // of each view that is in use: so what is made here is never taken back for others
  #agents = []; // for whom it is
  #moves = 0; // since the last view was added
  #heap = []; // of events * 4 + marks, the greatest first
  #open = 0; // how many of them are not in both versions

  constructor(events, length) {
    this.#events = events;
    if (length > 0) {
      this.#tree.insertAfter(null, new Run(FIRST_BEFORE, length, NOWHERE, NOWHERE));
      this.#tree.copyTo(1);
    }
  }

  /** Takes in the next event, and says what it does to the text, if anybody wants to know. */
  walk(wanted) {
    const number = this.done++;
    const { agent, parents, operation, firstId } = this.#events[number];
    this.#prepare(parents, agent);
    this.#targets.push([]);
    const changes = wanted ? new Changes() : null; // each no further left than the one before
    let position = 0; // in the prepared text
    let id = firstId;
    for (const part of insertsFirst(operation)) {
      if (isInsert(part)) {
        const length = codePoints(part);
        this.#insert(position, id, length, part, changes);
        position += length;
        id += length;
      } else if (isDelete(part)) {
        this.#delete(number, position, part.d, changes);
      } else {
        position += part;
      }
    }
    this.#versions[this.#tree.view] = [number];
    return changes?.build();
  }

  /** Goes to another version, in the view that is best for it. */
  #prepare(version, agent) {
    this.#choose(version, agent);
    const from = this.#versions[this.#tree.view];
    if (!sameVersion(version, from)) {
      this.#difference(from, version, (first, last, by) => this.#move(first, last, by));
      this.#versions[this.#tree.view] = version;
    }
  }

  #choose(version, agent) {
    let best = this.#versions.findIndex((each) => sameVersion(each, version));
    best = best < 0 ? this.#agents.indexOf(agent) : best;
    if (best < 0 && this.#versions.length < VIEWS && this.#moves > DEAR * this.#tree.size) {
      best = this.#versions.length;
      this.#moves = 0;
      this.#tree.copyTo(best);
      this.#versions.push(this.#versions[this.#tree.view]);
    }
    this.#tree.view = best < 0 ? this.#tree.view : best;
    this.#agents[this.#tree.view] = agent;
  }

  /** Tells which events are in the history of one version alone: -1 of the first, 1 of the other. */
  #difference(from, to, tell) {
    this.#heap = [];
    this.#open = 0;
    from.forEach((event) => this.#push(event, 1));
    to.forEach((event) => this.#push(event, 2));
    while (this.#open > 0) {
      const event = this.#heap[0] >> 2;
      let mark = 0;
      while (this.#heap.length > 0 && this.#heap[0] >> 2 === event) {
        mark |= this.#pop();
      }
      const { chain } = this.#events[event];
      const next = this.#heap.length > 0 ? this.#heap[0] >> 2 : -1;
      const first = Math.max(chain, next + 1);
      mark < 3 && tell(first, event, mark === 1 ? -1 : 1);
      const parents = first > chain ? [first - 1] : this.#events[chain].parents;
      parents.forEach((parent) => this.#push(parent, mark));
    }
  }

  #push(event, mark) {
    const heap = this.#heap;
    const entry = event * 4 + mark;
    this.#open += mark < 3 ? 1 : 0;
    let at = heap.push(entry) - 1;
    for (let up = (at - 1) >> 1; at > 0 && heap[up] < entry; at = up, up = (at - 1) >> 1) {
      heap[at] = heap[up];
    }
    heap[at] = entry;
  }

  #pop() {
    const heap = this.#heap;
    const mark = heap[0] & 3;
    this.#open -= mark < 3 ? 1 : 0;
    const last = heap.pop();
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      child += child + 1 < heap.length && heap[child + 1] > heap[child] ? 1 : 0;
      if (heap[child] <= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    if (heap.length > 0) {
      heap[at] = last;
    }
    return mark;
  }

  /** Takes the effects of events, from the first to the last, into the prepared version or out of it. */
  #move(first, last, by) {
    const end = last + 1 < this.#events.length ? this.#events[last + 1].firstId : this.#runs.length;
    this.#moveRuns(this.#events[first].firstId, Math.min(end, this.#runs.length), by);
    for (let event = first; event <= last; event++) {
      for (const [id, length] of this.#targets[event]) {
        this.#moveRuns(id, id + length, by);
      }
    }
  }

  #moveRuns(from, to, by) {
    for (let id = from; id < to; this.#moves++) {
      const run = this.#isolate(id, to);
      this.#tree.change(run, by);
      id = run.end;
    }
  }

  #runOf(id) {
    return id < 0 ? this.#tree.findBefore(id - FIRST_BEFORE) : this.#runs[id];
  }

  /** The run that begins with a character, and ends before another one or earlier. */
  #isolate(id, to) {
    let run = this.#runOf(id);
    if (run.id < id) {
      this.#split(run, id - run.id);
      run = this.#runOf(id);
    }
    if (run.end > to) {
      this.#split(run, to - run.id);
      run = this.#runOf(id);
    }
    return run;
  }

  /* Only the shorter half has to be entered anew: so all cuts of a run cost n log n. */
  #split(run, offset) {
    const part = this.#tree.split(run, offset);
    if (part.id >= 0) {
      this.#runs.fill(part, part.id, part.end);
    }
  }

  #insert(position, id, length, text, changes) {
    let before = null;
    let left = NOWHERE;
    if (position > 0) {
      const [run, offset] = this.#tree.find(position - 1);
      left = run.id + offset;
      before = this.#isolate(run.id, left + 1);
    }
    const after = this.#tree.next(before);
    const right = this.#tree.nextInserted(after); // what the author saw to the right, or what was there
    const run = new Run(id, length, left, right === null ? NOWHERE : right.id);
    this.#place(run, after === right ? before : this.#placeFor(run, before, after, right), text, changes);
  }

  #place(run, before, text, changes) {
    const continues =
      before !== null && before.id >= 0 && before.end === run.id && run.left === run.id - 1 &&
      before.right === run.right && before.deleters === null && this.#isNew(before);
    const offset = continues ? before.length : 0;
    const placed = continues ? before : run;
    if (continues) {
      this.#tree.extend(before, run.length);
    } else {
      this.#tree.insertAfter(before, run);
    }
    for (let at = 0; at < run.length; at++) {
      this.#runs.push(placed);
    }
    changes?.insert(this.#tree.mergedBefore(placed) + offset, text, run.length);
  }

  /** Whether it is there in the view that is shown, and not put in yet in all others. */
  #isNew(run) {
    return run.states.every((state, view) => state === (view === this.#tree.view ? 1 : 0));
  }

  /**
   * Behind which run it goes among what others put in at the same place: the rule of YjsMod, which is that
   * of FugueMax, in the words of Walker in Java.
   */
  #placeFor(run, before, first, end) {
    let place = before;
    let undecided = false;
    let known = run.right; // others at one place often have one right origin: compared once
    let isLeft = false;
    for (let other = first; other !== null && other !== end; other = this.#tree.next(other)) {
      const order = other.left === run.left ? 0 : this.#compare(other.left, run.left, -1);
      if (order < 0) {
        break;
      } else if (order === 0) {
        if (other.right === run.right && this.#precedes(run, other)) {
          break;
        }
        if (other.right !== known) {
          known = other.right;
          isLeft = known !== run.right && this.#compare(known, run.right, 1) < 0;
        }
        undecided = isLeft;
      }
      place = undecided ? place : other;
    }
    return place;
  }

  #precedes(run, other) {
    const [a, b] = [run, other].map(({ id }) => this.#events[this.#ownerOf(id)].agent);
    return a < b || (a === b && run.id < other.id);
  }

  /** Which event put a character in. */
  #ownerOf(id) {
    let [low, high] = [0, this.#events.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      [low, high] = this.#events[middle].firstId <= id ? [middle, high] : [low, middle - 1];
    }
    return low;
  }

  /** Compares the places of two characters; nowhere is before all others, or after them. */
  #compare(one, other, nowhere) {
    if (one === NOWHERE || other === NOWHERE) {
      return one === other ? 0 : one === NOWHERE ? nowhere : -nowhere;
    }
    const [a, b] = [this.#runOf(one), this.#runOf(other)];
    return a === b ? one - other : this.#tree.compare(a, b);
  }

  #delete(event, position, length, changes) {
    for (let left = length; left > 0; ) {
      const [found, offset] = this.#tree.find(position);
      const id = found.id + offset;
      const run = this.#isolate(id, id + left);
      this.#targets[event].push([id, run.length]);
      if (changes !== null && run.deleters === null) {
        changes.delete(this.#tree.mergedBefore(run), run.length);
      }
      this.#tree.delete(run, event);
      left -= run.length;
    }
  }

  between(from, to, text) {
    const builder = new DeltaBuilder();
    let position = 0;
    const add = (was, is, length, content) => {
      if (is && !was) {
        builder.add(text === null ? content() : text.slice(position, position + length));
      } else {
        builder.add(is ? length : { d: was ? length : 0 });
      }
      position += is ? length : 0;
    };
    for (let run = this.#tree.next(null); run !== null; run = this.#tree.next(run)) {
      const was = !run.deleters?.some(from);
      const is = !run.deleters?.some(to);
      if (run.id < 0) {
        add(was, is, run.length, null);
        continue;
      }
      for (let id = run.id; id < run.end; ) {
        const owner = this.#ownerOf(id); // several may have put it in
        const end = Math.min(run.end, this.#events[owner + 1]?.firstId ?? run.end);
        const first = id;
        add(was && from(owner), is && to(owner), end - id, () => this.#content(owner, first, end));
        id = end;
      }
    }
    return builder.build();
  }

  #content(owner, from, to) {
    const { operation, firstId } = this.#events[owner];
    return slice(operation.filter(isInsert).join(""), from - firstId, to - firstId);
  }
}

/** The same operation with what is put in at a place before what is taken out there. */
function insertsFirst(operation) {
  const moves = operation.some((part, at) => isInsert(part) && at > 0 && isDelete(operation[at - 1]));
  if (!moves) {
    return operation;
  }
  const parts = [];
  let deletions = [];
  for (const part of operation) {
    if (isDelete(part)) {
      deletions.push(part);
      continue;
    } else if (!isInsert(part)) {
      deletions.forEach((each) => parts.push(each));
      deletions = [];
    }
    parts.push(part);
  }
  return parts.concat(deletions);
}

/** Changes of a text, each made after the one before and not further left than it. */
class Changes {
  #builder = new DeltaBuilder();
  #at = 0; // in the text as the changes so far leave it

  insert(position, text, length) {
    this.#builder.add(position - this.#at).add(text);
    this.#at = position + length;
  }

  delete(position, length) {
    this.#builder.add(position - this.#at).add({ d: length });
    this.#at = position;
  }

  build() {
    return this.#builder.build();
  }
}

// ---------------------------------------------------------------------------------------------------
// 4. JSON whose numbers are exact
// ---------------------------------------------------------------------------------------------------

/*
 * A number of JSON is a decimal, and hub and Java keep it as it is; a number of JavaScript is a double. Most
 * decimals come back from a double as they went in. Those that do not are read as a RecordNumber, whose
 * digits nobody loses. The engine's own parser tells no digits in all browsers of these years, so what is
 * doubtful is wrapped into strings before it reads, and unwrapped after it has written.
 */

const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const NUMBER_OR_STRING = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const DOUBTFUL = /\d[\d.]{15}|\d[eE]/; // 15 digits always come back
const MARK = `number:${randomId()}:`; // what is in no string, as nobody knows it
const MARKED = new RegExp(`"${MARK}([^"]*)"`, "g");
const MOST_DIGITS = 1000; // as in Java
const MOST_EXPONENT = 9999;

/**
 * A number of JSON that a number of JavaScript would not hold exactly, such as 9007199254740993, 1E400 or
 * 0.1000000000000000000001. Immutable. It goes back into a record as it came.
 */
export class RecordNumber {
  /** @param {string | number | bigint} source as in JSON */
  constructor(source) {
    /** The number as it is written in JSON. */
    this.source = String(source);
    const { digits, exponent } = decimalOf(this.source);
    const below = exponent + digits.length; // this power of ten
    if (digits.length > MOST_DIGITS || below > MOST_EXPONENT || below <= -MOST_EXPONENT) {
      throw new RangeError(`A number has at most ${MOST_DIGITS} digits, and is from 1E-${MOST_EXPONENT} to below 1E${MOST_EXPONENT}.`);
    }
    Object.freeze(this);
  }

  /** Whether it is the same number, however it is written. */
  equals(other) {
    return isNumber(other) && keyOf(this) === keyOf(other);
  }

  toString() {
    return this.source;
  }

  /** The nearest number of JavaScript, which may be infinite. */
  valueOf() {
    return Number(this.source);
  }

  /** The number itself where the engine can write it, its digits in a string where not; see writeJson. */
  toJSON() {
    return JSON.rawJSON === undefined ? this.source : JSON.rawJSON(this.source);
  }
}

/** Reads JSON; a number that JavaScript does not hold exactly is a RecordNumber. */
export function readJson(text) {
  const marked = DOUBTFUL.test(text) ? text.replace(NUMBER_OR_STRING, wrapped) : text;
  return marked === text ? JSON.parse(text) : JSON.parse(marked, unwrapped);
}

const wrapped = (token) => (token[0] === '"' || !NUMBER.test(token) || isHeld(token) ? token : `"${MARK}${token}"`);

function unwrapped(_, value) {
  return typeof value === "string" && value.startsWith(MARK) ? new RecordNumber(value.slice(MARK.length)) : value;
}

/** Writes JSON; RecordNumber and BigInt are numbers in it. What JSON has no number for throws. */
export function writeJson(value) {
  let marked = false;
  const text = JSON.stringify(value, function (name, each) {
    const was = this[name]; // before its toJSON
    if (was instanceof RecordNumber || typeof was === "bigint") {
      marked = true;
      return `${MARK}${was}`;
    } else if (typeof each === "number" && !Number.isFinite(each)) {
      throw new TypeError(`JSON has no number for ${each}; keep it as a string or as null.`);
    }
    return each;
  });
  return marked ? text.replace(MARKED, "$1") : text;
}

/** Whether the shortest decimal of the nearest double is the same number. */
function isHeld(source) {
  const nearest = Number(source);
  return Number.isFinite(nearest) && keyOfNumber(source) === keyOfNumber(String(nearest));
}

const isNumber = (value) => typeof value === "number" || value instanceof RecordNumber;

/** A number as sign, digits without zeros around them, and the power of ten of the last; "" is zero. */
function decimalOf(source) {
  const parts = source.length <= 2 * MOST_DIGITS ? NUMBER.exec(source) : null;
  if (parts === null) {
    throw new TypeError(`${source.slice(0, 60)} is no number of JSON.`);
  }
  const [, sign, whole, part = "", exponent = "0"] = parts;
  const all = (whole + part).replace(/^0+/, "");
  let end = all.length;
  for (; all[end - 1] === "0"; end--); // where /0+$/ would try every zero
  const digits = all.slice(0, end);
  return { sign, digits, exponent: digits === "" ? 0 : Number(exponent) - part.length + all.length - digits.length };
}

function keyOfNumber(source) {
  const { sign, digits, exponent } = decimalOf(source);
  return digits === "" ? "0" : `${sign}${digits}e${exponent}`;
}

/** What is the same for the same value, and for no other one. */
function keyOf(value) {
  if (isNumber(value)) {
    return value instanceof RecordNumber || Number.isFinite(value) ? keyOfNumber(String(value)) : "none";
  } else if (Array.isArray(value)) {
    return `[${value.map(keyOf).join()}]`;
  } else if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${keyOf(value[name])}`).join()}}`;
  }
  return JSON.stringify(value);
}

/** The exact sum of two numbers. */
function plus(a, b) {
  const [x, y] = [unscaled(a), unscaled(b)];
  const scale = Math.max(x.scale, y.scale);
  const sum = x.digits * 10n ** BigInt(scale - x.scale) + y.digits * 10n ** BigInt(scale - y.scale);
  const digits = String(sum < 0n ? -sum : sum);
  if (digits.length > MOST_DIGITS) {
    throw new RecordConflict(`The sum of ${a} and ${b} has more than ${MOST_DIGITS} digits.`);
  }
  return exactly((sum < 0n ? "-" : "") + plain(digits, scale));
}

const negative = (number) => exactly(String(number).startsWith("-") ? String(number).slice(1) : `-${number}`);

/** A number as one of JavaScript if that holds it. */
const exactly = (source) => (isHeld(source) ? Number(source) : new RecordNumber(source));

function unscaled(number) {
  const [, sign, whole, part = "", exponent = "0"] = NUMBER.exec(String(number));
  const digits = BigInt(whole + part);
  return { digits: sign === "" ? digits : -digits, scale: part.length - Number(exponent) };
}

/** Digits with their point, or with an exponent where that would be far from them. */
function plain(digits, scale) {
  if (scale === 0 || digits === "0") {
    return digits;
  } else if (scale < 0 || scale > digits.length + 6) {
    return `${digits}e${-scale}`;
  }
  const all = digits.padStart(scale + 1, "0");
  return `${all.slice(0, -scale)}.${all.slice(-scale)}`;
}

function sameJson(a, b) {
  if (a === b) {
    return true;
  } else if (a === null || b === null || typeof a !== "object" || typeof b !== "object") {
    return false;
  } else if (a instanceof RecordNumber || b instanceof RecordNumber) {
    return isNumber(a) && isNumber(b) && keyOf(a) === keyOf(b);
  } else if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, at) => sameJson(each, b[at]));
  }
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}

const holdsExact = (value) =>
  value instanceof RecordNumber || (typeof value === "object" && value !== null && Object.values(value).some(holdsExact));

/** Makes a value of JSON that nobody can change; parts that are so already cost nothing. */
function frozen(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

// ---------------------------------------------------------------------------------------------------
// 5. Replicas: what a kind of document is on a client
// ---------------------------------------------------------------------------------------------------

/** A list whose first element is taken off at the same cost however long it is. */
class Line {
  #items;
  #head = 0;

  constructor(items = []) {
    this.#items = items;
  }

  get length() {
    return this.#items.length - this.#head;
  }

  get last() {
    return this.#items.at(-1);
  }

  at(index) {
    return this.#items[this.#head + index];
  }

  push(item) {
    this.#items.push(item);
  }

  shift() {
    const first = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head); // as many as were taken off, or fewer
      this.#head = 0;
    }
    return first;
  }

  /** A copy of a part, as an array. */
  slice(from, to = this.length) {
    return this.#items.slice(this.#head + from, this.#head + to);
  }

  /** Takes everything from a place on out of it. */
  cut(from) {
    return this.#items.splice(this.#head + from);
  }

  [Symbol.iterator]() {
    return this.slice(0)[Symbol.iterator]();
  }
}

/**
 * A change as others are told of it.
 *
 * @typedef {object} Update
 * @property {number} seq its place in the document
 * @property {string} client who made it
 * @property {number} id its number among those of that client
 * @property {number} base what its author had taken in
 * @property {any} change what it does, in the form of the kind
 */

const LONGEST_INSERT = 8192; // code points that one mutation puts in
const MOST_PARTS = 1000; // of one mutation

/** An edit that is more than one mutation holds, as several that come to the same one after the other. */
function inPieces(operation) {
  const pieces = [];
  let piece;
  let [parts, inserted, position] = [0, 0, 0]; // the position is in the text as the pieces so far leave it
  const begin = () => {
    piece = new DeltaBuilder().add(position);
    [parts, inserted] = [0, 0];
  };
  const end = () => {
    const made = piece.build();
    made.length > 0 && pieces.push(made);
    begin();
  };
  begin();
  for (const part of operation) {
    for (let from = 0, length = sizeOf(part); from < length; ) {
      (parts >= MOST_PARTS || (isInsert(part) && inserted >= LONGEST_INSERT)) && end();
      const to = isInsert(part) ? endOf(part, from, LONGEST_INSERT - inserted) : length;
      const some = isInsert(part) ? part.slice(from, to) : part;
      piece.add(some);
      parts++;
      inserted += isInsert(part) ? codePoints(some) : 0;
      position += isDelete(part) ? 0 : lengthOf(some);
      from = to;
    }
  }
  end();
  return pieces;
}

const sizeOf = (part) => (isInsert(part) ? part.length : 1);

/** Where so many code points end, or the string. */
function endOf(string, from, count) {
  let end = from;
  for (let left = count; left > 0 && end < string.length; left--) {
    end += string.codePointAt(end) > 0xffff ? 2 : 1;
  }
  return end;
}

/**
 * A text: what is confirmed, and what was done here on top of it.
 *
 * While nothing is pending it is a string, and changes of others are applied as the hub says that they
 * apply. From the first edit here until all are confirmed it keeps a log, in which the changes of others
 * are merged with those that are pending.
 */
export class TextReplica {
  type = "text";
  #client;
  #changed;
  #sequence = 0;
  #confirmed = new SharedText("");
  #visible = this.#confirmed;
  /** Edits made here that have no place in the sequence: {operation, base, event}. */
  #pending = new Line();
  /** @type {TextLog | null} */
  #log = null;
  #floor = 0; // the sequence after which the log begins
  #sequenced = []; // the events after it, in the order of the document
  #frontiers = new Map(); // of sequences, where that is not its own event alone
  #latest = new Map(); // the last event of each client
  #shortenedAt = 256;

  /**
   * @param {string} client whose edits those made here are
   * @param {(change: {delta: Delta, before: SharedText, origin: string, client: string}) => void} changed
   *     told of each change to what is visible that was not made by edit
   */
  constructor(client, changed) {
    this.#client = client;
    this.#changed = changed;
  }

  /** What is visible. */
  get value() {
    return this.#visible;
  }

  /** Makes an edit here; the answer is what the hub is to be told. */
  edit(change) {
    const operation = readDelta(change.op);
    const visible = this.#visible.apply(operation);
    this.#append({ operation, base: this.#sequence, event: 0 });
    this.#visible = visible;
    return { op: operation };
  }

  #append(edit) {
    this.#pending.push(edit);
    if (this.#log === null) {
      this.#begin(this.#sequence, this.#confirmed.length);
    }
    this.#addPending(edit);
  }

  #begin(floor, length) {
    this.#log = new TextLog(length);
    this.#floor = floor;
    this.#sequenced = [];
    this.#frontiers = new Map();
    this.#latest = new Map();
  }

  #addPending(edit) {
    edit.event = this.#log.size;
    this.#log.add(this.#client, this.#parents(this.#client, edit.base), edit.operation);
    this.#latest.set(this.#client, { ...edit, client: this.#client, seq: Infinity });
  }

  reset(sequence, state, spent) {
    const before = this.#visible;
    const [known, mine] = this.#unspent(spent);
    const again = threeWay(known.string, mine, state.text);
    this.#sequence = sequence;
    this.#confirmed = new SharedText(state.text);
    this.#visible = this.#confirmed.apply(again);
    this.#log = null;
    this.#pending = new Line();
    inPieces(again).forEach((operation) => this.#append({ operation, base: sequence, event: 0 }));
    this.#tell(before.difference(this.#visible.string), before, "reset", "");
    return Array.from(this.#pending, (edit) => ({ op: edit.operation }));
  }

  /** The text with the first few of what is pending, and what the others do to it. */
  #unspent(spent) {
    if (this.#log === null) {
      return [this.#confirmed, []];
    }
    const confirmed = this.#without(this.#pending);
    const known = this.#without(this.#pending.slice(spent));
    const first = this.#log.between(confirmed, known, null);
    return [this.#confirmed.apply(first), this.#log.between(known, () => true, null)];
  }

  #without(edits) {
    const left = new Set(Array.from(edits, (edit) => edit.event));
    return (event) => !left.has(event);
  }

  take(update) {
    const operation = readDelta(update.change.op);
    const effect = effectOf(update.change, operation);
    if (this.#log !== null && update.base < this.#floor) {
      return update.base;
    }
    const confirmed = this.#confirmed.apply(effect);
    const change = this.#log === null ? effect : this.#merge(update, operation, effect);
    const before = this.#visible;
    this.#visible = this.#log === null ? confirmed : before.apply(change);
    this.#confirmed = confirmed;
    this.#sequence = update.seq;
    this.#tell(change, before, "remote", update.client);
    this.#shorten();
    return null;
  }

  #merge(update, operation, effect) {
    const event = this.#log.size;
    const parents = this.#parents(update.client, update.base);
    const change = this.#log.add(update.client, parents, operation);
    this.#put({ event, operation, effect, client: update.client, base: update.base, seq: update.seq });
    return change;
  }

  history(after, updates) {
    const events = updates.map((update) => {
      const operation = readDelta(update.change.op);
      return { ...update, operation, effect: effectOf(update.change, operation) };
    });
    this.#rebuild(after, events);
  }

  #rebuild(after, events) {
    const grown = events.reduce((sum, each) => sum + growth(each.effect), 0);
    this.#begin(after, this.#confirmed.length - grown);
    for (const each of events) {
      this.#merge(each, each.operation, each.effect);
    }
    for (const edit of this.#pending) {
      this.#addPending(edit);
    }
  }

  /** Where others always have something on its way the log would grow; its beginning is forgotten. */
  #shorten() {
    if (this.#log === null || this.#sequenced.length < this.#shortenedAt) {
      return;
    }
    let least = this.#pending.at(0)?.base ?? Infinity; // none of those after it has a smaller one
    let from = this.#sequenced.length;
    for (; from > 0; from--) {
      const event = this.#sequenced[from - 1];
      if (least >= event.seq) {
        break; // all that came later was made knowing this
      }
      least = Math.min(least, event.base);
    }
    if (from > 0) {
      this.#rebuild(this.#sequenced[from - 1].seq, this.#sequenced.slice(from));
    }
    this.#shortenedAt = 256 + 2 * this.#sequenced.length;
  }

  confirm(sequence, change) {
    const edit = this.#pending.shift();
    const effect = change === undefined ? edit.operation : effectOf(change, readDelta(change.op));
    this.#confirmed = this.#confirmed.apply(effect);
    this.#sequence = sequence;
    const last = this.#latest.get(this.#client);
    this.#put({ ...edit, effect, client: this.#client, seq: sequence });
    if (this.#pending.length > 0) {
      this.#latest.set(this.#client, last);
      return;
    }
    this.#log = null;
    const before = this.#visible;
    this.#visible = this.#confirmed;
    if (before.string !== this.#confirmed.string) {
      report("What is confirmed is another text than what was shown. It is shown now.", this.#sequence);
      this.#tell(before.difference(this.#confirmed.string), before, "reset", "");
    }
  }

  refuse(index) {
    const before = this.#visible;
    const kept = this.#without(this.#pending.slice(index));
    const left = this.#without([this.#pending.at(index)]);
    const rest = this.#log.between(kept, left, null);
    const first = this.#log.between(this.#without(this.#pending), kept, null);
    this.#visible = this.#confirmed.apply(first).apply(rest);
    const change = this.#log.between(() => true, left, this.#visible);
    this.#pending.cut(index);
    const pieces = inPieces(rest);
    pieces.forEach((operation) => this.#pending.push({ operation, base: this.#sequence, event: 0 }));
    this.#rebuild(this.#floor, this.#sequenced);
    this.#log = this.#pending.length === 0 ? null : this.#log;
    this.#tell(change, before, "refused", this.#client);
    return pieces.map((op) => ({ op }));
  }

  /** What reset begins with. */
  store() {
    return { text: this.#confirmed.string };
  }

  #tell(delta, before, origin, client) {
    if (delta.length > 0) {
      this.#changed({ delta, before, origin, client });
    }
  }

  /*
   * An event was made knowing all events up to its base, and the earlier ones of its author. Those of the
   * first n events that no other one of them was made after, the frontier F(n), are n itself, and what is
   * in F(n - 1) and neither up to the base of n nor of its author.
   */
  #frontier(sequence) {
    if (sequence === this.#floor) {
      return [];
    }
    return this.#frontiers.get(sequence) ?? [this.#sequenced[sequence - this.#floor - 1]];
  }

  #put(event) {
    const others = this.#frontier(event.seq - 1).filter((each) => !knew(event, each));
    this.#sequenced.push(event);
    this.#latest.set(event.client, event);
    if (others.length > 0) {
      this.#frontiers.set(event.seq, [...others, event]);
    }
  }

  #parents(client, base) {
    const previous = this.#latest.get(client);
    if (previous === undefined || previous.seq <= base) {
      return this.#frontier(base).map((each) => each.event);
    }
    const others = this.#frontier(base).filter((each) => !knew(previous, each));
    return [...others, previous].map((each) => each.event);
  }
}

const knew = (event, other) => other.seq <= event.base || other.client === event.client;

const effectOf = (change, operation) => (change.effect === undefined ? operation : readDelta(change.effect));

const growth = (delta) =>
  delta.reduce((sum, part) => sum + (isInsert(part) ? codePoints(part) : isDelete(part) ? -part.d : 0), 0);

/**
 * A record: a JSON value with a version. What is pending is carried out again on whatever is confirmed.
 *
 * Changes are objects: `{op: "put", value, expected?}`, `{op: "delete", expected?}`, `{op: "set", path,
 * value}`, `{op: "remove", path}`, `{op: "increment", path, by}`, `{op: "include", path, element}`,
 * `{op: "exclude", path, element}`, `{op: "merge", base, mine, rules}` and `{op: "all", changes}`; paths
 * are JSON Pointers (RFC 6901). Values are frozen: what is to be another one is put or set.
 */
export class RecordReplica {
  type = "record";
  #client;
  #changed;
  #sequence = 0;
  #confirmed = { value: undefined, version: 0, author: "", others: 0 };
  #visible = this.#confirmed;
  #pending = new Line();

  constructor(client, changed) {
    this.#client = client;
    this.#changed = changed;
  }

  /** What is visible: {value, version}; no value if it was deleted or never written. */
  get value() {
    return this.#visible;
  }

  edit(change) {
    const place = this.#sequence + this.#pending.length + 1; // or later
    const visible = recordAfter(this.#visible, change, this.#client, place);
    this.#pending.push(change);
    this.#visible = visible;
    return change;
  }

  reset(sequence, state, spent) {
    this.#sequence = sequence;
    this.#confirmed = { ...state, value: frozen(state.value) };
    this.#pending = new Line(this.#pending.slice(spent));
    this.#refold("reset", "");
    return this.#pending.slice(0);
  }

  take(update) {
    this.#confirmed = recordAfter(this.#confirmed, update.change, update.client, update.seq);
    this.#sequence = update.seq;
    this.#refold("remote", update.client);
    return null;
  }

  history() {
    throw new Error("A record is merged without its history.");
  }

  confirm(sequence, change) {
    const made = this.#pending.shift();
    this.#confirmed = recordAfter(this.#confirmed, change ?? made, this.#client, sequence);
    const asMade = change === undefined && sequence === this.#sequence + 1; // then nothing looks different
    this.#sequence = sequence;
    asMade || this.#refold("remote", this.#client);
  }

  refuse(index) {
    const rest = this.#pending.cut(index).slice(1);
    rest.forEach((each) => this.#pending.push(each));
    this.#refold("refused", this.#client);
    return rest;
  }

  store() {
    return this.#confirmed;
  }

  #refold(origin, client) {
    const before = this.#visible;
    this.#visible = this.#pending.slice(0).reduce((state, change, at) => {
      try {
        return recordAfter(state, change, this.#client, this.#sequence + at + 1);
      } catch {
        return state; // it will be refused: the hub says why
      }
    }, this.#confirmed);
    if (!sameJson(before.value, this.#visible.value)) {
      this.#changed({ before, origin, client });
    }
  }
}

const MEMBERS = {
  put: ["value"],
  delete: [],
  set: ["path", "value"],
  remove: ["path"],
  increment: ["path", "by"],
  include: ["path", "element"],
  exclude: ["path", "element"],
  merge: ["base", "mine", "rules"],
  all: ["changes"],
};

/** Checks what an application wants to be done, so that it hears of what no hub would understand. */
function checkedChange(change) {
  const { op, path } = change;
  const missing = (Object.hasOwn(MEMBERS, op) ? MEMBERS[op] : ["op"]).find((name) => change[name] === undefined);
  if (missing !== undefined) {
    throw new TypeError(`The change '${op}' of a record has no '${missing}' that can be used.`);
  } else if (op === "increment" && !isNumber(change.by)) {
    throw new TypeError(`A record is incremented by a number, not by ${excerpt(change.by)}.`);
  } else if (path === "" && (op === "set" || op === "remove")) {
    throw new TypeError('The path "" is the whole record; name a field, such as "/title", or put or delete it.');
  } else if (op === "all" && change.changes.some((each) => each.op === "all")) {
    throw new TypeError("A batch is in a batch. Put all changes into one, in their order.");
  }
  path !== undefined && steps(path);
  op === "all" && change.changes.forEach(checkedChange);
  return change;
}

/** A change cannot be made to a record as it is. */
export class RecordConflict extends Error {
  name = "RecordConflict";
}

function recordAfter(state, change, client, sequence) {
  if (change.op === "all") {
    return change.changes.reduce((now, each) => recordAfter(now, each, client, sequence), state);
  }
  const value = valueAfter(state, change, client, sequence);
  if (sameJson(value, state.value)) {
    return state;
  }
  const others = othersThan(state, client);
  return { value: frozen(value), version: Math.max(state.version, sequence), author: client, others };
}

const othersThan = (state, client) => (state.author === client ? state.others : state.version);

function valueAfter(state, change, client, sequence) {
  const { op, expected, path } = change;
  if (op === "merge") {
    return mergedAfter(change, state.version === 0 ? change.base : state.value);
  }
  const asExpected = expected === undefined || (expected < sequence && expected >= othersThan(state, client));
  if (op === "put" || op === "delete") {
    if (!asExpected && (op === "put" || state.value !== undefined)) {
      throw new RecordConflict(`It was made for version ${expected}, and this is ${state.version}.`);
    }
    return op === "put" ? change.value : undefined;
  } else if (state.value === undefined && state.version > 0) {
    throw new RecordConflict(`The record was deleted in version ${state.version}.`);
  } else if (path === "") {
    return partAfter(state.value, change);
  }
  const root = state.value === undefined ? {} : state.value;
  const now = replaced(root, steps(path), (part) => partAfter(part, change));
  return now === root ? state.value : now;
}

/** What is not there is undefined; null is a value like any other. */
function partAfter(part, change) {
  switch (change.op) {
    case "set":
      return change.value;
    case "remove":
      return undefined;
    case "increment":
      return part === undefined ? change.by : plus(numberOf(part), change.by);
    case "include":
      return including(part === undefined ? [] : elementsOf(part), change.element);
    case "exclude":
      return part === undefined ? undefined : excluding(elementsOf(part), change.element);
    default:
      throw new Error(`This client does not know how to '${change.op}' a record.`);
  }
}

function numberOf(part) {
  if (!isNumber(part)) {
    throw new RecordConflict(`${excerpt(part)} is no number to add to.`);
  }
  return part;
}

const excerpt = (value) => `${writeJson(value)}`.slice(0, 60);

function elementsOf(part) {
  if (!Array.isArray(part)) {
    throw new RecordConflict(`${excerpt(part)} is no array to be used as a set.`);
  }
  return part;
}

const including = (array, element) => (array.some((each) => sameJson(each, element)) ? array : [...array, element]);

const excluding = (array, element) => array.filter((each) => !sameJson(each, element));

/** Brings what somebody made of an older version together with what stands, as FieldMerge in Java. */
function mergedAfter({ base, mine, rules }, theirs) {
  const undecided = [];
  const value = mergedAt("", base, mine, theirs, rules, undecided);
  if (undecided.length > 0) {
    throw new RecordConflict(`Others have changed ${undecided.map((path) => `"${path}"`).join(", ")} since.`);
  }
  return value;
}

function mergedAt(path, base, mine, theirs, rules, undecided) {
  if (sameJson(base, mine)) {
    return theirs;
  } else if (sameJson(base, theirs)) {
    return mine;
  }
  const own = Object.hasOwn(rules.fields, path) ? rules.fields[path] : undefined;
  if (own === undefined && isObject(mine) && isObject(theirs)) {
    const was = isObject(base) ? base : {}; // also where they are equal: both may have counted
    const fields = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].map((name) => [
      name,
      mergedAt(`${path}/${escaped(name)}`, childOf(was, name), childOf(mine, name), childOf(theirs, name), rules, undecided),
    ]);
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }
  const rule = own ?? rules.otherwise;
  const counts = rule === "counter" && isNumber(mine);
  if (sameJson(mine, theirs) && !counts) {
    return theirs;
  }
  const value = decided(rule, base, mine, theirs);
  if (value === undefined && rule !== "mine" && rule !== "theirs") {
    undecided.push(path);
    return theirs;
  }
  return value;
}

/** What a rule makes of it; undefined where it does not fit what is there. */
function decided(rule, base, mine, theirs) {
  switch (rule) {
    case "mine":
      return mine;
    case "theirs":
      return theirs;
    case "counter":
      return [base, mine, theirs].every(isNumber) ? plus(theirs, plus(mine, negative(base))) : undefined;
    case "set":
      return [base ?? [], mine, theirs].every(Array.isArray) && base !== null ? united(base ?? [], mine, theirs) : undefined;
    case "ask":
      return undefined;
    default:
      throw new TypeError(`There is no rule '${rule}'; there are ask, mine, theirs, counter and set.`);
  }
}

/** What mine added and took out, done to theirs. */
function united(base, mine, theirs) {
  const [was, my, all] = [base, mine, theirs].map((array) => new Map(array.map((each) => [keyOf(each), each])));
  my.forEach((each, key) => was.has(key) || all.has(key) || all.set(key, each));
  was.forEach((_, key) => my.has(key) || all.delete(key));
  return [...all.values()];
}

const escaped = (step) => step.replaceAll("~", "~0").replaceAll("/", "~1");

function steps(path) {
  if (path !== "" && !path.startsWith("/")) {
    throw new TypeError(`A path is a JSON Pointer such as "/title", not "${path}".`);
  }
  return path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value with what is at a path replaced; undefined takes it out. Objects on the way are made. */
function replaced(value, path, change) {
  const was = partAt(value, path);
  const now = change(was);
  if (now === undefined) {
    return was === undefined ? value : without(value, path);
  }
  let made = value;
  for (let steps = 1; was === undefined && steps < path.length; steps++) {
    const parent = path.slice(0, steps);
    made = partAt(made, parent) === undefined ? withPart(made, parent, {}) : made;
  }
  return withPart(made, path, now);
}

const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RecordNumber);

function childOf(value, step) {
  if (Array.isArray(value)) {
    return /^(0|[1-9]\d{0,8})$/.test(step) ? value[Number(step)] : undefined;
  }
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

const partAt = (value, path) => path.reduce((here, step) => (here === undefined ? undefined : childOf(here, step)), value);

function withPart(value, [step, ...rest], part) {
  if (step === undefined) {
    return part;
  }
  const child = childOf(value, step);
  const appends = Array.isArray(value) && step === "-";
  if (child === undefined && (rest.length > 0 || !(isObject(value) || appends))) {
    throw new RecordConflict(`Nothing is at '${step}' of ${excerpt(value)}.`);
  }
  const now = child === undefined ? part : withPart(child, rest, part);
  if (appends) {
    return [...value, now];
  }
  return Array.isArray(value) ? value.map((each, at) => (at === Number(step) ? now : each)) : { ...value, [step]: now };
}

function without(value, [step, ...rest]) {
  if (rest.length > 0) {
    return withPart(value, [step], without(childOf(value, step), rest));
  } else if (Array.isArray(value)) {
    return value.filter((_, at) => at !== Number(step));
  }
  const { [step]: _, ...others } = value;
  return others;
}

// ---------------------------------------------------------------------------------------------------
// 6. Outboxes: where changes wait until the hub has stored them
// ---------------------------------------------------------------------------------------------------

/**
 * Holds the client's id and its key, and for each document what happened to it here, in order; read
 * back from its beginning it makes the same document again, with what is pending. The key is a secret
 * of 16 to 128 characters, made at random with the id: who knows it can take the client's place.
 *
 * @typedef {object} Outbox
 * @property {() => Promise<{client: string, key: string, documents: Map<string, object[]>}>} open
 * @property {(document: string, entries: object[]) => Promise<void>} append fulfilled once they are stored
 * @property {(document: string, entries: object[]) => Promise<void>} replace in one step
 * @property {() => void} close
 */

/** An outbox that ends with the page. What was not sent by then is lost: see `client.pending`. */
export class MemoryOutbox {
  kind = "memory";
  #client;
  #key = randomKey();
  #documents = new Map();

  constructor(client = randomId()) {
    this.#client = client;
  }

  async open() {
    return { client: this.#client, key: this.#key, documents: structuredClone(this.#documents) };
  }

  async append(document, entries) {
    const known = this.#documents.get(document) ?? [];
    this.#documents.set(document, known);
    entries.forEach((each) => known.push(each));
  }

  async replace(document, entries) {
    this.#documents.set(document, entries.slice());
  }

  close() {}
}

/**
 * An outbox in the browser's database, which survives the page.
 *
 * Two tabs have two client ids and two outboxes: a tab holds a lock on its own, and a tab that comes
 * takes over one that nobody holds, the one it had before it was reloaded or one with something
 * unsent first. So what a closed tab left behind is sent by the next one.
 */
export class IndexedDbOutbox {
  kind = "indexeddb";
  #name;
  #database;
  #client;
  #numbers = new Map();
  #release = () => {};

  /** @param {string} name of the database; one for each hub and person */
  constructor(name = "stateward-sync") {
    this.#name = name;
  }

  /** Whether this browser has what is needed: a database, and locks between tabs. */
  static get isAvailable() {
    return globalThis.indexedDB !== undefined && globalThis.navigator?.locks !== undefined;
  }

  async open() {
    this.#database = await this.#opened();
    this.#client = await this.#claim();
    const key = await this.#key();
    const documents = new Map();
    for (const [[, document, number], entry] of await this.#entries()) {
      documents.has(document) || documents.set(document, []);
      documents.get(document).push(entry);
      this.#numbers.set(document, number);
    }
    return { client: this.#client, key, documents };
  }

  append(document, entries) {
    return this.#write((store) => this.#put(store, document, entries));
  }

  replace(document, entries) {
    return this.#write((store) => {
      store.delete(IDBKeyRange.bound([this.#client, document], [this.#client, document, []]));
      this.#put(store, document, entries);
    });
  }

  close() {
    this.#database?.close();
    this.#release();
  }

  #put(store, document, entries) {
    for (const entry of entries) {
      const number = (this.#numbers.get(document) ?? 0) + 1;
      this.#numbers.set(document, number);
      store.put(entry, [this.#client, document, number]);
    }
  }

  #write(work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction("entries", "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
      work(transaction.objectStore("entries"));
    });
  }

  #opened() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("entries");
        request.result.createObjectStore("clients");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async #claim() {
    const known = await this.#keys("clients");
    const used = new Set((await this.#keys("entries")).map((key) => key[0]));
    const mine = this.#remembered();
    const candidates = known
      .filter((client) => client !== mine && used.has(client))
      .concat(known.filter((client) => client !== mine && !used.has(client)));
    if (known.includes(mine) && (await this.#lock(mine, 2000))) {
      return mine;
    }
    for (const client of candidates) {
      if (await this.#lock(client, 0)) {
        return this.#remember(client);
      }
    }
    const client = randomId();
    await this.#lock(client, 0);
    await this.#add({ client, key: randomKey() });
    return this.#remember(client);
  }

  /** Fulfilled with whether the lock is held, which it is until the page ends or close. */
  #lock(client, patience) {
    const name = `${this.#name}:${client}`;
    const options = patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
    return new Promise((resolve) => {
      navigator.locks
        .request(name, options, (lock) => {
          resolve(lock !== null);
          return lock === null ? null : new Promise((release) => (this.#release = release));
        })
        .catch(() => resolve(false));
    });
  }

  #remembered() {
    try {
      return sessionStorage.getItem(this.#name);
    } catch {
      return null;
    }
  }

  #remember(client) {
    try {
      sessionStorage.setItem(this.#name, client);
    } catch {
      // Another outbox is taken after a reload, then; this one is found by the next tab.
    }
    return client;
  }

  #add(made) {
    const transaction = this.#database.transaction("clients", "readwrite");
    return done(transaction.objectStore("clients").put(made, made.client));
  }

  async #key() {
    const store = this.#database.transaction("clients").objectStore("clients");
    return (await done(store.get(this.#client))).key;
  }

  #keys(store) {
    return done(this.#database.transaction(store).objectStore(store).getAllKeys());
  }

  async #entries() {
    const store = this.#database.transaction("entries").objectStore("entries");
    const range = IDBKeyRange.bound([this.#client], [this.#client, []]);
    const [keys, entries] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
    return keys.map((key, at) => [key, entries[at]]);
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function randomId() {
  return `b-${randomHex(10)}`;
}

function randomKey() {
  return randomHex(32);
}

function randomHex(size) {
  const bytes = crypto.getRandomValues(new Uint8Array(size));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---------------------------------------------------------------------------------------------------
// 7. The connection
// ---------------------------------------------------------------------------------------------------

/** Tells whoever listens; one that throws harms nobody else and is reported. */
class Events {
  #listeners = new Map();

  /**
   * @param {string} type
   * @param {(event: any) => void} listener
   * @returns {() => void} ends it
   */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** @protected */
  tell(type, event) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        listener(event);
      } catch (thrown) {
        report(`A listener of '${type}' threw.`, thrown);
      }
    }
  }
}

function report(problem, cause) {
  console.error(`Stateward: ${problem}`, cause);
}

/** Whether to connect again after a close code: as CloseCode in Java. */
export function comesBack(code) {
  const ours = code >= 4400 && code <= 4499 && code !== 4429;
  const misuse = code === 1002 || code === 1003 || (code >= 1007 && code <= 1010);
  return !ours && !misuse;
}

const REASONS = {
  1001: "The server went away.",
  1006: "The connection was lost.",
  1011: "Something went wrong in the server.",
  1012: "The server restarts.",
  1013: "The server has too much to do.",
  4000: "Nothing was heard for too long.",
  4400: "What this page sent was not understood.",
  4401: "You are not signed in, or no longer.",
  4403: "You may not connect.",
  4406: "This page is older or newer than the server. Load it again.",
  4409: "Another window took over.",
  4413: "Something that this page sent was too large.",
};

/**
 * How the connection is.
 *
 * @typedef {{kind: "connecting"}
 *   | {kind: "connected", session: string}
 *   | {kind: "reconnecting", attempt: number, at: number, why: string}
 *   | {kind: "offline"}
 *   | {kind: "refused", code: number, reason: string}
 *   | {kind: "closed"}} ConnectionStatus
 *   `at` is when it is tried again, in milliseconds of the clock
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds
 * @property {(task: () => void, millis: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/**
 * @typedef {object} Options
 * @property {string} url of the hub, such as "wss://example.org/sync"
 * @property {"indexeddb" | "memory" | Outbox} [outbox] in the browser's database if there is one
 * @property {string} [name] of the database
 * @property {() => any} [credentials] asked before each connection; may be a promise
 * @property {(url: string, protocol: string) => WebSocket} [socket] makes the connection
 * @property {Clock} [clock]
 * @property {() => number} [random] from 0 inclusive to 1 exclusive
 */

const BACKOFF_BASE = 200; // ms
const BACKOFF_CAP = 30_000;
const STABLE_AFTER = 10_000; // in sync for so long, and the back-off begins anew
const NOT_YET = 1000; // until it is looked at again whether it is
const AFTER_REPLACED = 1000; // as another connection of this page, that came late, may have done it
const REPLACED_AGAIN = 30_000; // within so long it was another window
const REPLACED = 4409;
const LONGEST_RETRY_AFTER = 600_000; // as in Java; a hub cannot keep a page away for longer
const CONNECT_WITHIN = 10_000;
const SILENT_AFTER = 2.5; // heartbeats
const BUFFERED_BYTES = 1 << 20; // more than that waits here and not in the socket
const MOST_FRAMES = 256; // in one message
const MOST_CHARACTERS = 16 * 1024; // of a message with several frames
const DRAIN_EVERY = 50; // ms, after which a socket that was full is looked at again
const SILENT = 4000;
const BAD_FRAME = 4400;

/** Full jitter: anywhere between at once and twice as late as the last time, so that not all come together. */
const backoff = (retry, random) => random() * Math.min(BACKOFF_CAP, BACKOFF_BASE * 2 ** (retry - 1));

/**
 * How much more may be sent before the hub has taken in some of what was sent. It takes frames in their order, so the
 * answer to a ping says that all before it were taken in; one follows each quarter of what may be under way. Half of
 * what may wait is used, since pings and whatever else does not wait for room need some too. A frame that is longer
 * than that half goes when nothing is under way: the hub takes it then, and nothing else would ever make room for it.
 */
class Credit {
  #most;
  #sent = { frames: 0, characters: 0 };
  #taken = this.#sent;
  #marked = this.#sent;
  #marks = [];

  constructor(frames, characters) {
    this.#most = { frames: Math.max(1, frames / 2), characters: Math.max(1, characters / 2) };
  }

  /** Whether a frame of that length may go. */
  hasRoom(length) {
    const frames = this.#sent.frames - this.#taken.frames;
    const characters = this.#sent.characters - this.#taken.characters;
    return frames === 0 || (frames < this.#most.frames && characters + length <= this.#most.characters);
  }

  /** Whether no answer is on its way that would give room. */
  get isStalled() {
    return this.#marks.length === 0;
  }

  get isPingDue() {
    const { frames, characters } = this.#sent;
    return (frames - this.#marked.frames) * 4 >= this.#most.frames || (characters - this.#marked.characters) * 4 >= this.#most.characters;
  }

  sent(length) {
    this.#sent = this.#after(length);
  }

  /** A ping goes next, which is sent as well. */
  pings(number, length) {
    this.#marked = { ...this.#after(length), number };
    this.#marks.push(this.#marked);
  }

  answered(number) {
    while (this.#marks.length > 0 && this.#marks[0].number <= number) {
      this.#taken = this.#marks.shift();
    }
  }

  #after(length) {
    return { frames: this.#sent.frames + 1, characters: this.#sent.characters + length };
  }
}

/** A message is a frame or several. */
function framesOf(message) {
  if (!Array.isArray(message)) {
    return [message];
  }
  if (message.length === 0) {
    throw new TypeError("The hub sent a message without a frame.");
  }
  return message;
}

/** Puts frames into messages; one that is too long goes alone. */
function messagesOf(frames, most) {
  const messages = [];
  let several = [];
  let length = 1;
  for (const frame of frames) {
    if (several.length === MOST_FRAMES || (several.length > 0 && length + frame.length + 1 > most)) {
      messages.push(several);
      several = [];
      length = 1;
    }
    several.push(frame);
    length += frame.length + 1;
  }
  messages.push(several);
  return messages
    .filter((each) => each.length > 0)
    .map((each) => (each.length === 1 ? each[0] : `[${each.join(",")}]`));
}

const systemClock = {
  now: () => Date.now(),
  setTimeout: (task, millis) => setTimeout(task, millis),
  clearTimeout: (timer) => clearTimeout(timer),
};

/**
 * A connection to a hub that comes back by itself, and the documents that are open over it.
 *
 * Tells of "status" (ConnectionStatus), "pending" (how many changes are not stored by the hub) and
 * "problem" ({document, code, reason}: what was refused to be done, for a log).
 */
export class SyncClient extends Events {
  #url;
  #outbox;
  #credentials;
  #makeSocket;
  #clock;
  #random;
  #id = "";
  #key = ""; // for the hub alone
  #stored = new Map();
  #written = new Map(); // how many entries the outbox has of what was closed, of which one is kept here
  #channels = new Map();
  /** @type {ConnectionStatus} */
  #status = { kind: "offline" };
  #socket = null;
  #ready = false; // welcomed
  #attempt = 0;
  #replacedAt = -Infinity;
  #heartbeat = 15_000;
  #largest = 1 << 20;
  #gathered = null; // frames that are to go together
  #gatheredLength = 0;
  #heard = 0;
  #pings = 0;
  #credit = new Credit(Infinity, Infinity);
  #waits = false; // something did, for want of credit
  #timers = { retry: null, connect: null, beat: null, stable: null, drain: null };
  #pending = 0;

  /**
   * Opens the outbox and begins to connect.
   *
   * @param {Options} options
   * @returns {Promise<SyncClient>}
   */
  static async open(options) {
    const client = new SyncClient(options);
    await client.#open();
    return client;
  }

  /** @private use open */
  constructor({ url, outbox, name, credentials, socket, clock, random }) {
    super();
    this.#url = url;
    this.#outbox = outboxOf(outbox, name);
    this.#credentials = credentials ?? (() => undefined);
    this.#makeSocket = socket ?? ((to, protocol) => new WebSocket(to, protocol));
    this.#clock = clock ?? systemClock;
    this.#random = random ?? Math.random;
  }

  async #open() {
    let opened;
    try {
      opened = await this.#outbox.open();
      if (typeof opened.key !== "string") {
        throw new TypeError("The outbox has no key of its client.");
      }
    } catch (problem) {
      report("The outbox cannot be opened; changes are kept in memory alone.", problem);
      this.#outbox = new MemoryOutbox();
      opened = await this.#outbox.open();
    }
    this.#id = opened.client;
    this.#key = opened.key;
    this.#stored = opened.documents;
    globalThis.addEventListener?.("online", this.#online);
    this.#connect();
  }

  #online = () => {
    if (this.#status.kind === "reconnecting") {
      this.#connect();
    }
  };

  /** Who this is for the hub and for everybody in its documents; another one in each tab. */
  get id() {
    return this.#id;
  }

  /** "indexeddb" if what is not sent survives the page, "memory" if not. */
  get outboxKind() {
    return this.#outbox.kind ?? "custom";
  }

  get status() {
    return this.#status;
  }

  /** How many changes, of all open documents, the hub has not stored yet. */
  get pending() {
    return this.#pending;
  }

  /** The documents that the outbox has something of. */
  get storedDocuments() {
    return [...this.#stored.keys()];
  }

  /**
   * Opens a text, once: another call gives the same one.
   *
   * @param {string} document
   * @returns {TextDocument}
   */
  text(document) {
    return this.#document(document, "text", (channel) => new TextDocument(channel), TextReplica);
  }

  /**
   * Opens a record, once.
   *
   * @param {string} document
   * @returns {RecordDocument}
   */
  record(document) {
    return this.#document(document, "record", (channel) => new RecordDocument(channel), RecordReplica);
  }

  #document(document, type, make, Replica) {
    const known = this.#channels.get(document);
    if (known !== undefined) {
      if (known.replica.type !== type) {
        throw new TypeError(`The document '${document}' is open as ${known.replica.type}, not as ${type}.`);
      }
      known.reopen();
      this.#ready && known.follow();
      return known.document;
    }
    const channel = new Channel(this.#side(), document, (changed) => new Replica(this.#id, changed));
    this.#channels.set(document, channel);
    channel.document = make(channel);
    channel.restore(this.#stored.get(document) ?? [], this.#written.get(document));
    this.#stored.delete(document);
    if (this.#ready) {
      channel.connected();
    }
    return channel.document;
  }

  #closed(document, entries, written) {
    if (this.#channels.delete(document) && entries.length > 0) {
      this.#stored.set(document, entries); // for the next time that it is opened
      this.#written.set(document, written);
    }
    this.#moved();
  }

  /** What channels see of the client. */
  #side() {
    return {
      client: this.#id,
      outbox: this.#outbox,
      clock: this.#clock,
      random: this.#random,
      largest: () => this.#largest,
      send: (frame) => this.#send(writeJson(frame)),
      sendText: (text) => this.#send(text),
      together: (work) => this.#together(work),
      canSend: (length) => this.#canSend(length),
      moved: () => this.#moved(),
      problem: (problem) => this.tell("problem", problem),
      closed: (document, entries, written) => this.#closed(document, entries, written),
    };
  }

  /** Connects now, whatever it was waiting for, and asks again for what was refused. */
  connect() {
    this.#attempt = 0;
    this.#replacedAt = -Infinity;
    if (this.#ready) {
      this.#channels.forEach((channel) => channel.insist());
    }
    this.#connect();
  }

  #connect() {
    if (this.#socket !== null || this.#status.kind === "closed") {
      return;
    }
    this.#clear("retry");
    this.#become({ kind: "connecting" });
    let socket;
    try {
      socket = this.#makeSocket(this.#url, SUBPROTOCOL);
    } catch (problem) {
      report(`No connection can be made to ${this.#url}.`, problem);
      this.#become({ kind: "refused", code: 0, reason: String(problem.message) });
      return;
    }
    this.#socket = socket;
    this.#timer("connect", CONNECT_WITHIN, () => this.#drop(SILENT, "The server did not answer in time."));
    socket.onopen = () => this.#hello(socket);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#heardOf(data);
    socket.onclose = ({ code, reason }) => socket === this.#socket && this.#ended(code, reason ?? "");
    socket.onerror = () => {}; // onclose follows
  }

  /** Goes offline on purpose, until connect. What is changed meanwhile waits. */
  disconnect() {
    this.#leave(1000, "");
    if (this.#status.kind !== "closed") {
      this.#become({ kind: "offline" });
    }
  }

  /** Ends it. What the hub has not stored stays in the outbox. */
  async close() {
    this.disconnect();
    this.#become({ kind: "closed" });
    globalThis.removeEventListener?.("online", this.#online);
    await Promise.all([...this.#channels.values()].map((channel) => channel.end()));
    this.#outbox.close();
  }

  /** Fulfilled once the hub has stored, or refused, all that was changed here. */
  settled() {
    return new Promise((resolve) => {
      const stop = this.on("pending", (pending) => {
        if (pending === 0) {
          stop();
          resolve();
        }
      });
      if (this.#pending === 0) {
        stop();
        resolve();
      }
    });
  }

  async #hello(socket) {
    try {
      const credentials = await this.#credentials();
      if (socket !== this.#socket) {
        return;
      }
      const hello = { t: "hello", versions: [PROTOCOL_VERSION], client: this.#id, key: this.#key };
      socket.send(JSON.stringify(credentials === undefined ? hello : { ...hello, with: credentials }));
    } catch (problem) {
      report("The credentials could not be had.", problem);
      this.#drop(1000, "The credentials could not be had.");
    }
  }

  /** Whether the socket has room; where it has none, all documents are told to go on a little later. */
  #canSend(length) {
    const full = this.#ready && (this.#socket.bufferedAmount ?? 0) + this.#gatheredLength >= BUFFERED_BYTES;
    if (full && this.#timers.drain === null) {
      this.#timer("drain", DRAIN_EVERY, () => this.#channels.forEach((channel) => channel.pump()));
    }
    return this.#ready && !full && this.#hasCredit(length);
  }

  /** Where there is none, all documents are told to go on once there may be. */
  #hasCredit(length) {
    if (this.#credit.hasRoom(length)) {
      return true;
    }
    this.#waits = true;
    this.#credit.isStalled && this.#ping();
    return false;
  }

  #ping() {
    const ping = { t: "ping", n: ++this.#pings };
    this.#credit.pings(ping.n, JSON.stringify(ping).length);
    this.#send(JSON.stringify(ping));
  }

  #send(text) {
    this.#credit.sent(text.length);
    if (this.#gathered === null) {
      this.#socket.send(text);
    } else {
      this.#gathered.push(text);
      this.#gatheredLength += text.length;
    }
    if (this.#credit.isPingDue) {
      this.#ping();
    }
  }

  /** What is sent meanwhile goes in as few messages as it fits into. */
  #together(work) {
    if (this.#gathered !== null) {
      work();
      return;
    }
    const gathered = [];
    this.#gathered = gathered;
    this.#gatheredLength = 0;
    try {
      work();
    } finally {
      this.#gathered = null;
      this.#gatheredLength = 0;
      // The hub counts bytes, of which a character here has at most three.
      const messages = messagesOf(gathered, Math.min(MOST_CHARACTERS, this.#largest / 3));
      messages.forEach((message) => this.#ready && this.#socket.send(message));
    }
  }

  #heardOf(data) {
    const socket = this.#socket;
    this.#heard = this.#clock.now();
    try {
      for (const frame of framesOf(readJson(data))) {
        if (socket !== this.#socket) {
          return; // one of them ended it
        }
        this.#take(frame);
      }
    } catch (problem) {
      report("What the hub sent cannot be read.", problem);
      this.#drop(BAD_FRAME, "The server sent something that cannot be read.");
    }
  }

  #answered(ping) {
    this.#credit.answered(ping);
    if (this.#waits) {
      this.#waits = false;
      this.#channels.forEach((channel) => channel.pump());
    }
  }

  #take(frame) {
    if (frame === null || typeof frame !== "object" || Array.isArray(frame)) {
      throw new TypeError("The hub sent what is no frame.");
    }
    if (frame.t === "welcome") {
      this.#welcomed(frame);
    } else if (frame.t === "ping") {
      this.#send(JSON.stringify({ t: "pong", n: frame.n }));
    } else if (frame.t === "error" && frame.code === "order" && frame.doc !== undefined) {
      // It crossed the word that a subscription has ended; what was sent is sent again.
    } else if (frame.t === "error") {
      this.tell("problem", { document: frame.doc, code: frame.code, reason: frame.reason });
      this.#channels.get(frame.doc)?.failed();
    } else if (frame.t === "pong") {
      this.#answered(frame.n);
    } else {
      this.#channels.get(frame.doc)?.take(frame);
    }
  }

  #welcomed(frame) {
    if (frame.version !== PROTOCOL_VERSION) {
      throw new Error(`The hub speaks version ${frame.version}.`);
    }
    this.#clear("connect");
    this.#heartbeat = frame.heartbeat;
    this.#largest = frame.largest;
    this.#credit = new Credit(frame.frames, frame.characters);
    this.#waits = false;
    this.#ready = true;
    this.#become({ kind: "connected", session: frame.session });
    this.#beat();
    this.#channels.forEach((channel) => channel.connected());
    this.#timer("stable", STABLE_AFTER, () => this.#stable());
    this.#moved();
  }

  #beat() {
    this.#timer("beat", this.#heartbeat, () => {
      const silence = this.#clock.now() - this.#heard;
      if (silence >= SILENT_AFTER * this.#heartbeat) {
        this.#drop(SILENT, "Nothing was heard of the server any more.");
        return;
      }
      this.#ping();
      this.#channels.forEach((channel) => channel.tick());
      this.#beat();
      if (silence + this.#heartbeat > SILENT_AFTER * this.#heartbeat) {
        const left = SILENT_AFTER * this.#heartbeat - silence;
        this.#timer("beat", left, () => this.#judgeSilence());
      }
    });
  }

  #judgeSilence() {
    if (this.#clock.now() - this.#heard >= SILENT_AFTER * this.#heartbeat) {
      this.#drop(SILENT, "Nothing was heard of the server any more.");
    } else {
      this.#beat();
    }
  }

  /** Ends the connection from here, without waiting for the other side to agree: it may be gone. */
  #drop(code, why) {
    this.#leave(code, why);
    this.#again(why, 0);
  }

  #leave(code, reason) {
    const socket = this.#socket;
    this.#down();
    try {
      socket?.close(code, reason.slice(0, 40));
    } catch (problem) {
      report("The connection did not close.", problem);
    }
  }

  #down() {
    this.#socket = null;
    const was = this.#ready;
    this.#ready = false;
    Object.keys(this.#timers).forEach((name) => this.#clear(name));
    if (was) {
      this.#channels.forEach((channel) => channel.disconnected());
    }
  }

  #ended(code, reason) {
    this.#down();
    if (code === REPLACED && this.#clock.now() - this.#replacedAt >= REPLACED_AGAIN) {
      this.#replacedAt = this.#clock.now();
      this.#again(REASONS[code], AFTER_REPLACED);
      return;
    } else if (!comesBack(code)) {
      const told = reason || (REASONS[code] ?? `The server closed with ${code}.`);
      this.#become({ kind: "refused", code, reason: told });
      return;
    }
    const after = /^retry-after=(\d+)/.exec(reason);
    const busy = code === 1012 || code === 1013;
    this.#again(REASONS[code] ?? `The connection ended (${code}).`, busy && after ? Math.min(Number(after[1]), LONGEST_RETRY_AFTER) : 0);
  }

  #again(why, atLeast) {
    const wait = atLeast + backoff(++this.#attempt, this.#random);
    this.#timer("retry", wait, () => this.#connect());
    this.#become({ kind: "reconnecting", attempt: this.#attempt, at: this.#clock.now() + wait, why });
  }

  #moved() {
    const pending = [...this.#channels.values()].reduce((sum, channel) => sum + channel.pending.length, 0);
    if (pending !== this.#pending) {
      this.#pending = pending;
      this.tell("pending", pending);
    }
  }

  /** Begins to count anew once every document has been as it should be for so long. */
  #stable() {
    const settled = [...this.#channels.values()].every((channel) => channel.isSettled(STABLE_AFTER));
    if (settled) {
      this.#attempt = 0;
      this.#channels.forEach((channel) => channel.calm());
    }
    this.#timer("stable", settled ? STABLE_AFTER : NOT_YET, () => this.#stable());
  }

  #become(status) {
    this.#status = status;
    this.tell("status", status);
  }

  #timer(name, millis, task) {
    this.#clear(name);
    this.#timers[name] = this.#clock.setTimeout(() => {
      this.#timers[name] = null;
      task();
    }, millis);
  }

  #clear(name) {
    if (this.#timers[name] !== null) {
      this.#clock.clearTimeout(this.#timers[name]);
      this.#timers[name] = null;
    }
  }
}

function outboxOf(outbox, name) {
  if (typeof outbox === "object") {
    return outbox;
  }
  return outbox === "memory" || !IndexedDbOutbox.isAvailable ? new MemoryOutbox() : new IndexedDbOutbox(name);
}

// ---------------------------------------------------------------------------------------------------
// 8. Documents
// ---------------------------------------------------------------------------------------------------

const WINDOW = 256; // mutations on their way at once
const HELD_FRAMES = 1000; // while history is awaited; more are dropped, and asked for again
const COMPACT_AFTER = 64; // entries in the outbox
const SHARE_EVERY = 40; // ms
const RETRY_CAP = 30_000; // ms
const PATIENCE = 30_000; // ms that the hub may leave something unanswered
const TOO_LARGE = { code: "too-large", reason: "The change is larger than what the server takes at once." };
const FORGOTTEN = {
  code: "forgotten",
  reason: "This page was away for so long that the server does not know any more whether it has this change.",
};

/**
 * A change made here that the hub has not stored yet.
 *
 * @typedef {object} Pending
 * @property {number} id
 * @property {number} base
 * @property {number} after
 * @property {any} change
 * @property {number} mark counts the changes made here; up to #storedMark the outbox has them, and
 *     they are not sent before
 * @property {(settled: Settled) => void} [settle]
 */

/**
 * What became of a change.
 *
 * @typedef {{kind: "saved", seq: number} | {kind: "refused", code: string, reason: string, current: any}} Settled
 */

/**
 * How a document is: being loaded for the first time; up to date and told of every change; known as it
 * was, while there is no connection; or not to be had.
 *
 * @typedef {{kind: "loading"} | {kind: "live"} | {kind: "behind"}
 *   | {kind: "refused", code: string, reason: string}} DocumentStatus
 */

/** What all kinds of documents have in common: order, acknowledgement, resuming, the outbox. */
class Channel {
  /** Those that were sent over this subscription come first. */
  pending = new Line();
  #flying = 0; // how many those are
  presence = new Map();
  document = null;
  replica;
  #side;
  #id;
  #epoch = "";
  #sequence = 0;
  #nextId = 1;
  #mark = 0; // of the last change
  #storedMark = 0;
  #refused = 0; // the last id that a refusal, and what it takes with it, has spent
  #spent = 0; // the highest id that the hub may have seen
  #judged = new Map(); // changes that a snapshot says were judged, and not how: by their ids
  #asked = new Set(); // those of them that were sent again over this subscription
  #anew = false; // a snapshot is wanted, until there is one
  #forgotten = false; // the hub does not know any more what it has judged
  #known = false; // whether there ever was a state
  #state = "down"; // or asked, live, lapsed, refused
  #settledAt = 0; // since when the state is that
  #refusal = null;
  #held = null; // frames that came while history is awaited
  #shared; // what others are to know
  #shareTimer = null;
  #retryTimer = null;
  #tries = 0; // since something was gained
  #heard = 0; // when the hub last said something of it, or was asked
  #queue = []; // entries that the outbox has not yet
  #entries = 0; // that it has
  #writing = null;
  #restoring = false;
  #ended = false; // nobody holds it any more

  constructor(side, id, makeReplica) {
    this.#side = side;
    this.#id = id;
    this.replica = makeReplica((change) => this.#restoring || this.document.changed(change));
  }

  /** @type {DocumentStatus} */
  get status() {
    if (this.#state === "refused") {
      return { kind: "refused", ...this.#refusal };
    }
    return { kind: this.#state === "live" ? "live" : this.#known ? "behind" : "loading" };
  }

  /** Whether it has been where it wants to be for so long, or nothing can be done about it. */
  isSettled(millis) {
    const settled = this.#state === "live" || this.#state === "refused";
    return settled && this.#side.clock.now() - this.#settledAt >= millis;
  }

  get sequence() {
    return this.#sequence;
  }

  /** How many changes are not even in the outbox yet. */
  get unsaved() {
    let [low, high] = [0, this.pending.length]; // the marks rise
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = this.pending.at(middle).mark > this.#storedMark ? [low, middle] : [middle + 1, high];
    }
    return this.pending.length - low;
  }

  /** Does again what the outbox holds, or what says the same in fewer entries than are written there. */
  restore(entries, written = entries.length) {
    this.#restoring = true;
    try {
      entries.forEach((entry) => this.#apply(entry.k === "json" ? readJson(entry.json) : entry));
      this.#storedMark = this.#mark;
      this.#spent = this.#nextId - 1; // what of it was sent is not stored
      this.#entries = written;
    } finally {
      this.#restoring = false;
    }
    this.#side.moved();
  }

  /** Makes a change here: visible when this returns, then stored, then sent. */
  submit(change, settle) {
    if (this.#ended) {
      throw new Error(`The document '${this.#id}' is closed. Open it again.`);
    }
    const id = this.#nextId;
    const entry = { k: "edit", id, base: this.#sequence, after: this.#refused, change };
    if (writeJson(change).length * 3 > this.#side.largest()) {
      throw new RangeError(`The change is too large: the hub takes ${this.#side.largest()} bytes at once.`);
    }
    this.#apply(entry);
    this.pending.last.settle = settle;
    this.#journal(entry);
    this.#moved();
  }

  /** Lets others know something, such as a name and a cursor; null takes it back. */
  share(state) {
    writeJson(state); // throws here what could not be sent
    this.#shared = state;
    this.#shareTimer ??= this.#side.clock.setTimeout(() => {
      this.#shareTimer = null;
      this.#sendShared();
    }, SHARE_EVERY);
  }

  #sendShared() {
    if (this.#state === "live" && this.#shared !== undefined) {
      this.#side.send({ t: "share", doc: this.#id, state: this.#shared });
    }
  }

  connected() {
    this.#tries = 0;
    this.#subscribe(); // also what was refused: rights may have changed
    this.#endIfDone();
  }

  /** Asks again for what was refused. */
  insist() {
    if (this.#state === "refused") {
      this.#subscribe();
    }
  }

  /** All was well for a while. */
  calm() {
    this.#tries = 0;
  }

  /** Something that it asked for cannot be had; a subscription is asked for again. */
  failed() {
    if (this.#state === "asked") {
      this.#again(false);
    }
  }

  /** Begins again if the hub has left something unanswered for too long. */
  tick() {
    const answers = this.#held !== null || this.#flying + this.#asked.size > 0;
    const waits = this.#state === "asked" || (this.#state === "live" && answers);
    if (waits && this.#side.clock.now() - this.#heard > PATIENCE) {
      report(`The hub has not answered for 30 s; '${this.#id}' is asked for again.`);
      this.#again(false);
    }
  }

  disconnected() {
    this.#stopRetry();
    this.#held = null;
    this.#landed();
    if (this.#state !== "refused") {
      this.#enter("down");
    }
    this.#forgetOthers();
  }

  /** Lets go of it: it ends once the hub has everything. Fulfilled once the outbox has. */
  async end() {
    this.#ended = true;
    if (this.#shared !== undefined) {
      this.#shared = null;
      this.#sendShared();
      this.#shared = undefined;
    }
    this.#endIfDone();
    await this.#writing;
  }

  /** Somebody has let go of it, and it had not ended yet. */
  reopen() {
    this.#ended = false;
  }

  /** Subscribes if the subscription was ended, and the outbox was all that it waited for. */
  follow() {
    this.#state === "down" && this.#subscribe();
  }

  #endIfDone() {
    if (!this.#ended || this.pending.length + this.#judged.size > 0) {
      return;
    }
    this.#stopRetry();
    if (this.#state === "live" || this.#state === "asked") {
      this.#side.send({ t: "unsubscribe", doc: this.#id });
    }
    this.#state === "down" || this.#enter("down");
    this.#forgetOthers();
    if (this.#writing === null) {
      this.#side.closed(this.#id, this.#known ? [this.#stored(this.#whole())] : [], this.#entries);
    }
  }

  /** What was sent got lost, or will be answered when it is sent again. */
  #landed() {
    this.#flying = 0;
    this.#asked.clear();
  }

  /** By the position the hub can tell whether it has forgotten what it judged of this client. */
  #subscribe() {
    const ask = { t: "subscribe", doc: this.#id, type: this.replica.type };
    const position = { epoch: this.#epoch, seq: this.#sequence, ...(this.#anew && { anew: true }) };
    this.#held = null;
    this.#landed();
    this.#enter("asked");
    this.#heard = this.#side.clock.now();
    this.#side.send({ ...ask, ...(this.#known && !this.#forgotten && position) });
  }

  take(frame) {
    if (this.#state === "down") {
      return; // it crossed the word that the subscription has ended
    }
    this.#heard = this.#side.clock.now();
    try {
      this.#handle(frame);
    } catch (problem) {
      report(`A change of '${this.#id}' cannot be taken in; the document is loaded anew.`, problem);
      this.#again(true);
    }
    this.#moved();
  }

  #handle(frame) {
    switch (frame.t) {
      case "snapshot":
        return this.#state === "live" ? this.#answeredTwice(frame) : this.#snapshot(frame);
      case "resumed":
        return this.#state === "live" ? this.#answeredTwice(frame) : this.#resumed(frame);
      case "presence":
        return this.#present(frame);
      case "lapsed":
        return this.#lapsed(frame);
      case "rejected":
        return this.#rejected(frame);
      case "ack":
        return frame.level === "applied" ? this.document.acknowledged(frame) : this.#inOrder(frame);
      case "update":
        return this.#inOrder(frame);
      case "history":
        return this.#history(frame);
      default:
        return undefined; // of a later version
    }
  }

  #snapshot({ epoch, seq, last, refused, state }) {
    const sent = this.#forgotten ? [...this.pending].filter((each) => each.id <= this.#spent) : [];
    const lost = this.#forgotten ? [...this.#judged.values(), ...sent] : [];
    this.#record({ k: "reset", epoch, seq, last, refused, state, ...(this.#forgotten && { lost: sent.length }) });
    this.#forgotten = false;
    this.#anew = false;
    lost.forEach((each) => this.#tellRefused(each, FORGOTTEN));
    this.#live();
  }

  #resumed({ epoch, seq, last, refused }) {
    if (this.#anew || this.#forgotten || seq !== this.#sequence) {
      this.#again(true); // it was not asked for that
      return;
    }
    this.#record({ k: "resume", epoch, last, refused });
    this.#live();
  }

  /**
   * Two subscriptions have two answers, and the first was taken for that of the second. What was sent since is on its
   * way to the second one, so it keeps its ids and its form.
   */
  #answeredTwice({ epoch, seq }) {
    if (epoch !== this.#epoch || seq > this.#sequence) {
      this.#again(false); // something came between the two
    }
  }

  #live() {
    this.#enter("live");
    this.#sendShared();
    this.pump();
  }

  #present({ client, state }) {
    if (state === null) {
      this.presence.delete(client);
    } else if (client !== this.#side.client) {
      this.presence.set(client, state);
    }
    this.document.presenceChanged();
  }

  #forgetOthers() {
    if (this.presence.size > 0) {
      this.presence.clear();
      this.document.presenceChanged();
    }
  }

  #lapsed({ code, reason, retry }) {
    if (code === "forgotten") {
      this.#forgotten = true; // what was sent may have taken place: it is not sent again, but told
      this.#again(true);
    } else if (retry < 0) {
      this.#refusal = { code, reason };
      this.#stopRetry();
      this.#enter("refused");
    } else {
      this.#side.problem({ document: this.#id, code, reason });
      this.#anew ||= code === "lagging" && this.pending.length === 0; // a snapshot is cheaper then
      this.#tries++;
      this.#retry(retry);
    }
  }

  /** Subscribes again: at once the first time, after a while if nothing was gained by it. */
  #again(anew) {
    this.#anew ||= anew;
    if (this.#tries++ === 0) {
      this.#subscribe();
    } else {
      this.#retry(0);
    }
  }

  /** Full jitter on top of what the hub says, which it says to all in the same moment. */
  #retry(atLeast) {
    this.#enter("lapsed");
    this.#stopRetry();
    const wait = atLeast + backoff(this.#tries, this.#side.random);
    this.#retryTimer = this.#side.clock.setTimeout(() => this.#subscribe(), wait);
  }

  #stopRetry() {
    this.#side.clock.clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  /** Changes that have a place in the sequence: twice is dropped, a hole is asked for. */
  #inOrder(frame) {
    if (this.#state !== "live") {
      return; // left from before; it comes again
    } else if (frame.t === "ack" && this.#judged.has(frame.id)) {
      this.#judged.get(frame.id).settle?.({ kind: "saved", seq: frame.seq });
      this.#record({ k: "told", id: frame.id });
    } else if (this.#held !== null) {
      this.#hold(frame);
    } else if (frame.seq > this.#sequence + 1) {
      this.#again(false);
    } else if (frame.seq === this.#sequence + 1) {
      frame.t === "ack" ? this.#durable(frame) : this.#update(frame);
    }
  }

  #hold(frame) {
    if (this.#held.length < HELD_FRAMES) {
      this.#held.push(frame); // what is dropped leaves a hole, and is asked for then
    }
  }

  #update({ seq, client, id, base, change }) {
    const needed = this.#record({ k: "take", seq, client, id, base, change });
    if (needed === null) {
      this.#tries = 0;
    } else {
      this.#held = [{ t: "update", seq, client, id, base, change }];
      this.#side.send({ t: "ask-history", doc: this.#id, after: needed, until: this.#sequence });
    }
  }

  #durable({ id, seq, change }) {
    const first = this.pending.at(0);
    if (first?.id !== id) {
      this.#again(true); // of a life of this client that is forgotten
      return;
    }
    this.#record({ k: "confirm", seq, change });
    this.#tries = 0;
    first.settle?.({ kind: "saved", seq });
    this.document.acknowledged({ id, seq, level: "durable" });
    this.pump();
  }

  #rejected(frame) {
    const { id } = frame;
    const index = this.#indexOf(id);
    const refused = this.pending.at(index);
    const next = Math.max(this.#spent, id) + 1;
    if (this.#state !== "live") {
      return; // left from before; it is asked for again
    } else if (this.#judged.has(id)) {
      this.#tellRefused(this.#judged.get(id), frame); // it went with the snapshot
      this.#record({ k: "told", id });
    } else if (refused === undefined) {
      return; // it has another id by now
    } else if (this.#held !== null) {
      this.#hold(frame);
    } else if (frame.code === "superseded") {
      index > 0 ? this.#again(false) : this.#record({ k: "supersede", next }); // the answers come in order
    } else {
      this.#record({ k: "refuse", id, next });
      this.#tellRefused(refused, frame);
    }
  }

  #tellRefused({ id, change, settle }, { code, reason, current }) {
    settle?.({ kind: "refused", code, reason, current });
    this.document.refused({ id, code, reason, current, change });
  }

  #history({ after, events }) {
    const held = this.#held;
    if (held === null || this.#state !== "live") {
      return; // asked for over another subscription
    } else if (events === undefined) {
      this.#again(true);
    } else if (after <= held[0].base && after + events.length === this.#sequence) {
      this.#held = null;
      this.#record({ k: "history", after, events });
      held.forEach((frame) => this.#handle(frame));
    } // else it answers an earlier question
  }

  /** Does what an entry of the outbox says. */
  #apply(entry) {
    switch (entry.k) {
      case "edit":
        this.#push(entry, this.replica.edit(entry.change));
        return null;
      case "take": {
        const needed = this.replica.take(entry);
        this.#sequence = needed === null ? entry.seq : this.#sequence;
        return needed;
      }
      case "history":
        return this.replica.history(entry.after, entry.events);
      case "confirm":
        this.pending.shift();
        this.#flying = Math.max(0, this.#flying - 1);
        this.#sequence = entry.seq;
        return this.replica.confirm(entry.seq, entry.change);
      case "refuse":
        this.#refused = entry.next - 1; // what was sent after it is refused too, and spends its id
        return this.#refuse(entry);
      case "drop":
        return this.#refuse({ id: entry.id, next: entry.id }); // the hub never saw the id
      case "supersede":
        return this.#supersede(entry);
      case "resume":
        return this.#resume(entry);
      case "told":
        this.#asked.delete(this.#judged.get(entry.id));
        return this.#judged.delete(entry.id);
      default:
        return this.#reset(entry);
    }
  }

  #indexOf(id) {
    return [...this.pending].findIndex((each) => each.id === id);
  }

  #push({ id, base, after }, change) {
    this.pending.push({ id, base, after, change, mark: ++this.#mark });
    this.#nextId = id + 1;
  }

  #refuse({ id, next }) {
    const index = this.#indexOf(id);
    const rest = this.replica.refuse(index);
    const were = this.pending.cut(index).slice(1);
    this.#flying = Math.min(this.#flying, index);
    this.#nextId = next;
    this.#renew(rest, were);
  }

  /** What is pending was made without knowing of a refusal, and loses nothing by it but its ids. */
  #supersede({ next }) {
    this.#refused = next - 1;
    this.#flying = 0;
    this.#number(this.pending, next);
  }

  /** Gives other ids to what is pending from somewhere on; it is not sent before they are stored. */
  #number(changes, from) {
    this.#nextId = from;
    for (const each of changes) {
      each.id = this.#nextId++;
      each.after = this.#refused;
      each.mark = ++this.#mark;
    }
  }

  /** Puts changes in the place of others, under new ids. */
  #renew(changes, were) {
    changes.forEach((change, at) => {
      const old = changes.length === were.length ? were[at] : undefined;
      this.#push({ id: this.#nextId, base: this.#sequence, after: this.#refused }, change);
      this.pending.last.settle = old?.settle;
    });
  }

  /**
   * What the hub has not judged is numbered on from what it has. While a refusal is still to be heard of,
   * that goes out as what does not know of it, and is numbered once more then.
   */
  #resume({ epoch, last, refused }) {
    this.#epoch = epoch;
    this.#spent = last;
    const open = [...this.pending].filter((each) => each.id > last);
    const unheard = this.pending.length > open.length && this.pending.at(0).id <= refused;
    this.#refused = unheard ? Math.min(this.#refused, refused) : refused;
    const same = open.every((each, at) => each.id === last + 1 + at && each.after === this.#refused);
    this.#nextId = last + 1 + open.length;
    same || this.#number(open, last + 1);
  }

  #reset({ epoch, seq, state, last, refused, lost }) {
    const spent = lost === undefined ? [...this.pending].filter((each) => each.id <= last) : this.pending.slice(0, lost);
    const open = this.pending.slice(spent.length);
    const changes = this.replica.reset(seq, state, spent.length);
    this.pending = new Line();
    this.#flying = 0;
    this.#epoch = epoch;
    this.#sequence = seq;
    this.#known = true;
    this.#spent = last;
    this.#nextId = last + 1;
    this.#refused = refused;
    this.#renew(changes, open);
    if (lost === undefined) {
      spent.forEach((each) => this.#judged.set(each.id, each));
    } else {
      this.#judged.clear(); // their ids mean nothing any more
      this.#asked.clear();
    }
  }

  #record(entry) {
    const answer = this.#apply(entry);
    if (typeof answer !== "number") {
      this.#journal(entry);
    }
    return answer;
  }

  #journal(entry) {
    this.#queue.push({ entry: this.#stored(entry), mark: this.#mark });
    this.#writing ??= this.#write();
  }

  /** A database takes values apart that are not its own; those go into it as JSON. */
  #stored(entry) {
    return this.replica.type === "record" && holdsExact(entry) ? { k: "json", json: writeJson(entry) } : entry;
  }

  async #write() {
    for (let tries = 0; this.#queue.length > 0; ) {
      const batch = this.#queue.slice();
      try {
        await this.#side.outbox.append(this.#id, batch.map((each) => each.entry));
        this.#queue.splice(0, batch.length);
        this.#entries += batch.length;
        this.#storedMark = batch.at(-1).mark;
        this.pump();
        this.document.moved();
        await this.#compact();
        tries = 0;
      } catch (problem) {
        tries === 0 && report("The outbox cannot be written; what is changed is not sent until it can.", problem);
        const wait = Math.min(RETRY_CAP, 500 * 2 ** tries++);
        await new Promise((resolve) => this.#side.clock.setTimeout(resolve, wait));
      }
    }
    this.#writing = null;
    this.#endIfDone();
  }

  /** Once nothing is pending, the state is all there is to know. */
  async #compact() {
    if (this.#entries > COMPACT_AFTER && this.pending.length + this.#judged.size + this.#queue.length === 0 && this.#held === null) {
      await this.#side.outbox.replace(this.#id, [this.#stored(this.#whole())]);
      this.#entries = 1;
    }
  }

  /** All that there is to know once nothing is pending. */
  #whole() {
    const at = { epoch: this.#epoch, seq: this.#sequence, last: this.#nextId - 1, refused: this.#refused };
    return { k: "reset", ...at, state: this.replica.store() };
  }

  /** Sends what may be sent: in order, what is stored here, so much at once as fits. */
  pump() {
    if (this.#state === "live") {
      this.#side.together(() => this.#sendPending());
    }
  }

  #sendPending() {
    for (const each of this.#judged.values()) {
      if (!this.#asked.has(each)) {
        const text = this.#written(each);
        if (!this.#hasRoom(text.length)) {
          return;
        }
        this.#asked.add(each); // who asks again is told the outcome
        this.#mutate(each, text);
      }
    }
    while (this.#flying < this.pending.length) {
      const next = this.pending.at(this.#flying);
      if (next.mark > this.#storedMark || !this.#hasRoom(0)) {
        return; // before it is written down, which costs
      }
      const text = this.#written(next);
      if (isLonger(text, this.#side.largest())) {
        this.#drop(next);
        continue;
      } else if (!this.#hasRoom(text.length)) {
        return;
      }
      this.#flying++;
      this.#mutate(next, text);
    }
  }

  /** What no hub takes is refused here: the connection would end with it, and each one after it. */
  #drop(each) {
    this.#record({ k: "drop", id: each.id });
    this.#tellRefused(each, TOO_LARGE);
    this.#moved();
  }

  #written({ id, base, after, change }) {
    return writeJson({ t: "mutate", doc: this.#id, epoch: this.#epoch, id, base, after, change });
  }

  #hasRoom(length) {
    return this.#flying + this.#asked.size < WINDOW && this.#side.canSend(length);
  }

  #mutate(each, text) {
    if (this.#flying + this.#asked.size === 1 && this.#held === null) {
      this.#heard = this.#side.clock.now(); // the first that is to be answered
    }
    this.#spent = Math.max(this.#spent, each.id);
    this.#side.sendText(text);
  }

  #enter(state) {
    this.#state = state;
    this.#settledAt = this.#side.clock.now();
    this.document.statusChanged();
    this.#side.moved();
  }

  #moved() {
    this.#side.moved();
    this.document.moved();
    this.#endIfDone();
  }
}

/** Whether a text has more bytes than that, of which a character has at most three. */
const isLonger = (text, bytes) => text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;

/** What all documents tell of: "change", "status", "pending", "presence", "ack" and "refused". */
class Document extends Events {
  /** @protected @type {Channel} */
  channel;
  #told = [-1, -1];

  constructor(channel) {
    super();
    this.channel = channel;
  }

  /** @type {DocumentStatus} */
  get status() {
    return this.channel.status;
  }

  /** How many changes made here the hub has not stored yet. */
  get pending() {
    return this.channel.pending.length;
  }

  /** How many of them are not even in the outbox. */
  get unsaved() {
    return this.channel.unsaved;
  }

  /** How many changes of the document are taken in. */
  get sequence() {
    return this.channel.sequence;
  }

  /** What others let us know now: by client id. @type {Map<string, any>} */
  get presence() {
    return this.channel.presence;
  }

  /** Lets others who have it open know something, such as a name and a cursor. */
  share(state) {
    this.channel.share(state);
  }

  /** Lets go of it: it is followed no more once the hub has what is pending. Fulfilled once the outbox has it. */
  close() {
    return this.channel.end();
  }

  /** @private */
  statusChanged() {
    this.tell("status", this.status);
  }

  /** @private */
  presenceChanged() {
    this.tell("presence", this.presence);
  }

  /** @private */
  moved() {
    const now = [this.pending, this.unsaved];
    if (now.some((figure, at) => figure !== this.#told[at])) {
      this.#told = now;
      this.tell("pending", { pending: now[0], unsaved: now[1] });
    }
  }

  /** @private */
  acknowledged({ id, seq, level }) {
    this.tell("ack", { id, seq, level });
  }

  /** @private */
  refused(refusal) {
    this.tell("refused", refusal);
  }
}

/**
 * A text that several people edit.
 *
 * "change" is told of every change of what is visible: `delta` in code points, `edits` the same as
 * replacements `{from, to, insert}` in units of UTF-16, one after the other, `origin` ("local" or what
 * the edit was given as such, "remote", "refused" for what is taken back, "reset", "undo"), `client`.
 */
export class TextDocument extends Document {
  #undo = new UndoHistory();

  /** The whole text as it is visible. */
  get text() {
    return this.channel.replica.value.string;
  }

  /** The text, for counting. @type {SharedText} */
  get content() {
    return this.channel.replica.value;
  }

  get canUndo() {
    return this.#undo.canUndo;
  }

  get canRedo() {
    return this.#undo.canRedo;
  }

  /** Puts something in, at a position counted in code points. */
  insert(position, text) {
    this.edit([position, text]);
  }

  /** Takes something out, counted in code points. */
  delete(position, length) {
    this.edit([position, { d: length }]);
  }

  /** Replaces a part, counted in units of UTF-16 as strings and editors do. No half characters. */
  replace(from, to, insert, origin = "local") {
    const text = this.text;
    const start = isLow(text, from) && isHigh(text, from - 1) ? from - 1 : from;
    const end = isLow(text, to) && isHigh(text, to - 1) ? to + 1 : to;
    const position = this.content.positionAt(start);
    const gone = codePoints(text.slice(start, end));
    const whole = insert.replace(new RegExp(LONE_SURROGATE, "g"), "\ufffd");
    this.edit([position, { d: gone }, whole], origin);
  }

  /**
   * @param {Delta} delta
   * @param {any} [origin] tells this edit from others where changes are heard of
   */
  edit(delta, origin = "local") {
    const operation = readDelta(delta);
    if (operation.length > 0) {
      const inverse = this.content.invert(operation);
      this.#do(operation, origin);
      this.#undo.did(inverse, operation);
    }
  }

  /** Takes back what was done last here, and nothing of what others did. */
  undo() {
    this.#again(this.#undo.undo(this.content));
  }

  /** Does again what was taken back last. */
  redo() {
    this.#again(this.#undo.redo(this.content));
  }

  /** The next edit is undone for itself, even if it follows at once. */
  separateUndo() {
    this.#undo.separate();
  }

  #again(delta) {
    if (delta !== null && delta.length > 0) {
      this.#do(delta, "undo");
    }
  }

  #do(operation, origin) {
    for (const piece of inPieces(operation)) {
      const before = this.content;
      this.channel.submit({ op: piece });
      this.#tellChange(piece, before, origin, "");
    }
  }

  #tellChange(delta, before, origin, client) {
    this.tell("change", { delta, edits: before.edits(delta), origin, client });
  }

  /** @private */
  changed({ delta, before, origin, client }) {
    this.#undo.others(delta);
    this.#tellChange(delta, before, origin, client);
  }
}

const UNDO_STEPS = 200;
const UNDO_PARTS = 100; // that a step may have before the next begins
const UNDO_PAUSE = 700; // ms; what is typed without one is undone together

/**
 * What one person did, to be taken back whatever others did since: each entry is the edit that takes a
 * step back from where those above it have gone back to, and is moved along with what others do.
 */
class UndoHistory {
  #done = [];
  #undone = [];
  #last = -Infinity;

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  did(inverse, operation) {
    const now = Date.now();
    const small = operation.every((part) => typeof part === "number" || lengthOf(part) === 1);
    const together = small && now - this.#last < UNDO_PAUSE && this.#done.length > 0 && this.#done.at(-1).length < UNDO_PARTS;
    this.#done.push(together ? compose(inverse, this.#done.pop()) : inverse);
    this.#last = small ? now : -Infinity;
    this.#undone = [];
    if (this.#done.length > UNDO_STEPS) {
      this.#done.shift();
    }
  }

  separate() {
    this.#last = -Infinity;
  }

  undo(content) {
    return this.#back(this.#done, this.#undone, content);
  }

  redo(content) {
    return this.#back(this.#undone, this.#done, content);
  }

  #back(from, to, content) {
    this.separate();
    const delta = from.pop() ?? null;
    if (delta !== null) {
      to.push(content.invert(delta));
    }
    return delta;
  }

  others(delta) {
    this.#done = this.#moved(this.#done, delta);
    this.#undone = this.#moved(this.#undone, delta);
  }

  #moved(steps, delta) {
    let theirs = delta;
    return steps
      .slice()
      .reverse()
      .map((step) => {
        const moved = transform(step, theirs, "left");
        theirs = transform(theirs, step, "right");
        return moved;
      })
      .reverse();
  }
}

/**
 * A record that several people change. "change" is told of every change of what is visible.
 *
 * Numbers are exact: one that JavaScript does not hold is a RecordNumber, and so may be what is written.
 */
export class RecordDocument extends Document {
  /** What is visible, frozen; undefined if it was never written, or deleted. */
  get value() {
    return this.channel.replica.value.value;
  }

  /** The version that put may expect. */
  get version() {
    return this.channel.replica.value.version;
  }

  /** Replaces the whole; if a version is expected, only if nobody else has changed it since. */
  put(value, expected) {
    return this.change(expected === undefined ? { op: "put", value } : { op: "put", value, expected });
  }

  /** Sets a field whatever is there: the last one wins. */
  set(path, value) {
    return this.change({ op: "set", path, value });
  }

  remove(path) {
    return this.change({ op: "remove", path });
  }

  /** Adds to a number, exactly; no increment is lost. */
  increment(path, by = 1) {
    return this.change({ op: "increment", path, by });
  }

  include(path, element) {
    return this.change({ op: "include", path, element });
  }

  exclude(path, element) {
    return this.change({ op: "exclude", path, element });
  }

  /** Deletes the whole; if a version is expected, only if nobody else has changed it since. */
  delete(expected) {
    return this.change(expected === undefined ? { op: "delete" } : { op: "delete", expected });
  }

  /**
   * Brings what was made of an older value together with what stands, field by field.
   *
   * @param base the older value
   * @param mine what was made of it
   * @param {{otherwise?: Rule, fields?: Object<string, Rule>}} [rules] for what both changed, by path; a
   *     Rule is "ask", which conflicts, "mine", "theirs", "counter" or "set"
   */
  merge(base, mine, { otherwise = "ask", fields = {} } = {}) {
    return this.change({ op: "merge", base, mine, rules: { otherwise, fields } });
  }

  /**
   * Makes a change, see RecordReplica.
   *
   * @returns {Promise<Settled>} once the hub has stored or refused it; while offline that may be long
   * @throws {RecordConflict} if it cannot be made to what is visible
   */
  change(change) {
    const { promise, settle } = settlement();
    this.channel.submit(checkedChange(readJson(writeJson(change))), settle); // a copy, as the hub will read it
    this.tell("change", { origin: "local", client: "" });
    return promise;
  }

  /** @private */
  changed({ origin, client }) {
    this.tell("change", { origin, client });
  }
}

function settlement() {
  let settle;
  const promise = new Promise((resolve) => (settle = resolve));
  return { promise, settle };
}
