import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { randomOf, sync } from "./module.mjs";

const { codePoints, SharedText, TextLog } = sync;
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
  const log = new TextLog(10_000);
  log.add("a", [], [10_000, "mine"]);
  const parts = Array.from({ length: 9_999 }, (_, at) => [1, "x", { d: 1 }][at % 3]);
  const begun = performance.now();
  const change = log.add("b", [], parts);

  assert.ok(performance.now() - begun < 2000);
  assert.deepEqual(change, parts); // where nobody else changed anything
});
