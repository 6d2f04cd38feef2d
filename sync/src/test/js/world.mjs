// What a client lives in, made of nothing but queues: a clock that is moved by hand, sockets whose other
// end is a script, and a hub that follows docs/sync-protocol.md in the plainest way.
import { sync } from "./module.mjs";

const { codePoints, readDelta, SharedText, TextLog } = sync;

/** All that was promised so far is done. */
export async function settle() {
  await new Promise((resolve) => setImmediate(resolve));
}

export class Clock {
  time = 0;
  #timers = new Map();
  #next = 1;

  now = () => this.time;

  setTimeout = (task, millis) => {
    this.#timers.set(this.#next, { at: this.time + millis, task });
    return this.#next++;
  };

  clearTimeout = (timer) => this.#timers.delete(timer);

  get waiting() {
    return [...this.#timers.values()].map(({ at }) => at - this.time).sort((a, b) => a - b);
  }

  async advance(millis) {
    const end = this.time + millis;
    await settle();
    for (let due = this.#due(end); due !== null; due = this.#due(end)) {
      const { at, task } = this.#timers.get(due);
      this.#timers.delete(due);
      this.time = Math.max(this.time, at);
      task();
      await settle();
    }
    this.time = end;
  }

  #due(end) {
    const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
    return due.length === 0 ? null : due[0][0];
  }
}

/** A socket whose other end is the test. */
export class Socket {
  sent = [];
  messages = 0;
  closed = null;
  bufferedAmount = 0;

  constructor(url, protocol) {
    this.url = url;
    this.protocol = protocol;
  }

  send(text) {
    this.messages++;
    for (const frame of [JSON.parse(text)].flat()) {
      this.sent.push(frame);
      this.onsend?.(frame);
    }
  }

  close(code, reason) {
    this.closed ??= { code, reason };
    this.onleave?.(code);
  }

  async open() {
    this.onopen();
    await settle();
    return this;
  }

