import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sync } from "./module.mjs";

const file = process.env.STATEWARD_RECORDS;

test("changes make the same record", { skip: file ? false : "no histories (they come from RecordInJavaScriptTest)" }, () => {
  const histories = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  assert.ok(histories.length >= 1000);
  let refused = 0;
  for (const [number, history] of histories.entries()) {
    const record = new sync.RecordReplica("hub", () => {});
    history.forEach(({ client, change, taken, version, value }, at) => {
      const where = `history ${number}, change ${at + 1}: ${JSON.stringify(change)}`;
      const take = () => record.take({ seq: at + 1, client, change });
      taken ? take() : assert.throws(take, sync.RecordConflict, where);
      refused += taken ? 0 : 1;
      assert.deepEqual(record.value.value, value, where);
      assert.equal(record.value.version, version, where);
    });
  }
  assert.ok(refused > histories.length, `${refused} refused`);
});
