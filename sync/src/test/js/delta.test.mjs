import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { randomOf, sync } from "./module.mjs";

const { compose, readDelta, SharedText, transform, transformPosition } = sync;
const folder = process.env.STATEWARD_VECTORS;

function vectors(name) {
  return gunzipSync(readFileSync(`${folder}/ot/${name}.jsonl.gz`))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

const absent = folder && existsSync(`${folder}/ot`) ? false : "no vectors (property stateward.vectors)";

test("apply agrees with the vectors of ot-text-unicode", { skip: absent }, () => {
  const cases = vectors("apply");
  assert.ok(cases.length > 1400, `${cases.length} cases`);
  for (const { str, op, result } of cases) {
    assert.equal(new SharedText(str).apply(readDelta(op)).string, result);
  }
});

test("compose agrees with the vectors", { skip: absent }, () => {
  const cases = vectors("compose");
  assert.ok(cases.length > 400, `${cases.length} cases`);
  for (const { op1, op2, result } of cases) {
    assert.deepEqual(compose(readDelta(op1), readDelta(op2)), readDelta(result));
  }
});

test("transform agrees with the vectors", { skip: absent }, () => {
  const cases = vectors("transform");
  assert.ok(cases.length > 1400, `${cases.length} cases`);
  for (const { op, otherOp, side, result } of cases) {
    assert.deepEqual(transform(readDelta(op), readDelta(otherOp), side), readDelta(result));
  }
});

const PIECES = ["a", "bc", "😀", "é", "日本", "𝄞z", "\n"];

function randomDelta(random, length) {
  const parts = [];
  for (let left = length, count = Math.floor(random() * 5); count > 0; count--) {
    const n = Math.min(left, Math.floor(random() * 4));
    const kind = Math.floor(random() * 3);
    parts.push([PIECES[Math.floor(random() * PIECES.length)], n, { d: n }][kind]);
    left -= kind === 0 ? 0 : n;
  }
  return readDelta(parts);
}

function randomText(random) {
  return Array.from({ length: Math.floor(random() * 12) }, () => PIECES[Math.floor(random() * PIECES.length)]).join("");
}

test("edits obey their laws", () => {
  const random = randomOf(1);
  for (let run = 0; run < 3000; run++) {
    const text = new SharedText(randomText(random));
    const a = randomDelta(random, text.length);
    const b = randomDelta(random, text.length);
    const withA = text.apply(a);
    const c = randomDelta(random, withA.length);

    assert.equal(withA.length, [...withA.string].length);
    assert.equal(text.apply(compose(a, c)).string, withA.apply(c).string);
    assert.equal(withA.apply(text.invert(a)).string, text.string);
    assert.equal(
      withA.apply(transform(b, a, "right")).string,
      text.apply(b).apply(transform(a, b, "left")).string,
    );
    assert.equal(text.apply(text.difference(withA.string)).string, withA.string);
    const replaced = text.edits(a).reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text.string);
    assert.equal(replaced, withA.string);
  }
});

test("a place in the text moves with it", () => {
  assert.equal(transformPosition(3, [1, "xy"]), 5);
  assert.equal(transformPosition(3, [3, "xy"]), 3);
  assert.equal(transformPosition(3, [3, "xy"], true), 5);
  assert.equal(transformPosition(3, [1, { d: 1 }]), 2);
  assert.equal(transformPosition(3, [1, { d: 5 }]), 1);
  assert.equal(transformPosition(0, [{ d: 2 }, "x"]), 0);
  assert.equal(transformPosition(2, ["😀", 2]), 3);
});

test("what is no edit is refused", () => {
  const bad = [null, 5, "x", {}, [null], [-1], [1.5], [{ d: -1 }], [{ d: "x" }], [{}], [[1]], ["\ud800"], ["a\udc00b"], [1e300]];
  for (const each of bad) {
    assert.throws(() => readDelta(each), TypeError, JSON.stringify(each));
  }
  assert.throws(() => new SharedText("abc").apply([4]), RangeError);
  assert.throws(() => new SharedText("abc").apply([2, { d: 2 }]), RangeError);
});

test("a long text is in pieces, and counts as a short one", () => {
  const random = randomOf(5);
  const below = (n) => Math.floor(random() * n);
  const LETTERS = ["a", "b\n", "😀", "𝄞x", "é", "z".repeat(3000), "😀".repeat(3000)];
  for (let run = 0; run < 20; run++) {
    let plain = Array.from("a😀bcdefgh".repeat(below(2) * 3000));
    let text = new SharedText(plain.join(""));
    for (let n = 0; n < 60; n++) {
      const at = below(plain.length + 1);
      const gone = Math.min(plain.length - at, below(4) === 0 ? below(9000) : below(4));
      const put = below(4) === 0 ? "" : LETTERS[below(run < 10 ? 5 : 7)];
      const delta = readDelta([at, put, { d: gone }]);
      const before = plain;
      plain = [...plain.slice(0, at), ...put, ...plain.slice(at + gone)];
      const now = text.apply(delta);
      const unit = before.slice(0, at).join("").length;
      assert.equal(now.string, plain.join(""));
      assert.equal(now.length, plain.length);
      assert.equal(now.apply(text.invert(delta)).string, text.string);
      assert.deepEqual([text.unitAt(at), text.positionAt(unit)], [unit, at]);
      assert.equal(text.slice(at, at + gone), before.slice(at, at + gone).join(""));
      assert.equal(editedBy(text.edits(delta), text.string), now.string);
      assert.throws(() => now.apply([plain.length + 1, "x"]), RangeError);
      text = now;
    }
  }
});

const editedBy = (edits, string) => edits.reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), string);

test("typing at one place leaves a text in as many pieces as it needs", () => {
  let text = new SharedText("x".repeat(100_000));
  const begun = process.cpuUsage();
  for (let n = 0; n < 30_000; n++) {
    text = text.apply([50_000 + n, "a"]);
  }
  const { user } = process.cpuUsage(begun);

  assert.equal(text.string, `${"x".repeat(50_000)}${"a".repeat(30_000)}${"x".repeat(50_000)}`);
  assert.ok(user / 1000 < 10_000, `${user / 1000} ms`);
});
