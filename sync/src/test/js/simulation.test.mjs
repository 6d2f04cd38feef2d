import assert from "node:assert/strict";
import { test } from "node:test";
import { randomOf, sync } from "./module.mjs";
import { Clock, codePoints, Hub, Network, settle } from "./world.mjs";

const { MemoryOutbox, SyncClient } = sync;
const SEEDS = Number(process.env.STATEWARD_SEEDS ?? 300);
const FIRST = Number(process.env.STATEWARD_SEED ?? 1);
const LETTERS = ["a", "b", "😀", "𝄞", "日本", "xyz"];

/** Several clients, a hub, and everything that goes wrong between them, by one seed. */
class Run {
  clock = new Clock();
  hub = new Hub();
  people = [];
  tokens = new Map(); // what was put in once each: by whom, in order
  refused = new Set();
  doubtful = new Set(); // told that nobody knows what became of them
  superseded = 0; // changes that were told to be refused for nothing but another one's refusal
  static doubtful = 0;
  snapshots = false; // only what a snapshot took out of the text may be told so

  constructor(seed) {
    this.random = randomOf(seed);
    this.network = new Network(this.clock, this.hub, this.random);
    this.faulty = this.random() < 0.5;
    this.refusing = this.random() < 0.4;
    this.hub.refuse = ({ change }) =>
      this.refusing && JSON.stringify(change).includes("7") && { code: "forbidden", reason: "No sevens." };
  }

  async begin(count) {
    for (let n = 0; n < count; n++) {
      const person = { name: `p${n}`, outbox: new MemoryOutbox(`client-${n}`), tokens: 0, network: this.ownNetwork() };
      this.people.push(person);
      await this.open(person);
    }
  }

  ownNetwork() {
    return new Network(this.clock, this.hub, this.random);
  }

