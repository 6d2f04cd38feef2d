import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { randomOf, sync } from "./module.mjs";

const { codePoints, SharedText, TextLog, TextReplica } = sync;
const file = process.env.STATEWARD_HISTORIES;
const absent = file ? false : "no histories (they come from TextLogInJavaScriptTest)";

function histories() {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

test("histories end in the same text, change by change", { skip: absent }, () => {
  const all = histories();
  assert.equal(all.length, Number(process.env.STATEWARD_HISTORIES_COUNT));
  let concurrent = 0;
  for (const [number, { events, text }] of all.entries()) {
    const log = new TextLog();
    let now = new SharedText("");
    for (const { agent, parents, op, change } of events) {
      concurrent += parents.length > 1 ? 1 : 0;
      const mine = log.add(agent, parents, op);
      assert.deepEqual(now.apply(mine).string, now.apply(change).string, `history ${number}`);
      now = now.apply(mine);
    }
    assert.equal(now.string, text, `history ${number}`);
  }
  assert.ok(concurrent > all.length, `${concurrent} merges`);
});

test("a log that begins at a text makes the same as one that has all of it", { skip: absent }, () => {
  for (const { events, text } of histories().slice(0, 500)) {
    const before = "0123456789";
    const whole = new TextLog();
    whole.add("z", [], [before]);
    const part = new TextLog(before.length);
    let [one, other] = [new SharedText(before), new SharedText(before)];
    for (const { agent, parents, op } of events) {
      const after = parents.length === 0 ? [0] : parents.map((each) => each + 1);
      one = one.apply(whole.add(agent, after, op));
      other = other.apply(part.add(agent, parents, op));
    }
    assert.equal(one.string, other.string);
    assert.ok(one.length >= before.length - text.length - 10_000);
  }
});

test("what lies between two versions takes one text to the other", { skip: absent }, () => {
  const random = randomOf(7);
  for (const { events, text } of histories().slice(0, 500)) {
    const log = new TextLog();
    events.forEach(({ agent, parents, op }) => log.add(agent, parents, op));
    const had = historyOf(events, Math.floor(random() * events.length));
    const has = (event) => had.has(event);
    const other = new TextLog();
    const places = new Map();
    let then = new SharedText("");
    [...had].sort((a, b) => a - b).forEach((event) => {
      const { agent, parents, op } = events[event];
      places.set(event, other.size);
      then = then.apply(other.add(agent, parents.map((each) => places.get(each)), op));
    });
    const now = new SharedText(text);
    assert.equal(then.apply(log.between(has, () => true, null)).string, text);
    assert.equal(now.apply(log.between(() => true, has, then)).string, then.string);
  }
});

function historyOf(events, event) {
  const all = new Set([event]);
  for (const each of all) {
    events[each].parents.forEach((parent) => all.add(parent));
  }
  return all;
}

test("what was done alone costs as much as it is, a long time apart stays bearable", () => {
  const log = new TextLog(1000);
  const random = randomOf(3);
  const begun = performance.now();
  let mine = [];
  for (let n = 0; n < 2000; n++) {
    mine = [log.size];
    log.add("a", n === 0 ? [] : [log.size - 1], [Math.floor(random() * 1000), "x"]);
  }
  let theirs = [];
  for (let n = 0; n < 2000; n++) {
    const event = log.size;
    const change = log.add("b", theirs, [Math.floor(random() * 1000), "y"]);
    assert.equal(change.reduce((sum, part) => sum + (typeof part === "string" ? codePoints(part) : 0), 0), 1);
    theirs = [event];
  }
  assert.deepEqual(log.version, [...mine, ...theirs]);
  assert.ok(performance.now() - begun < 10_000);
});

test("an edit of as many parts as a hub takes stops nobody", () => {
  const parts = Array.from({ length: 9_999 }, (_, at) => [1, "x", { d: 1 }][at % 3]);
  const taken = (edits) => {
    const log = new TextLog(10_000);
    log.add("a", [], [10_000, "mine"]);
    const begun = process.cpuUsage();
    edits.forEach((edit, at) => log.add("b", at === 0 ? [] : [at], edit));
    const { user } = process.cpuUsage(begun);
    return user / 1000;
  };
  const log = new TextLog(10_000);
  log.add("a", [], [10_000, "mine"]);
  assert.deepEqual(log.add("b", [], parts), parts); // where nobody else changed anything

  assert.ok(taken([parts]) < 1000);
  const mixed = Array.from({ length: 9_999 }, (_, at) => [{ d: 1 }, "x"][at % 2]);
  assert.ok(taken([mixed, parts, parts.slice(0, 4999), parts]) < 4000);
});

test("a day of typing is merged with what others typed meanwhile, in turns with more of it", () => {
  const random = randomOf(11);
  const replica = new TextReplica("me", () => {});
  const [typed, theirs] = [20_000, 2000];
  replica.reset(0, { text: "x".repeat(5000) }, 0);
  const begun = process.cpuUsage();
  let length = 5000;
  const edit = (most) => replica.edit({ op: random() < most ? [Math.floor(random() * length--), { d: 1 }] : [Math.floor(random() * length++), "m"] });
  for (let n = 0; n < typed; n++) {
    edit(0.3);
  }
  for (let seq = 1; seq <= theirs; seq++) {
    const change = { op: [Math.floor(random() * 5000), "t"] };
    replica.take({ seq, client: "bob", id: seq, base: seq - 1, change });
    length++;
    seq % 2 === 0 && edit(0);
  }
  const { user } = process.cpuUsage(begun);

  assert.equal(replica.value.string.split("t").length - 1, theirs);
  assert.equal(replica.value.length, length);
  assert.ok(user / 1000 < 15_000, `${user / 1000} ms`); // one after the other it would be minutes
});

/** Events of several people who now and then take in what another one has. */
function storm(seed) {
  const random = randomOf(seed);
  const below = (n) => Math.floor(random() * n);
  const length = below(100);
  const people = Array.from({ length: 2 + below(5) }, (_, at) => new Person(`p${(at * 7) % 5}-${at}`, length));
  const events = [];
  while (events.length < 400) {
    const person = people[below(people.length)];
    if (events.length > 0 && random() < 0.2) {
      person.takeIn(events, random() < 0.5 ? events.length - 1 : below(events.length));
      continue;
    }
    let at = below(person.text.length + 1);
    for (let burst = 1 + below(1 + below(12)); burst > 0; burst--) {
      at = Math.min(at, person.text.length);
      const op = sync.readDelta(random() < 0.6 ? [at, ["x", "😀yz"][below(2)]] : cuts(person.text.length, below, at));
      events.push({ agent: person.name, parents: person.version, op });
      person.takeIn(events, events.length - 1);
      at++;
    }
  }
  return { length, events };
}

function cuts(length, below, from) {
  const op = [from];
  for (let left = length - from; left > 0 && below(4) > 0; ) {
    const piece = 1 + below(Math.min(left, 8));
    op.push(below(2) === 0 ? piece : { d: piece });
    below(2) === 0 && op.push("m");
    left -= piece;
  }
  return op;
}

class Person {
  version = [];
  #places = new Map();

  constructor(name, length) {
    this.name = name;
    this.log = new TextLog(length);
    this.text = new SharedText("z".repeat(length));
  }

  takeIn(events, event) {
    if (!this.#places.has(event)) {
      const { agent, parents, op } = events[event];
      parents.forEach((each) => this.takeIn(events, each));
      this.#places.set(event, this.log.size);
      this.text = this.text.apply(this.log.add(agent, parents.map((each) => this.#places.get(each)), op));
      this.version = this.version.filter((each) => !parents.includes(each)).concat(event);
    }
  }
}

test("in whatever order people learn of what happened, they have the same text", () => {
  for (let seed = 0; seed < 60; seed++) {
    const { length, events } = storm(seed);
    const random = randomOf(seed + 1000);
    const inOrder = new Person("one", length);
    events.forEach((_, at) => inOrder.takeIn(events, at));
    for (let n = 0; n < 3; n++) {
      const other = new Person("other", length);
      const order = events.map((_, at) => [random() * 300 + (n === 0 ? -at : at), at]).sort(([a], [b]) => a - b);
      order.forEach(([, at]) => other.takeIn(events, at));
      assert.equal(other.text.string, inOrder.text.string, `seed ${seed}`);
    }
  }
});
