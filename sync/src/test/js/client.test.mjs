import assert from "node:assert/strict";
import { test } from "node:test";
import { randomOf, sync } from "./module.mjs";
import { Clock, settle, Socket } from "./world.mjs";

const { comesBack, MemoryOutbox, SyncClient } = sync;

/** A client whose hub is the test. */
async function opened(options = {}) {
  const clock = new Clock();
  const sockets = [];
  const client = await SyncClient.open({
    url: "ws://hub",
    outbox: new MemoryOutbox("me"),
    clock,
    random: () => 0.5,
    socket: (...to) => (sockets.push(new Socket(...to)), sockets.at(-1)),
    ...options,
  });
  return { client, clock, sockets, statuses: told(client, "status"), problems: told(client, "problem") };
}

function told(source, type) {
  const events = [];
  source.on(type, (event) => events.push(event));
  return events;
}

const WELCOME = { t: "welcome", version: 1, session: "s-1", heartbeat: 1000, largest: 65_536, frames: 4096, characters: 1 << 23 };
const snapshot = (seq, text, more = {}) => ({ t: "snapshot", doc: "n", epoch: "e1", seq, last: 0, refused: 0, state: { text }, ...more });
const resumed = (seq, more = {}) => ({ t: "resumed", doc: "n", epoch: "e1", seq, last: 0, refused: 0, ...more });
const update = (seq, op, more = {}) => ({ t: "update", doc: "n", seq, client: "bob", id: seq, base: seq - 1, change: { op }, ...more });
const durable = (id, seq, change) => ({ t: "ack", doc: "n", id, seq, level: "durable", ...(change && { change }) });
const rejected = (id, code = "forbidden") => ({ t: "rejected", doc: "n", id, code, reason: "It may be read only." });

async function connected(world, number = 0, room = {}) {
  const socket = world.sockets[number];
  await socket.open();
  await socket.says({ ...WELCOME, ...room });
  return socket;
}

async function live(text = "abc", options = {}) {
  const world = await opened(options);
  const socket = await connected(world);
  const document = world.client.text("n");
  await socket.says(snapshot(0, text));
  socket.taken();
  return { ...world, socket, document, changes: told(document, "change") };
}

test("a client says hello, and subscribes once it is welcome", async () => {
  const world = await opened({ credentials: async () => ({ token: "t" }) });
  world.client.text("n");
  const socket = await world.sockets[0].open();

  const [{ key, ...hello }, ...more] = socket.taken();
  assert.deepEqual([hello, ...more], [{ t: "hello", versions: [1], client: "me", with: { token: "t" } }]);
  assert.match(key, /^[0-9a-f]{64}$/);
  assert.equal(socket.protocol, "stateward.sync.1");
  await socket.says(WELCOME);

  assert.deepEqual(socket.taken(), [{ t: "subscribe", doc: "n", type: "text" }]);
  assert.deepEqual(world.client.status, { kind: "connected", session: "s-1" });
  assert.deepEqual(world.client.text("n").status, { kind: "loading" });
  await socket.says(snapshot(4, "abc"));
  assert.deepEqual(world.client.text("n").status, { kind: "live" });
  assert.equal(world.client.text("n").text, "abc");
});

test("the key is made anew for each outbox, kept with it, and shown in nothing but the hello", async () => {
  const outbox = new MemoryOutbox("me");
  const keys = [];
  for (const each of [outbox, outbox, new MemoryOutbox("me")]) {
    const world = await opened({ outbox: each });
    const document = world.client.text("n");
    const socket = await connected(world);
    keys.push(socket.taken()[0].key);
    await socket.says(snapshot(0, "abc"));
    document.share({ name: "me" });
    document.insert(0, "x");
    assert.ok(!JSON.stringify([socket.taken(), world.client]).includes(keys.at(-1)));
  }
  assert.equal(keys[0], keys[1]);
  assert.notEqual(keys[0], keys[2]);
});

test("an outbox without a key is none, and what is done is kept in memory", async (context) => {
  context.mock.method(console, "error", () => {});
  const world = await opened({ outbox: { open: async () => ({ client: "me", documents: new Map() }) } });
  assert.equal(world.client.outboxKind, "memory");
  assert.match((await world.sockets[0].open(), world.sockets[0].taken()[0].key), /^[0-9a-f]{64}$/);
});

test("an edit is visible at once, sent when it is stored, and pending until it is durable", async () => {
  const { client, socket, document } = await live();
  const pending = told(client, "pending");
  const acks = told(document, "ack");
  document.insert(3, "d");

  assert.equal(document.text, "abcd");
  assert.deepEqual([document.pending, document.unsaved, socket.taken()], [1, 1, []]);
  await settle();
  assert.deepEqual(socket.taken(), [{ t: "mutate", doc: "n", epoch: "e1", id: 1, base: 0, after: 0, change: { op: [3, "d"] } }]);
  await socket.says({ ...durable(1, 1), level: "applied" });
  assert.equal(document.pending, 1);
  await socket.says(durable(1, 1));

  assert.deepEqual([document.pending, document.unsaved, document.sequence], [0, 0, 1]);
  assert.deepEqual(acks.map(({ level }) => level), ["applied", "durable"]);
  assert.deepEqual(pending, [1, 0]);
  await client.settled();
});

test("changes of others are told as edits in units of an editor", async () => {
  const { socket, document, changes } = await live("a😀c");
  await socket.says(update(1, [2, "𝄞", { d: 1 }]));

  assert.equal(document.text, "a😀𝄞");
  assert.deepEqual(changes, [
    {
      delta: [2, "𝄞", { d: 1 }],
      edits: [{ from: 3, to: 3, insert: "𝄞" }, { from: 5, to: 6, insert: "" }],
      origin: "remote",
      client: "bob",
    },
  ]);
});

test("what comes twice is dropped, and a hole is asked for", async () => {
  const { socket, document } = await live();
  await socket.says(update(1, ["x"]), update(1, ["x"]), update(3, ["z"]));

  assert.equal(document.text, "xabc");
  assert.deepEqual(socket.taken(), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 1 }]);
  await socket.says(update(4, ["?"]), resumed(1), update(2, ["y"]), update(3, ["z"]));
  assert.equal(document.text, "zyxabc");
});

test("a hub that resumes somewhere else is asked for everything", async () => {
  const world = await live();
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  socket.taken();
  await socket.says(resumed(7));

  assert.deepEqual(socket.taken(), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 0, anew: true }]);
  assert.deepEqual(world.document.status, { kind: "behind" });
  await socket.says(resumed(0)); // a snapshot was asked for: again, and not at once
  assert.deepEqual(socket.taken(), []);
  await world.clock.advance(200);
  assert.deepEqual(socket.taken().map(({ seq, anew }) => [seq, anew]), [[0, true]]);
  await socket.says(snapshot(7, "abcdefg"));
  await socket.ends(1006);
  await world.clock.advance(400);
  const next = await connected(world, 2);
  assert.deepEqual(next.taken().at(-1), { t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 7 });
});

test("a snapshot that was wanted is still wanted after a cut", async (context) => {
  context.mock.method(console, "error", () => {});
  const world = await live();
  await world.socket.says(update(1, [99, "x"]));
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);

  assert.deepEqual(socket.taken().at(-1), { t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 0, anew: true });
});

test("where nothing is pending a snapshot is cheaper than all that was missed", async () => {
  const lagging = { t: "lapsed", doc: "n", code: "lagging", reason: "Too far behind.", retry: 0 };
  const world = await live();
  await world.socket.says(lagging);
  await world.clock.advance(100);
  assert.deepEqual(world.socket.taken().map(({ t, seq, anew }) => [t, seq, anew]), [["subscribe", 0, true]]);
  await world.socket.says(snapshot(5, "abc"));
  world.document.insert(0, "1");
  await settle();
  world.socket.taken();
  await world.socket.says(lagging);
  await world.clock.advance(200);
  assert.deepEqual(world.socket.taken().map(({ t, seq, anew }) => [t, seq, anew]), [["subscribe", 5, undefined]]);
});