  async open(person) {
    person.client = await SyncClient.open({
      url: "ws://hub",
      outbox: person.outbox,
      clock: this.clock,
      random: this.random,
      socket: person.network.socket,
    });
    person.text = person.client.text("text");
    person.tokensText = person.client.text("tokens");
    person.sum = person.client.record("sum");
    person.tokensText.on("refused", ({ change, code }) =>
      (code === "forgotten" ? this.doubtful : this.refused).add(JSON.stringify(change)));
    [person.text, person.tokensText, person.sum].forEach((each) =>
      each.on("refused", ({ code }) => code === "superseded" && this.superseded++));
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  async step() {
    const person = this.pick(this.people);
    const dice = this.random();
    if (dice < 0.45) {
      this.edit(person.text);
    } else if (dice < 0.6) {
      this.token(person);
    } else if (dice < 0.68) {
      this.change(person.sum);
    } else if (dice < 0.92) {
      await this.clock.advance(this.random() * 200);
    } else {
      await this.fault(person);
    }
  }

  edit(text) {
    const length = codePoints(text.text);
    const at = Math.floor(this.random() * (length + 1));
    if (this.random() < 0.1) {
      text.undo();
    } else if (this.random() < 0.3 && at < length) {
      text.delete(at, Math.min(length - at, 1 + Math.floor(this.random() * 5)));
    } else {
      text.insert(at, this.pick(LETTERS) + (this.random() < 0.1 ? "7" : ""));
    }
  }

  /** A line at the end, so that each author's lines stay in order. */
  token(person) {
    const token = `${person.name}:${++person.tokens}`;
    this.tokens.set(token, person.name);
    person.tokensText.insert(codePoints(person.tokensText.text), `${token}\n`);
  }

  change(sum) {
    try {
      sum.increment(`/${this.pick(["x", "y"])}`, this.pick([1, 2, 0.1, -1]));
    } catch (problem) {
      assert.ok(problem instanceof sync.RecordConflict, problem);
    }
  }

  async fault(person) {
    const dice = this.random();
    if (dice < 0.1) {
      this.reopen(person);
    } else if (dice < 0.4) {
      person.network.cut();
    } else if (dice < 0.55) {
      person.network.blackhole = !person.network.blackhole;
    } else if (dice < 0.7) {
      this.hub.restart();
    } else if (dice < 0.78) {
      this.hub.lapse(person.client.id, this.pick(["text", "tokens", "sum"]));
    } else if (dice < 0.87) {
      await this.restart(person);
    } else if (dice < 0.885) {
      this.token(person);
      this.token(person);
      await this.clock.advance(this.random() * 100); // some are on their way, or their answers are
      person.network.cut();
      this.hub.forget(person.client.id);
      this.snapshots = true;
    } else if (dice < 0.9) {
      this.hub.epoch = `e${this.random()}`;
      this.snapshots = true;
      this.people.forEach(({ network }) => network.cut());
    } else if (this.faulty) {
      person.network.filter = this.pick([(frame) => [frame], (frame) => this.mangled(frame)]);
    }
  }

  /** A hub, or what lies before it, that loses and repeats what it says. */
  mangled(frame) {
    const dice = this.random();
    return frame.t !== "update" || dice < 0.7 ? [frame] : dice < 0.85 ? [] : [frame, structuredClone(frame)];
  }

  /** One view of a text goes, and the next one comes in the same moment. */
  reopen(person) {
    const visible = person.text.text;
    person.text.close();
    person.text = person.client.text("text");
    assert.equal(person.text.text, visible, "what was visible before it was closed");
  }

  async restart(person) {
    const visible = person.text.text;
    await settle();
    await person.client.close();
    await this.open(person);
    assert.equal(person.text.text, visible, "what was visible before the restart");
  }

  async heal() {
    this.people.forEach(({ network }) => {
      network.blackhole = false;
      network.filter = (frame) => [frame];
      this.faulty && network.cut(); // a loss at the very end shows only when something follows
    });
    for (let second = 0; second < 300 && !this.isQuiet(); second++) {
      await this.clock.advance(1000);
    }
    assert.ok(this.isQuiet(), `converges within minutes: ${this.told()}`);
  }

  isQuiet() {
    const positions = ["text", "tokens", "sum"].map((name) => this.hub.document(name).events.length);
    return this.people.every(({ client, text, tokensText, sum }) =>
      client.pending === 0 && [text, tokensText, sum].every(
        (document, at) => document.status.kind === "live" && document.sequence === positions[at]));
  }

  told() {
    return this.people.map(({ client, text, tokensText, sum }) =>
      [client.status.kind, ...[text, tokensText, sum].map((each) => `${each.status.kind} ${each.pending} ${each.sequence}`)].join()).join(" | ");
  }

  check() {
    const stateOf = (name) => this.hub.document(name).state.snapshot();
    for (const { text, tokensText, sum } of this.people) {
      assert.equal(text.text, stateOf("text").text);
      assert.equal(tokensText.text, stateOf("tokens").text);
      assert.deepEqual(sum.value, stateOf("sum").value);
    }
    const lines = stateOf("tokens").text.split("\n").slice(0, -1);
    const [refused, doubtful] = [[...this.refused].join(), [...this.doubtful].join()];
    const tokens = [...this.tokens.keys()].filter((token) => !refused.includes(`${token}\\n`));
    const certain = tokens.filter((token) => !doubtful.includes(`${token}\\n`));
    assert.equal(new Set(lines).size, lines.length, "none twice");
    assert.deepEqual(lines.filter((line) => certain.includes(line)).sort(), certain.sort(), "each once");
    assert.ok(lines.every((line) => tokens.includes(line)), "nothing that was refused");
    Run.doubtful += tokens.length - certain.length;
    this.snapshots || assert.equal(this.superseded, 0, "nothing is lost by the refusal of something else");
  }
}

async function run(seed) {
  const world = new Run(seed);
  await world.begin(2 + (seed % 3));
  for (let n = 0; n < 120; n++) {
    await world.step();
  }
  await world.heal();
  world.check();
  await Promise.all(world.people.map(({ client }) => client.close()));
}

test(`${SEEDS} seeds converge, with each change once`, async (context) => {
  const errors = context.mock.method(console, "error", () => {});
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    try {
      await run(seed);
      assert.deepEqual(errors.mock.calls.map((call) => call.arguments), [], "nothing went wrong that was not meant to");
    } catch (failure) {
      throw new Error(`Seed ${seed} (STATEWARD_SEED=${seed} STATEWARD_SEEDS=1): ${failure.message}`, { cause: failure });
    }
  }
  assert.ok(SEEDS < 100 || Run.doubtful > SEEDS / 10, `${Run.doubtful} changes of which nobody knows what became of them`);
});