  async says(...frames) {
    for (const frame of frames) {
      this.onmessage({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
    }
    await settle();
  }

  async ends(code, reason = "") {
    this.onclose({ code, reason });
    await settle();
  }

  /** What was sent since the last time, without heartbeats. */
  taken() {
    return this.sent.splice(0).filter(({ t }) => t !== "ping" && t !== "pong");
  }
}

/** A text on the hub: every event knows all events of its context. */
class HubText {
  #log = new TextLog();
  #text = new SharedText("");
  #contexts = []; // of each event: the events that it knew
  #clients = [];
  #bases = [];

  snapshot() {
    return { text: this.#text.string };
  }

  judge({ client, base, change }) {
    const operation = readDelta(change.op);
    if (base < Math.max(0, ...this.#bases.filter((_, event) => this.#clients[event] === client).slice(-1))) {
      return { code: "base", reason: "Its author had taken in more before." };
    }
    const effect = this.#add(client, base, operation);
    if (effect === null) {
      return { code: "invalid", reason: "It does not fit." };
    }
    const same = JSON.stringify(effect) === JSON.stringify(operation);
    return { change: same ? { op: operation } : { op: operation, effect } };
  }

  #add(client, base, operation) {
    const context = new Set();
    this.#clients.forEach((author, event) => (event < base || author === client) && context.add(event));
    const parents = [...context].filter((event) => ![...context].some((other) => this.#contexts[other].has(event)));
    const effect = this.#log.add(client, parents, operation);
    this.#contexts.push(context);
    this.#clients.push(client);
    this.#bases.push(base);
    this.#text = this.#text.apply(effect);
    return effect;
  }

  /** From where on everything was made after all before. */
  context(sequence) {
    let from = sequence;
    while (from > 0 && this.#bases.slice(from).some((base) => base < from)) {
      from--;
    }
    return from;
  }
}

/** A number that everybody adds to; negative sums are refused. */
class HubSum {
  #state = { value: undefined, version: 0, author: "", others: 0 };
  #sequence = 0;

  snapshot() {
    return this.#state;
  }

  judge({ client, change }) {
    const record = new sync.RecordReplica("hub", () => {});
    record.reset(this.#sequence, this.#state, 0);
    try {
      record.take({ seq: this.#sequence + 1, client, change });
    } catch (problem) {
      return { code: "conflict", reason: String(problem), current: this.#state };
    }
    if (Object.values(record.value.value ?? {}).some((each) => each < 0)) {
      return { code: "invalid", reason: "It would be negative." };
    }
    this.#state = record.value;
    this.#sequence++;
    return { change };
  }

  context(sequence) {
    return sequence;
  }
}

/** A hub that stores at once. What it keeps survives a restart. */
export class Hub {
  epoch = "e1";
  documents = new Map();
  refuse = () => null; // a test says what it does not want
  #sessions = new Map();

  /** A connection of a client; tell sends a frame to it. */
  connect(tell, close) {
    const session = { client: "", tell, close, subscribed: new Set() };
    return {
      heard: (frame) => this.#heard(session, frame),
      ended: () => this.#ended(session),
    };
  }

  #ended(session) {
    if (this.#sessions.get(session.client) === session) {
      this.#sessions.delete(session.client);
    }
    session.subscribed.clear();
  }

  restart() {
    [...this.#sessions.values()].forEach((session) => {
      this.#ended(session);
      session.close(1012, "retry-after=100");
    });
  }

  /** Ends a subscription, as when storage fails; what is on its way to it is lost. */
  lapse(client, doc) {
    const session = this.#sessions.get(client);
    if (session?.subscribed.delete(doc)) {
      session.tell({ t: "lapsed", doc, code: "unavailable", reason: "Come again.", retry: 50 });
    }
  }

  /** Knows nothing more of a client that is away but that it was there. */
  forget(client) {
    for (const document of this.documents.values()) {
      if (document.last.delete(client)) {
        document.refused.delete(client);
        document.refusals.delete(client);
        document.forgotten.add(client);
      }
    }
  }

  document(name) {
    const known = this.documents.get(name);
    const made = known ?? { events: [], last: new Map(), refused: new Map(), refusals: new Map(), forgotten: new Set(), state: null };
    this.documents.set(name, made);
    return made;
  }

  #heard(session, frame) {
    const { t, doc } = frame;
    if (t === "hello") {
      this.#sessions.get(frame.client)?.close(4409, "");
      session.client = frame.client;
      this.#sessions.set(frame.client, session);
      session.tell({ t: "welcome", version: 1, session: "s", heartbeat: 1000, largest: 1 << 20, frames: 4096, characters: 1 << 23 });
    } else if (this.#sessions.get(session.client) !== session) {
      // Of a connection that is over.
    } else if (t === "subscribe") {
      this.#subscribe(session, frame, this.document(doc));
    } else if (t === "unsubscribe") {
      session.subscribed.delete(doc);
    } else if (t === "mutate" && session.subscribed.has(doc)) {
      this.#mutate(session, frame, this.document(doc));
    } else if (t === "ask-history") {
      const after = this.document(doc).state.context(frame.after);
      const events = this.document(doc).events.slice(after, frame.until);
      session.tell({ t: "history", doc, after, events: events.map(({ t: _t, doc: _d, ...event }) => event) });
    } else if (t === "ping") {
      session.tell({ t: "pong", n: frame.n });
    } else if (t === "share") {
      this.#others(session, doc).forEach((each) =>
        each.tell({ t: "presence", doc, client: session.client, state: frame.state }));
    }
  }

  #others(session, doc) {
    return [...this.#sessions.values()].filter((each) => each !== session && each.subscribed.has(doc));
  }

  #subscribe(session, { doc, type, epoch, seq, anew }, document) {
    if (document.forgotten.has(session.client) && epoch !== undefined) {
      session.tell({ t: "lapsed", doc, code: "forgotten", reason: "It was away for too long.", retry: -1 });
      return;
    }
    document.forgotten.delete(session.client);
    document.state ??= type === "text" ? new HubText() : new HubSum();
    session.subscribed.add(doc);
    const at = { doc, epoch: this.epoch, last: document.last.get(session.client) ?? 0, refused: document.refused.get(session.client) ?? 0 };
    if (epoch === this.epoch && seq <= document.events.length && !anew) {
      session.tell({ t: "resumed", ...at, seq });
      document.events.slice(seq).forEach((event) => session.tell(this.#toldTo(session, event)));
    } else {
      session.tell({ t: "snapshot", ...at, seq: document.events.length, state: document.state.snapshot() });
    }
  }

  #toldTo(session, event) {
    const { doc, id, seq, change, client } = event;
    return client === session.client ? { t: "ack", doc, id, seq, level: "durable", change } : event;
  }

  #mutate(session, { doc, epoch, id, base, after, change }, document) {
    const { client } = session;
    const last = document.last.get(client) ?? 0;
    if (epoch !== this.epoch || id > last + 1) {
      session.subscribed.delete(doc);
      session.tell({ t: "lapsed", doc, code: epoch === this.epoch ? "gap" : "epoch", reason: "Subscribe again.", retry: 0 });
      return;
    } else if (id <= last) {
      this.#repeat(session, document, id);
      return;
    }
    document.last.set(client, id);
    const superseded = after < (document.refused.get(client) ?? 0) && { code: "superseded", reason: "It was built on what was refused." };
    const ahead = base > document.events.length && { code: "base", reason: "It was made after what there is not." };
    const verdict = superseded || ahead || this.refuse({ doc, client, change }) || document.state.judge({ client, base, change });
    if (verdict.code !== undefined) {
      this.#rejected(session, document, { t: "rejected", doc, id, ...verdict });
      return;
    }
    const event = { t: "update", doc, seq: document.events.length + 1, client, id, base, change: verdict.change };
    document.events.push(event);
    session.tell({ t: "ack", doc, id, seq: event.seq, level: "applied" });
    session.tell(this.#toldTo(session, event));
    this.#others(session, doc).forEach((each) => each.tell(event));
  }

  /** As the first time; what took place comes in its place in the sequence, if it is still to come. */
  #repeat(session, document, id) {
    const refusal = document.refusals.get(session.client)?.find((each) => each.id === id);
    const event = document.events.find((each) => each.id === id && each.client === session.client);
    session.tell(refusal ?? this.#toldTo(session, event));
  }

  #rejected(session, document, refusal) {
    document.refused.set(session.client, refusal.id);
    document.refusals.set(session.client, [...(document.refusals.get(session.client) ?? []), refusal]);
    session.tell(refusal);
  }
}

/** Between clients and a hub: frames take their time, in order, until a connection is cut. */
export class Network {
  blackhole = false; // for what is sent from now on: half-open
  filter = (frame) => [frame]; // what comes of a frame of the hub, for faults within a connection
  #clock;
  #hub;
  #random;
  #cuts = new Set();

  constructor(clock, hub, random) {
    this.#clock = clock;
    this.#hub = hub;
    this.#random = random;
  }

  socket = (url, protocol) => {
    const socket = new Socket(url, protocol);
    const line = { up: true, arrival: [0, 0], lost: [false, false] };
    const side = this.#hub.connect(
      (frame) => this.#filtered(structuredClone(frame)).forEach((each) =>
        this.#later(line, 0, () => socket.onmessage({ data: JSON.stringify(each) }))),
      (code, reason) => this.#later(line, 0, () => this.#cut(line, socket, side, code, reason)),
    );
    socket.onsend = (frame) => this.#later(line, 1, () => side.heard(structuredClone(frame)));
    socket.onleave = (code) => this.#cut(line, socket, side, code, "", true);
    this.#cuts.add(() => this.#cut(line, socket, side, 1006, ""));
    this.#later(line, 1, () => socket.onopen());
    return socket;
  };

  cut() {
    [...this.#cuts].forEach((each) => each());
    this.#cuts.clear();
  }

  #filtered(frame) {
    return this.filter(frame);
  }

  #later(line, direction, task) {
    line.lost[direction] ||= this.blackhole; // after a frame that is lost, none of its connection comes
    if (line.lost[direction]) {
      return;
    }
    const earliest = this.#clock.time + this.#random() * 50;
    line.arrival[direction] = Math.max(line.arrival[direction] + 0.001, earliest);
    this.#clock.setTimeout(() => line.up && task(), line.arrival[direction] - this.#clock.time);
  }

  #cut(line, socket, side, code, reason, ownWish = false) {
    if (line.up) {
      line.up = false;
      side.ended();
      ownWish || socket.onclose({ code, reason });
    }
  }
}

export { codePoints };