test("a subscription that cannot be had now is asked for again", async () => {
  const world = await live();
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  socket.taken();
  const full = { t: "error", doc: "n", code: "limit", reason: "Too many documents." };
  await socket.says(full, { ...full, code: "order" });
  assert.deepEqual(socket.taken().map(({ t }) => t), ["subscribe"]);
  await socket.says(full);
  assert.deepEqual(socket.taken(), []);
  await world.clock.advance(200);
  assert.deepEqual(socket.taken().map(({ t }) => t), ["subscribe"]);
});

test("those who lapse in one moment do not come back in one moment", async () => {
  const waits = [];
  for (const at of [0, 0.25, 0.999]) {
    const { socket, clock } = await live("abc", { random: () => at });
    const before = new Set(clock.waiting);
    await socket.says({ t: "lapsed", doc: "n", code: "unavailable", reason: "Come again.", retry: 500 });
    waits.push(clock.waiting.find((each) => !before.has(each)));
    await clock.advance(1000);
    await socket.says({ t: "lapsed", doc: "n", code: "unavailable", reason: "Come again.", retry: 500 });
    waits.push(Math.round(clock.waiting[0]));
  }
  assert.deepEqual(waits.map(Math.round), [500, 500, 550, 600, 700, 900]);
});

test("a hub that leaves something unanswered is asked again", async (context) => {
  context.mock.method(console, "error", () => {});
  const { socket, document, clock } = await live();
  const hear = async (seconds) => {
    for (let n = 0; n < seconds; n++) {
      await clock.advance(1000);
      await socket.says({ t: "pong", n });
    }
  };
  await hear(40);
  assert.deepEqual(socket.taken(), []); // nothing waits for an answer
  document.insert(0, "1");
  await hear(29);
  assert.deepEqual(socket.taken().map(({ t }) => t), ["mutate"]);
  await hear(3);
  assert.deepEqual(socket.taken().map(({ t, seq }) => [t, seq]), [["subscribe", 0]]);
  assert.equal(console.error.mock.callCount(), 1);
});

test("who asks to connect reaches what was refused", async () => {
  const { socket, client, document } = await live();
  await socket.says({ t: "lapsed", doc: "n", code: "forbidden", reason: "Not for you.", retry: -1 });
  client.connect();

  assert.deepEqual(socket.taken(), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 0 }]);
  await socket.says(resumed(0));
  assert.deepEqual(document.status, { kind: "live" });
});

test("a connection that was taken over once may have been one's own, twice it is another window's", async () => {
  const world = await live();
  await world.socket.ends(4409);
  assert.equal(world.client.status.kind, "reconnecting");
  await world.clock.advance(999);
  assert.equal(world.sockets.length, 1);
  await world.clock.advance(201);
  const socket = await connected(world, 1);
  await socket.ends(4409);
  assert.deepEqual(world.client.status, { kind: "refused", code: 4409, reason: "Another window took over." });
  world.client.connect();
  const again = await connected(world, 2);
  await again.ends(4409);
  assert.equal(world.client.status.kind, "reconnecting");
});

test("concurrent edits are merged as everybody merges them", async () => {
  const { socket, document } = await live();
  document.insert(1, "me");
  await socket.says(update(1, [1, "BOB"], { base: 0 }));

  assert.equal(document.text, "aBOBmebc"); // bob before me
  await socket.says(durable(1, 2, { op: [1, "me"], effect: [4, "me"] }));
  assert.deepEqual([document.text, document.pending], ["aBOBmebc", 0]);
});

test("after a cut, what is pending is sent again", async () => {
  const world = await live();
  const { document, clock, socket, sockets } = world;
  document.insert(0, "1");
  document.insert(0, "2");
  document.insert(0, "3");
  await settle();
  await socket.says(durable(1, 1));
  await socket.ends(1006);

  assert.equal(world.client.status.kind, "reconnecting");
  assert.deepEqual(document.status, { kind: "behind" });
  document.insert(0, "4");
  await clock.advance(200);
  const again = await connected(world, 1);
  assert.deepEqual(again.taken().slice(1), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 1 }]);
  await again.says(resumed(1, { last: 2 }), durable(2, 2));

  assert.deepEqual(again.taken().map(({ id }) => id), [2, 3, 4]);
  await again.says(durable(3, 3), durable(4, 4));
  assert.deepEqual([document.text, document.pending, sockets.length], ["4321abc", 0, 2]);
});

test("what is refused vanishes, and what follows is sent under new ids", async () => {
  const { socket, document, changes } = await live();
  const refusals = told(document, "refused");
  document.insert(3, "-first");
  document.insert(9, "-second");
  await settle();
  socket.taken();
  await socket.says(rejected(1), rejected(2, "superseded"));

  assert.equal(document.text, "abc-second");
  assert.deepEqual(refusals.map(({ id, code, reason }) => [id, code, reason]), [[1, "forbidden", "It may be read only."]]);
  assert.deepEqual(changes.at(-1).edits, [{ from: 3, to: 9, insert: "" }]);
  assert.deepEqual(socket.taken(), [{ t: "mutate", doc: "n", epoch: "e1", id: 3, base: 0, after: 2, change: { op: [3, "-second"] } }]);
  await socket.says(durable(3, 1));
  assert.deepEqual([document.text, document.pending], ["abc-second", 0]);
});

test("what was on its way after a refused change is not refused for it, and comes after all that was sent", async () => {
  const { socket, document } = await live();
  const refusals = told(document, "refused");
  ["1", "2", "3"].forEach((text) => document.insert(0, text));
  await settle();
  assert.deepEqual(socket.taken().map(({ id, after }) => [id, after]), [[1, 0], [2, 0], [3, 0]]);
  await socket.says(rejected(1), rejected(2, "superseded"), rejected(3, "superseded"));
  assert.deepEqual(socket.taken().map(({ id, after }) => [id, after]), [[4, 3]]); // both in one
  document.insert(0, "4");
  await settle();
  assert.deepEqual(socket.taken().map(({ id, after }) => [id, after]), [[5, 3]]);
  await socket.says(durable(4, 1), durable(5, 2));

  assert.deepEqual([document.text, document.pending], ["432abc", 0]);
  assert.deepEqual(refusals.map(({ id }) => id), [1]);
});

test("what is superseded is sent again under a new id, and told to nobody", async () => {
  const { socket, document } = await live();
  const refusals = told(document, "refused");
  document.insert(0, "1");
  document.insert(0, "2");
  await settle();
  socket.taken();
  await socket.says(rejected(1, "superseded"), rejected(2, "superseded"));

  assert.deepEqual(socket.taken().map(({ id, after, change }) => [id, after, change.op]), [[3, 2, ["1"]], [4, 2, ["2"]]]);
  await socket.says(durable(3, 1), durable(4, 2));
  assert.deepEqual([document.text, document.pending, refusals], ["21abc", 0, []]);
});

test("what is superseded while one before it has no answer shows a hole", async () => {
  const { socket, document } = await live();
  document.insert(0, "1");
  document.insert(0, "2");
  await settle();
  socket.taken();
  await socket.says(rejected(2, "superseded"));
  assert.deepEqual(socket.taken().map(({ t, seq }) => [t, seq]), [["subscribe", 0]]);
  await socket.says(rejected(1), resumed(0, { last: 2, refused: 2 }));
  assert.deepEqual([document.text, socket.taken().map(({ id }) => id)], ["21abc", [1, 2]]);
  await socket.says(rejected(1), rejected(2, "superseded"));

  assert.equal(document.text, "2abc");
  assert.deepEqual(socket.taken().map(({ id, after }) => [id, after]), [[3, 2]]);
});

