import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sync } from "./module.mjs";

const { SharedText, threeWay } = sync;
const file = process.env.STATEWARD_VERSIONS;
const absent = file ? false : "no versions (they come from TextMergeInJavaScriptTest)";

test("versions are compared and merged alike", { skip: absent }, () => {
  const all = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.ok(all.length > 1000);
  for (const [number, { base, mine, theirs, difference, merged }] of all.entries()) {
    const text = new SharedText(base);
    const found = text.difference(theirs);
    assert.equal(text.apply(found).string, theirs, `versions ${number}`);
    assert.deepEqual(found, difference, `versions ${number}`);
    assert.deepEqual(threeWay(base, mine, theirs), merged, `versions ${number}`);
  }
});
