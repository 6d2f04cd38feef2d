import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sync } from "./module.mjs";

const file = process.env.STATEWARD_RECORDS;

test("changes make the same record", { skip: file ? false : "no histories (they come from RecordInJavaScriptTest)" }, () => {
  const histories = readFileSync(file, "utf8").trim().split("\n").map(sync.readJson);
  assert.ok(histories.length >= 1000);
  let [refused, exact, merged] = [0, 0, 0];
  for (const [number, history] of histories.entries()) {
    const record = new sync.RecordReplica("hub", () => {});
    history.forEach(({ client, change, taken, version, value }, at) => {
      const where = `history ${number}, change ${at + 1}: ${JSON.stringify(change)}`;
      const take = () => record.take({ seq: at + 1, client, change });
      taken ? take() : assert.throws(take, sync.RecordConflict, where);
      refused += taken ? 0 : 1;
      merged += taken && change.op === "merge" ? 1 : 0;
      exact += sync.writeJson({ value }).match(/\d{17}|E\+?\d{3}/g)?.length ?? 0;
      const read = sync.readJson(sync.writeJson({ value: record.value.value }));
      assert.deepEqual(inOneForm(record.value.value), inOneForm(value), where);
      assert.deepEqual(inOneForm(read.value), inOneForm(value), where);
      assert.equal(record.value.version, version, where);
    });
  }
  assert.ok(refused > histories.length, `${refused} refused`);
  assert.ok(merged > histories.length, `${merged} merged`);
  assert.ok(exact > histories.length, `${exact} numbers that are no doubles`);
});

/** One number is written in several ways; here in one, as its digits and a power of ten. */
function inOneForm(value) {
  if (value instanceof sync.RecordNumber) {
    assert.ok(!value.equals(Number(value)), `${value} could be a number`);
    const [, sign, whole, part = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(value));
    const digits = (whole + part).replace(/^0+/, "");
    const kept = digits.slice(0, [...digits].findLastIndex((digit) => digit !== "0") + 1);
    return { exactly: `${sign}${kept}e${Number(exponent) - part.length + digits.length - kept.length}` };
  } else if (Array.isArray(value)) {
    return value.map(inOneForm);
  } else if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inOneForm(each)]));
  }
  return value === 0 ? 0 : value; // there is a second zero
}