test("what a cut kept from the hub knows, in its new place, exactly of what the hub refused", async () => {
  const world = await live();
  ["1", "2", "3"].forEach((text) => world.document.insert(0, text));
  await settle();
  await world.socket.says(rejected(1));
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  socket.taken();
  await socket.says(resumed(0, { last: 1, refused: 1 })); // 2 and 3 were lost on their way

  assert.deepEqual(socket.taken().map(({ id, after }) => [id, after]), [[2, 1]]);
});

test("what has another id after a cut is not sent before the outbox knows it", async (context) => {
  context.mock.method(console, "error", () => {});
  const outbox = new MemoryOutbox("me");
  const world = await live("abc", { outbox });
  ["1", "2", "3"].forEach((text) => world.document.insert(0, text));
  await settle();
  await world.socket.says(rejected(1));
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  socket.taken();
  const append = outbox.append;
  outbox.append = () => Promise.reject(new Error("The disk is full."));
  await socket.says(resumed(0, { last: 2, refused: 2 })); // 4 is 3 now
  await settle();
  assert.deepEqual(socket.taken(), []);
  outbox.append = append;
  await world.clock.advance(600);
  assert.deepEqual(socket.taken().map(({ id, after }) => [id, after]), [[3, 2]]);
});

test("a refusal of what was deleted brings it back, with what others did meanwhile", async () => {
  const { socket, document } = await live("hello world");
  document.delete(0, 6);
  await settle();
  await socket.says(update(1, [11, "!"], { base: 0 }), rejected(1));

  assert.deepEqual([document.text, document.pending], ["hello world!", 0]);
});

test("history is asked for where an update was made before what is known, and the rest waits", async () => {
  const { socket, document } = await live();
  await socket.says(update(1, ["1"]), update(2, ["2"]));
  document.insert(0, "mine ");
  await settle();
  socket.taken();
  await socket.says(update(3, [3, "!"], { client: "cy", base: 0, change: { op: [3, "!"], effect: [5, "!"] } }), update(4, ["4"], { base: 2 }));

  assert.deepEqual(socket.taken(), [{ t: "ask-history", doc: "n", after: 0, until: 2 }]);
  assert.equal(document.text, "mine 21abc");
  const events = [update(1, ["1"]), update(2, ["2"])].map(({ t, doc, ...event }) => event);
  await socket.says({ t: "history", doc: "n", after: 0, events });

  assert.deepEqual([document.text, document.sequence], ["4mine 21abc!", 4]);
  await socket.says(durable(1, 5, { op: ["mine "], effect: [1, "mine "] }));
  assert.equal(document.pending, 0);
});

test("history that is held no more makes the client begin anew, with what is pending", async () => {
  const { socket, document } = await live();
  await socket.says(update(1, ["1"]));
  document.insert(0, "mine ");
  await settle();
  socket.taken();
  await socket.says(update(2, [3, "!"], { base: 0 }), { t: "history", doc: "n", after: 0 });

  assert.deepEqual(socket.taken().at(-1), { t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 1, anew: true });
  await socket.says(snapshot(2, "1abc!"));
  assert.equal(document.text, "mine 1abc!");
  assert.deepEqual(socket.taken().map(({ id, base, change }) => [id, base, change.op]), [[1, 2, ["mine "]]]);
});

test("a snapshot keeps what is pending and knows what the hub has judged of it", async () => {
  const world = await live("one two");
  world.document.insert(3, " and a half");
  world.document.insert(0, "zero ");
  await settle();
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  socket.taken();
  await socket.says(snapshot(9, "one and a half two three", { epoch: "e2", last: 1 }));

  assert.equal(world.document.text, "zero one and a half two three");
  assert.deepEqual(socket.taken().map(({ id, epoch, base, change }) => [id, epoch, base, change.op]), [
    [1, "e2", 0, [3, " and a half"]], // to be told what became of it
    [2, "e2", 9, ["zero "]],
  ]);
});

test("after a history that is lost, edits in several places are found again, and what both have is there once", async () => {
  const world = await live("one two three four five six seven");
  world.document.replace(4, 7, "2");
  world.document.replace(22, 22, "5 ");
  world.document.insert(world.document.text.length, " eight");
  await settle();
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  await socket.says(snapshot(9, "ONE two three four five six and seven eight", { epoch: "e2" }));

  assert.equal(world.document.text, "ONE 2 three four five 5 six and seven eight");
  assert.deepEqual(world.changes.at(-1).edits.map(({ insert }) => insert), ["ONE", "", " and"]);
});

test("what a snapshot shows to be judged is told to be refused, if it was", async () => {
  const world = await live("one");
  const refusals = told(world.document, "refused");
  world.document.insert(3, " two");
  await settle();
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  await socket.says(snapshot(9, "one three", { last: 1, refused: 1 }), rejected(1));

  assert.deepEqual([world.document.text, world.document.pending], ["one three", 0]);
  assert.deepEqual(refusals.map(({ id, change }) => [id, change.op]), [[1, [3, " two"]]]);
});

test("a client that the hub has forgotten does not send again what may have taken place", async () => {
  const { socket, document, clock } = await live("one");
  const refusals = told(document, "refused");
  document.insert(3, " two");
  await settle();
  await socket.says({ t: "lapsed", doc: "n", code: "forgotten", reason: "Long ago.", retry: -1 });
  await clock.advance(0);
  socket.taken();
  await socket.says(snapshot(9, "one three"));

  assert.deepEqual([document.text, document.pending, socket.taken()], ["one three", 0, []]);
  assert.deepEqual(refusals.map(({ code, change }) => [code, change.op]), [["forgotten", [3, " two"]]]);
});

const FORGOTTEN = { t: "lapsed", doc: "n", code: "forgotten", reason: "Long ago.", retry: -1 };

test("what the hub never got is kept when it has forgotten the client", async () => {
  const outbox = new MemoryOutbox("me");
  const world = await live("one", { outbox });
  const refusals = told(world.document, "refused");
  world.document.insert(3, " two");
  await settle();
  await world.socket.ends(1006);
  world.document.insert(7, " three");
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  await socket.says(FORGOTTEN);
  await world.clock.advance(0);
  socket.taken();
  await socket.says(snapshot(9, "one!"));

  assert.deepEqual([world.document.text, world.document.pending], ["one! three", 1]);
  assert.deepEqual(socket.taken().map(({ id, after, change }) => [id, after, change.op]), [[1, 0, [4, " three"]]]);
  assert.deepEqual(refusals.map(({ code, change }) => [code, change.op]), [["forgotten", [3, " two"]]]);
  const again = await SyncClient.open({ url: "ws://hub", outbox, clock: new Clock(), socket: () => new Socket() });
  assert.deepEqual([again.text("n").text, again.text("n").pending], ["one! three", 1]);
});

test("what was stored before a restart may have been sent, and is given up with the rest", async () => {
  const outbox = new MemoryOutbox("me");
  const before = await live("one", { outbox });
  before.document.insert(3, " two");
  await settle();
  await before.client.close();
  const world = await opened({ outbox });
  const socket = await connected(world);
  const document = world.client.text("n");
  const refusals = told(document, "refused");
  await socket.says(FORGOTTEN);
  await world.clock.advance(0);
  await socket.says(snapshot(9, "one!"));

  assert.deepEqual([document.text, document.pending, refusals.length], ["one!", 0, 1]);
});

test("what a snapshot left in doubt is told when the hub forgets it, and not sent once more", async () => {
  const world = await live("one");
  const refusals = told(world.document, "refused");
  world.document.insert(3, " two");
  await settle();
  await world.socket.ends(1006);
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  await socket.says(snapshot(9, "one", { last: 1, refused: 1 }), FORGOTTEN);
  await world.clock.advance(0);
  socket.taken();
  await socket.says(snapshot(9, "one"));

  assert.deepEqual(socket.taken(), []);
  assert.deepEqual(refusals.map(({ code, id }) => [code, id]), [["forgotten", 1]]);
});

test("a silent connection is given up after two and a half heartbeats", async () => {
  const { client, clock, socket, sockets } = await live();
  await clock.advance(1000);
  await socket.says({ t: "ping", n: 7 });
  assert.deepEqual(socket.sent.map(({ t, n }) => [t, n]), [["ping", 1], ["pong", 7]]);
  await clock.advance(2400);
  assert.equal(client.status.kind, "connected");
  await clock.advance(101);

  assert.equal(client.status.kind, "reconnecting");
  assert.equal(socket.closed.code, 4000);
  await clock.advance(100);
  assert.equal(sockets.length, 2);
  await socket.says(update(1, ["late"]));
  assert.equal(client.text("n").text, "abc");
});

test("it waits longer each time, anywhere up to twice as long, and begins anew only when it was in sync", async () => {
  const world = await live("abc", { random: () => 0.999999 });
  const waits = [];
  await world.socket.ends(1006);
  for (let n = 1; n < 12; n++) {
    waits.push(Math.round(world.clock.waiting[0]));
    await world.clock.advance(world.clock.waiting[0]);
    await world.sockets[n].ends(1006);
  }
  assert.deepEqual(waits, [200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000, 30_000]);

  await world.clock.advance(world.clock.waiting[0]);
  const socket = await connected(world, 12);
  await socket.says(resumed(0));
  await world.clock.advance(900);
  await socket.ends(1006);
  assert.equal(Math.round(world.clock.waiting[0]), 30_000);
  await world.clock.advance(30_000);
  const stable = await connected(world, 13);
  await stable.says(resumed(0));
  for (let n = 0; n < 11; n++) {
    await world.clock.advance(1000);
    await stable.says({ t: "pong", n });
  }
  await stable.ends(1006);
  assert.equal(Math.round(world.clock.waiting[0]), 200);
});

test("a hub that restarts says when to come back", async () => {
  const { client, clock, socket, sockets } = await live();
  await socket.ends(1012, "retry-after=5000 Restarting.");

  assert.equal(client.status.at - clock.time, 5100);
  await clock.advance(5099);
  assert.equal(sockets.length, 1);
  await clock.advance(1);
  assert.equal(sockets.length, 2);
});

test("a hub keeps nobody away for more than ten minutes", async () => {
  for (const asked of ["600001", "99999999999999", "9".repeat(400)]) {
    const { client, clock, socket } = await live();
    await socket.ends(1013, `retry-after=${asked}`);
    assert.equal(client.status.at - clock.time, 600_100);
    await client.close();
  }
});

test("a final close code ends it until somebody asks", async () => {
  const { client, clock, socket, sockets } = await live();
  await socket.ends(4401, "");

  assert.deepEqual(client.status, { kind: "refused", code: 4401, reason: "You are not signed in, or no longer." });
  assert.deepEqual(clock.waiting, []);
  client.connect();
  assert.equal(sockets.length, 2);
  const final = [1002, 1003, 1007, 1008, 1009, 1010, 4400, 4401, 4403, 4406, 4409, 4413, 4499];
  const passing = [1000, 1001, 1006, 1011, 1012, 1013, 4000, 4001, 4429];
  assert.deepEqual([...final, ...passing].map(comesBack), [...final.map(() => false), ...passing.map(() => true)]);
});

test("a server that does not answer is left", async () => {
  const { client, clock, sockets } = await opened();
  await sockets[0].open();
  await clock.advance(10_000);
  assert.equal(client.status.kind, "reconnecting");
  assert.equal(sockets[0].closed.code, 4000);
});

test("a subscription that lapsed is begun again, or told to be refused", async () => {
  const { socket, document, clock, problems } = await live();
  await socket.says({ t: "lapsed", doc: "n", code: "unavailable", reason: "The disk is full.", retry: 500 });
  assert.deepEqual(document.status, { kind: "behind" });
  assert.deepEqual(problems, [{ document: "n", code: "unavailable", reason: "The disk is full." }]);
  await clock.advance(600);
  assert.deepEqual(socket.taken(), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 0 }]);

  await socket.says({ t: "lapsed", doc: "n", code: "forbidden", reason: "Not for you.", retry: -1 });
  await clock.advance(1000);
  assert.deepEqual(document.status, { kind: "refused", code: "forbidden", reason: "Not for you." });
  assert.deepEqual(socket.taken(), []);
});

test("what crossed the end of a subscription is no problem, and everything else that cannot be done is one", async () => {
  const { socket, problems } = await live();
  const error = (code, more) => ({ t: "error", code, reason: "No.", ...more });
  await socket.says(error("order", { doc: "n" }), error("limit", { doc: "n" }), error("order"));

  assert.deepEqual(problems.map(({ document, code }) => [document, code]), [["n", "limit"], [undefined, "order"]]);
});

test("what was refused is asked for again over the next connection", async () => {
  const world = await live();
  await world.socket.says({ t: "lapsed", doc: "n", code: "forbidden", reason: "Not for you.", retry: -1 });
  await world.socket.ends(1006);
  assert.equal(world.document.status.kind, "refused");
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  assert.deepEqual(socket.taken().slice(1), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 0 }]);
  await socket.says(resumed(0));
  assert.deepEqual(world.document.status, { kind: "live" });
});

test("what is no frame closes the connection, and harms nobody", { concurrency: false }, async (context) => {
  context.mock.method(console, "error", () => {});
  for (const bad of ["", "{", "7x", '{"t":"welcome","version":9}']) {
    const { client, socket } = await live();
    await socket.says(bad);
    assert.equal(client.status.kind, "reconnecting");
    assert.equal(socket.closed.code, 4400);
    assert.equal(client.text("n").text, "abc");
  }
  assert.equal(console.error.mock.callCount(), 4);
});

test("an update that does not fit makes the client load anew, later each time", async (context) => {
  context.mock.method(console, "error", () => {});
  const { socket, clock, document } = await live();
  await socket.says(update(1, [99, "x"]));
  await clock.advance(0);
  assert.deepEqual(socket.taken(), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 0, anew: true }]);
  await socket.says(snapshot(1, "right"), update(2, [99, "x"]));
  await clock.advance(199);
  assert.deepEqual(socket.taken(), []);
  await clock.advance(1);
  await socket.says(snapshot(2, "right!"));
  assert.equal(document.text, "right!");
});

test("others are seen while connected", async () => {
  const { socket, document, clock } = await live();
  document.share({ name: "Me", at: 0 });
  document.share({ name: "Me", at: 1 });
  await clock.advance(50);
  assert.deepEqual(socket.taken(), [{ t: "share", doc: "n", state: { name: "Me", at: 1 } }]);
  const presence = (client, state) => ({ t: "presence", doc: "n", client, state });
  await socket.says(presence("bob", { name: "Bob" }), presence("cy", { name: "Cy" }), presence("bob", null));
  assert.deepEqual([...document.presence], [["cy", { name: "Cy" }]]);
  await socket.ends(1006);
  assert.equal(document.presence.size, 0);
});

test("undo takes back what was done here, and nothing else", async () => {
  const { socket, document } = await live("abc");
  document.insert(3, " mine");
  document.separateUndo();
  document.delete(0, 1);
  await settle();
  await socket.says(update(1, [1, "-bob-"], { base: 0 }));
  assert.equal(document.text, "-bob-bc mine");
  document.undo();
  assert.equal(document.text, "a-bob-bc mine");
  document.undo();
  assert.equal(document.text, "a-bob-bc");
  assert.equal(document.canUndo, false);
  document.redo();
  document.redo();
  assert.equal(document.text, "-bob-bc mine");
});

test("what an editor replaces is counted in its units, and half a character is none", async () => {
  const { document } = await live("a😀b");
  document.replace(3, 3, "\ud83d");
  assert.equal(document.text, "a😀\ufffdb");
  document.replace(2, 3, "");
  assert.equal(document.text, "a\ufffdb");
});

test("what found the socket full is sent once it is not, whichever document filled it", async () => {
  const { client, clock, socket, document } = await live();
  const other = client.text("o");
  await socket.says(snapshot(0, "", { doc: "o" }));
  socket.taken();
  socket.bufferedAmount = 1 << 20;
  document.insert(0, "1");
  other.insert(0, "2");
  await clock.advance(120);
  assert.deepEqual(socket.taken(), []);
  socket.bufferedAmount = 0;
  await clock.advance(50);

  assert.deepEqual(socket.taken().map(({ doc, id }) => [doc, id]), [["n", 1], ["o", 1]]);
  await socket.says(durable(1, 1), { ...durable(1, 1), doc: "o" });
  assert.equal(client.pending, 0);
  await clock.advance(500);
  assert.deepEqual(socket.taken(), []);
});

test("a long text is sent in pieces, in order", async () => {
  const { socket, document } = await live("ab");
  const long = "😀".repeat(20_000);
  document.insert(1, long);
  await settle();
  assert.equal(document.text, `a${long}b`);
  const sent = socket.taken();
  assert.deepEqual(sent.map(({ change }) => change.op[0]), [1, 8193, 16_385]);
  document.undo();
  assert.equal(document.text, "ab");
});

const bytes = (frame) => Buffer.byteLength(JSON.stringify(frame));

/** Acknowledges all that is pending, as it comes; the answer is what was sent for it. */
async function acknowledgeAll({ socket, document }, seq = document.sequence) {
  const all = [];
  while (document.pending > 0) {
    const sent = socket.taken().filter(({ t }) => t === "mutate");
    assert.notEqual(sent.length, 0, `${document.pending} are pending, and nothing is sent`);
    all.push(...sent);
    await socket.says(...sent.map(({ id }) => durable(id, ++seq)));
  }
  return all;
}

test("what is put in at many places is sent in pieces, none of which is too long", async () => {
  const { document, socket } = await live("-".repeat(3000));
  const parts = Array.from({ length: 3000 }, (_, n) => [n % 100 === 0 ? "漢😀".repeat(500) : "x", n % 2 === 0 ? 1 : { d: 1 }]).flat();
  const expected = new sync.SharedText(document.text).apply(parts).string;
  document.edit(parts);
  await settle();
  const sent = await acknowledgeAll({ document, socket });

  assert.equal(document.text, expected);
  assert.equal(sent.reduce((text, { change }) => text.apply(change.op), new sync.SharedText("-".repeat(3000))).string, expected);
  assert.ok(Math.max(...sent.map(bytes)) < 65_536 && sent.length < 20, `${sent.length}, of ${Math.max(...sent.map(bytes))} at most`);
});

test("what is pending stays in pieces after a snapshot, however much it is", async () => {
  const outbox = new MemoryOutbox("me");
  const world = await live("abc", { outbox });
  await world.socket.ends(1006);
  for (let n = 0; n < 30; n++) {
    world.document.insert(0, "pasted ".repeat(6000));
  }
  await world.clock.advance(200);
  const socket = await connected(world, 1);
  socket.taken();
  await socket.says(snapshot(9, "abcd", { epoch: "e2" }));
  const again = await SyncClient.open({ url: "ws://hub", outbox, clock: new Clock(), socket: () => new Socket() });
  assert.deepEqual([again.text("n").pending, again.text("n").text], [world.document.pending, world.document.text]);
  const sent = await acknowledgeAll({ socket, document: world.document });

  const text = sent.reduce((all, { change }) => all.apply(change.op), new sync.SharedText("abcd")).string;
  assert.ok(text === "pasted ".repeat(180_000) + "abcd" && text === world.document.text);
  assert.ok(Math.max(...sent.map(bytes)) < 65_536, `${Math.max(...sent.map(bytes))} bytes at once`);
});

test("what follows a refused change stays in pieces, however much it is", async () => {
  const { socket, document } = await live("abc");
  document.insert(0, "x");
  document.insert(1, "漢".repeat(400_000));
  await settle();
  const first = socket.taken();
  await socket.says(rejected(1), ...first.slice(1).map(({ id }) => rejected(id, "superseded")));
  const sent = await acknowledgeAll({ socket, document });

  const text = sent.reduce((all, { change }) => all.apply(change.op), new sync.SharedText("abc")).string;
  assert.ok(text === "漢".repeat(400_000) + "abc" && text === document.text);
  assert.equal(sent[0].id, first.at(-1).id + 1);
  assert.ok(Math.max(...sent.map(bytes)) < 65_536, `${Math.max(...sent.map(bytes))} bytes at once`);
});

test("a change that is larger than the hub takes is refused here, and what follows is sent", async () => {
  const outbox = new MemoryOutbox("me");
  const world = await opened({ outbox });
  const record = world.client.record("n");
  const refusals = told(record, "refused");
  record.set("/first", 1);
  const large = record.set("/large", "漢".repeat(30_000)); // made before it is known what the hub takes
  const small = record.set("/small", 3);
  const socket = await connected(world);
  socket.taken();
  await socket.says(snapshot(0, "", { state: { version: 0, author: "", others: 0 } }));
  const { kind, code } = await large;

  assert.deepEqual([kind, code, refusals.map((each) => each.id)], ["refused", "too-large", [2]]);
  assert.deepEqual(socket.taken().map(({ t, id, after, change }) => [t, id, after, change.path]), [["mutate", 1, 0, "/first"], ["mutate", 2, 0, "/small"]]);
  assert.deepEqual([record.value, record.pending], [{ first: 1, small: 3 }, 2]);
  const again = await SyncClient.open({ url: "ws://hub", outbox, clock: new Clock(), socket: () => new Socket() });
  assert.deepEqual([again.record("n").value, again.record("n").pending], [record.value, 2]);
  await socket.says(durable(1, 1), durable(2, 2));
  assert.deepEqual([await small, record.pending, socket.closed], [{ kind: "saved", seq: 2 }, 0, null]);
});

test("where the outbox fails nothing is sent until it works again", async (context) => {
  context.mock.method(console, "error", () => {});
  const outbox = new MemoryOutbox("me");
  const { socket, document, clock } = await live("abc", { outbox });
  const append = outbox.append;
  outbox.append = async () => {
    throw new Error("The disk is full.");
  };
  document.insert(0, "x");
  await clock.advance(1000);
  assert.deepEqual([document.text, document.unsaved, socket.taken()], ["xabc", 1, []]);
  outbox.append = append;
  await clock.advance(600);
  assert.deepEqual([document.unsaved, socket.taken().length], [0, 1]);
  assert.equal(console.error.mock.callCount(), 1);
});

test("a client that starts again has what it had, at every point", async () => {
  const outbox = new MemoryOutbox("me");
  const { socket, document, clock, client } = await live("abc", { outbox });
  const steps = [
    () => document.insert(0, "1"),
    () => socket.says(update(1, [3, "bob"], { base: 0 })),
    () => document.insert(2, "2"),
    () => socket.says(durable(1, 2)),
    () => socket.says(update(3, ["!"], { base: 0 })),
    () => document.delete(1, 2),
    () => socket.says(rejected(2)),
    () => socket.says(durable(4, 4, { op: [2, { d: 1 }], effect: [2, { d: 1 }] })),
  ];
  for (const step of steps) {
    await step();
    await clock.advance(1);
    const again = await SyncClient.open({ url: "ws://hub", outbox, clock: new Clock(), socket: () => new Socket() });
    assert.equal(again.text("n").text, document.text);
    assert.equal(again.text("n").pending, document.pending);
    assert.equal(again.text("n").sequence, document.sequence);
    assert.equal(again.id, client.id);
  }
});

test("the outbox does not grow with what is settled", async () => {
  const outbox = new MemoryOutbox("me");
  const { socket, document } = await live("abc", { outbox });
  for (let seq = 1; seq < 1000; seq++) {
    await socket.says(update(seq, ["x"]));
  }
  const { documents } = await outbox.open();
  assert.ok(documents.get("n").length < 130, `${documents.get("n").length} entries`);
  const again = await SyncClient.open({ url: "ws://hub", outbox, clock: new Clock(), socket: () => new Socket() });
  assert.equal(again.text("n").text, document.text);
});

for (const room of [{ frames: 40 }, { characters: 4_000 }]) {
  test(`no more is sent than the hub has room for: ${JSON.stringify(room)}`, async () => {
    const world = await opened();
    const text = world.client.text("n");
    const socket = await connected(world, 0, room);
    await socket.says(snapshot(0, ""));
    for (let n = 0; n < 90; n++) {
      text.insert(0, "x");
      await settle();
    }
    const all = socket.sent.splice(0); // the pings, too
    const sent = () => all.filter(({ t }) => t === "mutate").length;
    assert.ok(sent() > 5 && sent() < 25, `${sent()} are sent`);

    for (let round = 0; round < 50 && sent() < 90; round++) {
      await socket.says({ t: "pong", n: all.filter(({ t }) => t === "ping").at(-1).n });
      await settle();
      all.push(...socket.sent.splice(0));
    }
    assert.equal(sent(), 90);
  });
}

test("a change of more than half of what may wait goes when nothing else waits, and is not waited for in vain", async () => {
  const world = await opened();
  const [small, large] = [world.client.record("m"), world.client.record("n")];
  const socket = await connected(world, 0, { characters: 4_000 });
  const state = { version: 0, author: "", others: 0 };
  await socket.says(snapshot(0, "", { state }), { ...snapshot(0, "", { state }), doc: "m" });
  await socket.says({ t: "pong", n: 1000 });
  socket.sent.splice(0);
  small.set("/a", 1);
  await settle();
  large.set("/a", "x".repeat(3_000));
  await settle();
  assert.deepEqual(socket.sent.map(({ t, doc }) => [t, doc]), [["mutate", "m"], ["ping", undefined]]);
  await socket.says({ t: "pong", n: socket.sent.splice(0).at(-1).n });
  await settle();

  assert.deepEqual(socket.sent.map(({ t, doc }) => [t, doc]), [["mutate", "n"], ["ping", undefined]]);
});

test("who sends changes of any length has never more waiting than the hub said, and goes on", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomOf(seed);
    const world = await opened();
    const record = world.client.record("n");
    const room = { frames: 16 + Math.floor(random() * 50), characters: 2_000 + Math.floor(random() * 20_000) };
    const socket = await connected(world, 0, room);
    await socket.says(snapshot(0, "", { state: { version: 0, author: "", others: 0 } }));
    const waiting = [];
    let seq = 0;
    for (let step = 0; step < 600 && (step < 60 || record.pending > 0); step++) {
      if (step < 60) {
        record.set("/text", "x".repeat(Math.floor(room.characters * 0.9 * random() ** 3)));
        await settle();
      }
      for (const frame of socket.sent.splice(0)) {
        const length = [frame, ...waiting].reduce((sum, each) => sum + JSON.stringify(each).length, 0);
        const fits = waiting.length + 1 <= room.frames && length <= room.characters;
        assert.ok(waiting.length === 0 || fits, `seed ${seed}: ${waiting.length + 1} frames of ${length} wait, of ${JSON.stringify(room)}`);
        waiting.push(frame);
        step > 60 && random() < 0.5 && (await take());
      }
      for (let n = Math.floor(random() * 3); n >= 0; n--) {
        await take();
      }
    }
    assert.deepEqual([record.pending, seq], [0, 60], `seed ${seed}`);

    async function take() {
      const { t, n, id } = waiting.shift() ?? {};
      t === "ping" && (await socket.says({ t: "pong", n }));
      t === "mutate" && (await socket.says(durable(id, ++seq)));
    }
  }
});

test("what was done offline for long is sent in time that grows with it, and no faster", async () => {
  const acknowledged = async (count) => {
    const world = await live("");
    world.client.disconnect();
    const text = world.document;
    const record = world.client.record("r");
    for (let n = 0; n < count; n += 2) {
      text.insert(0, "x");
      text.delete(0, 1);
      n % 20 === 0 && record.set("/n", n);
    }
    world.client.connect();
    const socket = await connected(world, 1, { frames: 1 << 20, characters: 1 << 30 });
    await socket.says(resumed(0), { t: "snapshot", doc: "r", epoch: "e1", seq: 0, last: 0, refused: 0, state: { version: 0, author: "", others: 0 } });
    const begun = performance.now();
    for (let id = 1; id <= count; id++) {
      await socket.says(durable(id, id), ...(id <= count / 20 ? [{ ...durable(id, id), doc: "r" }] : []));
    }
    const spent = performance.now() - begun;
    assert.deepEqual([text.pending, record.pending, text.text, record.value.n], [0, 0, "", count - 20]);
    assert.equal(socket.taken().filter(({ t, doc }) => t === "mutate" && doc === "n").length, count);
    await world.client.close();
    return spent;
  };
  await acknowledged(1000);
  const [short, long] = [await acknowledged(4000), await acknowledged(32_000)];

  assert.ok(long < 24 * short + 1000, `8 times as much took ${short} and ${long} ms`);
});

test("more that is pending than a call has arguments is no matter", () => {
  const replica = new sync.TextReplica("me", () => {});
  for (let n = 0; n < 200_000; n++) {
    replica.edit({ op: [] });
  }
  for (let seq = 1; seq <= 300; seq++) {
    replica.take({ seq, client: "bob", id: seq, base: seq - 1, change: { op: ["x"] } });
  }
  assert.equal(replica.value.string, "x".repeat(300));
});

test("a record shows what is pending on top of what is confirmed", async () => {
  const world = await opened();
  const socket = await connected(world);
  const record = world.client.record("r");
  await socket.says({ t: "snapshot", doc: "r", epoch: "e1", seq: 1, last: 0, refused: 0, state: { value: { votes: 0.1 }, version: 1, author: "bob", others: 0 } });
  const first = record.increment("/votes", 0.2);
  const second = record.put({ votes: -1 }, 1);
  record.set("/by/name", "me");
  await settle();
  assert.deepEqual(record.value, { votes: -1, by: { name: "me" } });
  assert.deepEqual(socket.taken().filter(({ t }) => t === "mutate").map(({ change }) => change.op), ["increment", "put", "set"]);

  const change = { op: "increment", path: "/votes", by: 1 };
  await socket.says({ t: "update", doc: "r", seq: 2, client: "bob", id: 1, base: 1, change });
  assert.deepEqual(record.value, { votes: 1.3, by: { name: "me" } }); // what expected version 1 will be refused
  await socket.says({ t: "ack", doc: "r", id: 1, seq: 3, level: "durable" }, { t: "rejected", doc: "r", id: 2, code: "conflict", reason: "Newer." });
  assert.deepEqual(await first, { kind: "saved", seq: 3 });
  assert.equal((await second).code, "conflict");
  assert.deepEqual(record.value, { votes: 1.3, by: { name: "me" } });
  assert.deepEqual(socket.taken().map(({ id, after }) => [id, after]), [[4, 3]]);
  record.put({ votes: 2 }, record.version);
  record.put({ votes: 3 }, record.version); // on top of one's own is no conflict
  assert.deepEqual(record.value, { votes: 3 });
  record.set("/by/name", "me");
  assert.throws(() => record.increment("/by", 1), sync.RecordConflict);
  assert.throws(() => world.client.text("r"), TypeError);
});

const recordFrame = (value, more = "") => `{"t":"snapshot","doc":"r","epoch":"e1","seq":1,"last":0,"refused":0,"state":{"value":${value},"version":1,"author":"bob","others":0}${more}}`;

/** A client with a record, and what its socket was given, as it was. */
async function recordOf(value, options = {}) {
  const world = await opened(options);
  const socket = await connected(world);
  const record = world.client.record("r");
  const raw = [];
  const send = socket.send.bind(socket);
  socket.send = (text) => (raw.push(text), send(text));
  await socket.says(recordFrame(value));
  return { ...world, socket, record, raw };
}

test("numbers that JavaScript does not hold go through a record unharmed", async () => {
  const numbers = ["9007199254740993", "-1E400", "1e-400", "0.1234567890123456789012345678901234567890", "123456789012345678901234567890", "1.0000000000000000000"];
  const plainOnes = ["0.1", "1e21", "-0", "5e-324", "1.7976931348623157e308", "100000000000000000000", "0.30000000000000004"];
  const { socket, record, raw } = await recordOf(`{"exact":[${numbers}],"plain":[${plainOnes}],"text":"9007199254740993 \\"1e400\\" \\\\"}`);

  assert.deepEqual(record.value.exact.map(String), [...numbers.slice(0, -1), "1"]);
  assert.deepEqual(record.value.exact.map(typeOf), [...numbers.slice(0, -1).map(() => "RecordNumber"), "Number"]);
  assert.deepEqual(record.value.plain, plainOnes.map(Number));
  assert.equal(record.value.text, '9007199254740993 "1e400" \\');
  record.put({ ...record.value, more: [10n ** 25n, 7n] }, record.version);
  await settle();
  assert.match(raw.at(-1), /"exact":\[9007199254740993,-1E400,1e-400,0\.1234567890123456789012345678901234567890,123456789012345678901234567890,1\]/);
  assert.match(raw.at(-1), /"more":\[1e\+25,7\]/);
  assert.deepEqual(record.value.more, [1e25, 7]);
  await socket.says('{"t":"ack","doc":"r","id":1,"seq":2,"level":"durable"}');
  assert.equal(record.pending, 0);
  assert.ok(Object.isFrozen(record.value.exact));
  assert.throws(() => record.value.exact.push(1), TypeError);
});

const typeOf = (value) => value?.constructor.name;

test("what is counted and what is in a set is told apart by exact value", async () => {
  const { record } = await recordOf('{"n":9007199254740992,"set":[9007199254740993,0.1],"big":1E400}');
  record.increment("/n");
  assert.equal(String(record.value.n), "9007199254740993");
  record.increment("/n", -3);
  assert.equal(record.value.n, 9007199254740990);
  record.increment("/big", new sync.RecordNumber("-1e400"));
  assert.equal(record.value.big, 0);
  record.increment("/n", 10n ** 30n);
  assert.equal(String(record.value.n), "1000000000000009007199254740990");
  record.include("/set", new sync.RecordNumber("9007199254740993.0"));
  record.include("/set", 9007199254740992);
  record.exclude("/set", new sync.RecordNumber("0.10"));
  assert.deepEqual(record.value.set.map(String), ["9007199254740993", "9007199254740992"]);
  assert.throws(() => record.increment("/set"), sync.RecordConflict);
  assert.throws(() => record.increment("/n", "1"), TypeError);
  assert.throws(() => record.increment("/n", NaN), TypeError);
  assert.throws(() => record.set("/n", undefined), TypeError);
  assert.throws(() => record.set("", 1), TypeError);
  assert.throws(() => record.change({ op: "all", changes: [{ op: "all", changes: [] }] }), TypeError);
  assert.throws(() => record.increment("/n", new sync.RecordNumber("1e-1000")), sync.RecordConflict);
});

test("a number is what its digits say, however it is written", () => {
  const { RecordNumber, readJson, writeJson } = sync;
  const one = new RecordNumber("1E400");
  assert.ok(one.equals(new RecordNumber("10.0e399")));
  assert.ok(!one.equals(new RecordNumber("1E401")) && !one.equals(Infinity - Infinity || 1) && !one.equals("1E400"));
  assert.ok(new RecordNumber("2.50").equals(2.5));
  assert.deepEqual([String(one), Number(one), Object.isFrozen(one)], ["1E400", Infinity, true]);
  assert.equal(writeJson({ a: [one, 1n, "1E400"] }), '{"a":[1E400,1,"1E400"]}');
  assert.equal(JSON.stringify([one]), JSON.rawJSON === undefined ? '["1E400"]' : "[1E400]");
  for (const bad of ["01", "1.", ".5", "1e", "+1", "NaN", "0x10", "", " 1", "1E9999", "1E-10000", "9".repeat(1001)]) {
    assert.throws(() => new RecordNumber(bad), /number/, bad);
  }
  for (const bad of ["[1e400", "[01e400]", "[1.e400]", "[1e400 1e400]", '["\n 1e400"]', "[1E99999]", '{"a":12345678901234567890123']) {
    assert.throws(() => readJson(bad), bad);
  }
  const own = readJson('{"__proto__":1e400,"\\u0022":"1e400"}');
  assert.deepEqual([Object.keys(own), String(Object.values(own)[0])], [["__proto__", '"'], "1E400".toLowerCase()]);
});

test("numbers that are exact survive the page, whatever the outbox does to objects", async () => {
  const outbox = new MemoryOutbox("me");
  const { record, client } = await recordOf('{"n":9007199254740993}', { outbox });
  record.increment("/n", 9007199254740993n);
  await settle();
  await client.close();
  const again = await SyncClient.open({ url: "ws://hub", outbox, clock: new Clock(), socket: () => new Socket() });
  assert.equal(String(again.record("r").value.n), "18014398509481986");
  const { documents } = await outbox.open();
  assert.ok(documents.get("r").every((entry) => entry.k === "json"));
});

test("a record is merged three ways at once, and what nobody decides is a conflict", async () => {
  const { record, socket, raw } = await recordOf('{"title":"theirs","votes":5,"tags":["a","b"]}');
  const base = { title: "was", votes: 3, tags: ["a"] };
  const mine = { title: "was", votes: 4, tags: ["c"], by: "me" };
  const rules = { otherwise: "ask", fields: { "/votes": "counter", "/tags": "set" } };
  record.merge(base, mine, rules);
  assert.deepEqual(record.value, { title: "theirs", votes: 6, tags: ["b", "c"], by: "me" });
  await settle();
  assert.deepEqual(JSON.parse(raw.at(-1)).change, { op: "merge", base, mine, rules });
  assert.throws(() => record.merge(base, { ...mine, title: "mine" }, rules), (problem) => problem instanceof sync.RecordConflict && problem.message.includes("/title"));
  assert.throws(() => record.merge(base, mine, { otherwise: "guess" }), TypeError);
  await socket.says(JSON.stringify({ t: "update", doc: "r", seq: 2, client: "bob", id: 1, base: 1, change: { op: "increment", path: "/votes", by: 10 } }));
  assert.equal(record.value.votes, 16);
  await socket.says(JSON.stringify({ t: "ack", doc: "r", id: 1, seq: 3, level: "durable", change: { op: "put", value: { ...record.value } } }));
  assert.deepEqual([record.value.votes, record.pending, record.status], [16, 0, { kind: "live" }]);
  assert.deepEqual(socket.taken().filter(({ t }) => t === "subscribe").length, 1);
});

test("frames that come together are taken one by one, until one ends the connection", async () => {
  const { socket, document, client } = await live();

  await socket.says([update(1, ["x"]), update(2, ["y"])]);
  assert.equal(document.text, "yxabc");

  await socket.says([update(3, ["z"]), 7, update(4, ["!"])]);
  assert.equal(document.text, "zyxabc");
  assert.equal(client.status.kind, "reconnecting");
});

for (const message of ["[]", "[[]]", "7", "null", '[[{"t":"pong","n":1}]]']) {
  test(`a message that has no frame ends the connection: ${message}`, async () => {
    const { socket, client } = await live();

    await socket.says(message);

    assert.equal(client.status.kind, "reconnecting");
  });
}

test("changes that wait go together, in messages that are not too long", async () => {
  const { socket, document } = await live("");
  socket.bufferedAmount = 2 << 20;
  for (let n = 0; n < 20; n++) {
    document.insert(0, "x".repeat(2_000));
    await settle();
  }
  assert.deepEqual(socket.taken(), []);

  socket.bufferedAmount = 0;
  const before = socket.messages;
  document.insert(0, "e");
  await settle();

  const ids = socket.taken().map(({ id }) => id);
  assert.deepEqual(ids, Array.from({ length: 21 }, (_, n) => n + 1));
  assert.equal(socket.messages - before, 3); // of 40,000 characters and more, in 16,384 at most
});

test("a document that is closed is followed until the hub has everything of it", async () => {
  const { client, socket, document, clock } = await live();
  document.share({ name: "Me" });
  await clock.advance(50);
  document.insert(3, "d");
  await document.close();
  assert.throws(() => document.insert(0, "late"), /closed/);
  assert.deepEqual(socket.taken().map(({ t, state }) => [t, state]), [["share", { name: "Me" }], ["share", null], ["mutate", undefined]]);
  assert.equal(client.pending, 1);
  assert.equal(client.text("n"), document); // it has not ended yet
  await document.close();
  await socket.says(durable(1, 1));

  assert.deepEqual(socket.taken().map(({ t }) => t), ["unsubscribe"]);
  assert.deepEqual([client.pending, client.storedDocuments], [0, ["n"]]);
  await socket.says(update(2, ["late"]), { t: "error", doc: "n", code: "order", reason: "It is not subscribed." });
  const again = client.text("n");
  assert.notEqual(again, document);
  assert.deepEqual([again.text, again.sequence, again.pending], ["abcd", 1, 0]);
  assert.deepEqual(socket.taken(), [{ t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 1 }]);
  await socket.says(resumed(1, { last: 1 }), update(2, ["late"]));
  again.insert(0, "2");
  await settle();
  assert.deepEqual([again.text, socket.taken().map(({ id }) => id)], ["2lateabcd", [2]]);
});

/** An outbox whose writes end when the test says so. */
class SlowOutbox extends MemoryOutbox {
  gate = null;

  async append(document, entries) {
    await this.gate;
    return super.append(document, entries);
  }

  /** Holds what is written from now on; the answer lets it go. */
  hold() {
    let release;
    this.gate = new Promise((resolve) => (release = resolve));
    return async () => {
      release();
      this.gate = null;
      await settle();
    };
  }
}

test("a document that is opened again before the outbox has written is followed again", async () => {
  const outbox = new SlowOutbox("me");
  const { client, socket, document } = await live("abc", { outbox });
  const release = outbox.hold();
  await socket.says(update(1, ["x"]));
  document.close();
  assert.equal(client.text("n"), document);
  assert.deepEqual(socket.taken().map(({ t, seq }) => [t, seq]), [["unsubscribe", undefined], ["subscribe", 1]]);
  await release();
  await socket.says(resumed(1), update(2, ["y"]));
  document.insert(0, "mine ");
  await settle();

  assert.deepEqual([document.status, document.text], [{ kind: "live" }, "mine yxabc"]);
  assert.deepEqual(socket.taken().map(({ t, id }) => [t, id]), [["mutate", 1]]);
});

test("what answers a subscription that was ended makes nothing live", async () => {
  const outbox = new SlowOutbox("me");
  const { socket, document } = await live("abc", { outbox });
  const release = outbox.hold();
  await socket.says(update(1, ["x"]), update(3, ["z"])); // a hole, which is asked for
  document.close();
  assert.deepEqual(socket.taken().map(({ t }) => t), ["subscribe", "unsubscribe"]);
  await socket.says(resumed(1), { t: "presence", doc: "n", client: "bob", state: {} }, snapshot(5, "other"));
  await socket.says({ t: "lapsed", doc: "n", code: "unavailable", reason: "Come again.", retry: 50 });
  assert.deepEqual([document.status.kind, document.presence.size, document.text], ["behind", 0, "xabc"]);
  await release();

  assert.deepEqual(socket.taken(), []);
});

test("of two answers to two subscriptions the second changes nothing that is under way", async () => {
  const { client, socket, clock } = await live("abc");
  client.text("m").close();
  const document = client.text("m"); // as a view that is made twice
  assert.deepEqual(socket.taken().map(({ t }) => t), ["subscribe", "unsubscribe", "subscribe"]);
  const state = { ...snapshot(3, "text"), doc: "m" };
  await socket.says(state);
  document.insert(0, "1");
  await settle();
  document.insert(0, "2");
  await settle();
  await socket.says(state);
  assert.deepEqual(socket.taken().map(({ t, id }) => [t, id]), [["mutate", 1], ["mutate", 2]]);
  await socket.says({ ...durable(1, 4), doc: "m" }, { ...durable(2, 5), doc: "m" });
  assert.deepEqual([document.text, document.pending, document.sequence], ["21text", 0, 5]);

  await socket.says({ ...state, seq: 7 }); // what came between is not known
  assert.deepEqual(socket.taken().map(({ t, seq }) => [t, seq]), [["subscribe", 5]]);
  assert.equal(clock.time, 0);
});

test("the outbox does not grow with how often a document is opened", async () => {
  const outbox = new MemoryOutbox("me");
  const { client, socket, document } = await live("abc", { outbox });
  await document.close();
  for (let n = 0; n < 300; n++) {
    const view = client.text("n");
    await socket.says(resumed(0));
    await view.close();
  }
  const { documents } = await outbox.open();

  assert.ok(documents.get("n").length < 130, `${documents.get("n").length} entries`);
  const again = await SyncClient.open({ url: "ws://hub", outbox, clock: new Clock(), socket: () => new Socket() });
  assert.equal(again.text("n").text, "abc");
});

test("an outbox that could not be shortened is shortened later", async (context) => {
  context.mock.method(console, "error", () => {});
  const outbox = new MemoryOutbox("me");
  const replace = outbox.replace;
  const { socket, clock } = await live("abc", { outbox });
  outbox.replace = async () => {
    throw new Error("The disk is full.");
  };
  let seq = 0;
  while (console.error.mock.callCount() === 0) {
    await socket.says(update(++seq, ["x"]));
  }
  outbox.replace = replace;
  await clock.advance(1000);
  await socket.says(update(++seq, ["x"]));
  const { documents } = await outbox.open();

  assert.deepEqual(documents.get("n").map(({ k }) => k), ["reset"]);
});

test("what is closed and opened again is in the outbox as what it is", async () => {
  const outbox = new MemoryOutbox("me");
  const { client, socket, document } = await live("abc", { outbox });
  document.insert(3, "d");
  await settle();
  await socket.says(durable(1, 1));
  await document.close();
  const again = client.text("n");
  await socket.says(resumed(1, { last: 1 }));
  again.insert(4, "e");
  await again.close();
  await client.close();
  const next = await opened({ outbox });
  const last = await connected(next);
  const text = next.client.text("n");
  assert.deepEqual([text.text, text.pending, text.sequence], ["abcde", 1, 1]);
  assert.deepEqual(last.taken().at(-1), { t: "subscribe", doc: "n", type: "text", epoch: "e1", seq: 1 });
  await last.says(resumed(1, { last: 1 }));
  assert.deepEqual(last.taken().map(({ id, change }) => [id, change.op]), [[2, [4, "e"]]]);
});

test("long numbers cost what their digits cost", () => {
  const text = JSON.stringify({ all: Array(2000).fill("#") }).replaceAll('"#"', `1${"0".repeat(990)}1`);
  const begun = process.cpuUsage();
  assert.equal(sync.writeJson(sync.readJson(text)), text);
  const { user } = process.cpuUsage(begun);
  assert.ok(user / 1000 < 300, `${user / 1000} ms`);
});
