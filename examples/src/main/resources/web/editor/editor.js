// The shared text: a text box, the library's client behind it, and the faults between that and the server.

import { SyncClient } from "/stateward-sync.js";
import { badge, excerpt, toggle } from "/shared/elements.js";
import { Binding } from "/editor/binding.js";
import { Cursors } from "/editor/cursors.js";
import { Faults } from "/editor/faults.js";
import { History } from "/editor/history.js";
import { People, Self } from "/editor/people.js";

const $ = (id) => document.getElementById(id);
const as = new URLSearchParams(location.search).get("as") ?? "";
const box = $("text");

const self = new Self();
const faults = new Faults();
const log = new History($("log"));
const cursors = new Cursors($("mirror"));
const people = new People($("people"), announce);

const address = `ws://${location.host}/sync${as === "" ? "" : `?as=${encodeURIComponent(as)}`}`;

// tag: open
const client = await SyncClient.open({
  url: address,
  name: `stateward-editor-${as}`, // of the database with the outbox: one for each hub and person
  socket: faults.socket, // leave this out: it is what the example breaks
});
const text = client.text("shared-text");
// end
let binding = null;
let countdown = 0;
let entered = false; // whether the cursor was ever in the text

// The text

/** The box opens as soon as there is a text: from the server, or from what this browser kept. */
function open() {
  if (binding !== null || text.status.kind === "loading" || text.status.kind === "refused") {
    return;
  }
  binding = new Binding(box, text, changed);
  box.readOnly = false;
  box.placeholder = "Nothing is written yet. Type here, and in a second window.";
  $("paper").dataset.state = "open";
  draw();
}

function changed(change) {
  if (change !== null) {
    cursors.move(change.delta, change.client);
    told(change);
    draw();
  }
  if (document.activeElement === box || change !== null) {
    share();
  }
}

function told({ origin, client: author }) {
  if (origin === "remote") {
    const name = text.presence.get(author)?.name ?? "somebody";
    log.add(`remote ${author}`, (count) => `${count} ${count > 1 ? "edits" : "edit"} of ${name} taken in`);
  } else if (origin === "refused") {
    log.add("taken back", "The refused edit was taken back", "bad");
  } else if (origin === "reset") {
    log.add("reset", "The text was loaded anew", "wait");
  }
}

function draw() {
  cursors.draw(text.content);
  const { length } = text.content;
  const lines = text.text.split("\n").length;
  $("counted").textContent = `${lines} ${lines === 1 ? "line" : "lines"}, ${length} ${length === 1 ? "character" : "characters"}`;
  $("undo").disabled = !text.canUndo;
  $("redo").disabled = !text.canRedo;
  $("sequence").textContent = text.sequence;
}

/** A cursor is told once there is one: who only reads is not at the end of the text. */
function share() {
  entered ||= document.activeElement === box;
  const [from, to] = entered && binding !== null ? binding.selection : [null, null];
  // tag: share
  text.share({ name: self.name, hue: self.hue, from, to });
  // end
}

text.on("presence", (presence) => {
  if (self.differFrom([...presence.values()])) {
    $("name").value = self.name;
    share();
  }
  cursors.take(presence);
  cursors.draw(text.content);
  showPeople();
});

function showPeople() {
  people.show(self, text.presence, text.status.kind === "live");
}

$("undo").addEventListener("click", () => text.undo());
$("redo").addEventListener("click", () => text.redo());
$("name").value = self.name;
$("name").addEventListener("input", () => {
  self.rename($("name").value.trim() || "Somebody");
  share();
  showPeople();
});

// How it stands

const CONNECTED = { tone: "good", icon: "●", word: "Live" };
const BADGES = {
  connecting: () => ({ tone: "wait", icon: "◌", word: "Connecting" }),
  connected: () => (text.status.kind === "live" ? CONNECTED : { tone: "wait", icon: "◌", word: "Loading" }),
  reconnecting: () => ({ tone: "wait", icon: "↻", word: "Reconnecting" }),
  offline: () => ({ tone: "wait", icon: "⏸", word: "Offline" }),
  refused: () => ({ tone: "bad", icon: "⚠", word: "Refused" }),
  closed: () => ({ tone: "plain", icon: "○", word: "Closed" }),
};

function showStatus() {
  const { kind } = client.status;
  const shown = text.status.kind === "refused" ? BADGES.refused() : BADGES[kind]();
  badge($("badge"), shown.tone, shown.icon, shown.word);
  document.title = `${kind === "connected" ? "" : `${shown.word} · `}Shared text · Stateward`;
  showNotice();
  showPeople();
}

function showNotice() {
  clearInterval(countdown);
  const { kind, at, why, reason } = client.status;
  const refusal = kind === "refused" ? reason : text.status.kind === "refused" ? text.status.reason : null;
  $("notice").hidden = refusal === null && kind !== "reconnecting";
  $("notice").dataset.tone = refusal === null ? "wait" : "bad";
  if (refusal !== null) {
    $("notice-text").textContent = refusal;
    box.placeholder = binding === null ? "There is no text to show." : box.placeholder;
    box.readOnly = true;
  } else if (kind === "reconnecting") {
    const tick = () => {
      const left = Math.max(0, Math.ceil((at - Date.now()) / 1000));
      $("notice-text").textContent = `${why} Trying again in ${left} s. ${binding === null ? "" : "What you type is kept."}`;
    };
    tick();
    countdown = setInterval(tick, 1000);
  }
}

const SAID = {
  connected: () => ["Connected", "good"],
  reconnecting: ({ why }) => [why, "wait"],
  refused: ({ reason }) => [reason, "bad"],
};

client.on("status", (status) => {
  const said = SAID[status.kind]?.(status);
  if (said !== undefined) {
    log.add(`status ${said[0]}`, (count) => (count > 1 ? `${said[0]} (${count} times)` : said[0]), said[1]);
    announce(said[0]);
  }
  showStatus();
});
text.on("status", ({ kind }) => {
  open();
  showStatus();
  if (kind === "live") {
    share();
    draw();
  }
});
text.on("pending", showPending);
text.on("ack", ({ level, seq }) => {
  $("acknowledged").textContent = level;
  $("acknowledged-what").textContent = level === "durable" ? `stored as number ${seq}` : `has its place, ${seq}; not stored yet`;
  $("sequence").textContent = text.sequence;
  if (level === "durable") {
    log.add("durable", (count) => `${count} ${count > 1 ? "edits" : "edit"} of yours stored, the last as number ${seq}`, "good");
  }
});
text.on("refused", ({ reason, code }) => {
  // tag: refused
  $("refused-text").textContent = `An edit of yours was refused and taken back. ${reason}`;
  $("refused").hidden = false;
  // end
  log.add("refused", `Refused (${code}): ${reason}`, "bad");
  announce(reason);
});
client.on("problem", ({ document: name, code, reason }) => name && log.add(`problem ${code}`, `${reason} (${code})`, "wait"));
$("refused-seen").addEventListener("click", () => {
  $("refused").hidden = true;
  box.focus();
});
$("retry").addEventListener("click", () => client.connect());

function showPending() {
  // tag: figures
  $("pending").textContent = text.pending; // edits that the server has not stored yet
  $("unsaved").textContent = text.unsaved; // and that this browser has not stored either
  // end
  $("undo").disabled = !text.canUndo;
  $("redo").disabled = !text.canRedo;
}

function announce(words) {
  $("announcer").textContent = words;
}

// What breaks it

function showFaults(last) {
  const broken = [
    faults.offline && "no network",
    faults.delay > 0 && `${faults.delay / 1000} s late`,
    faults.duplicate && "everything twice",
    faults.reorder && "out of order",
  ].filter(Boolean);
  const words = last ?? (broken.length === 0 ? "Nothing is broken." : `Now: ${broken.join(", ")}.`);
  $("fault").dataset.tone = broken.length === 0 && last === undefined ? "plain" : "wait";
  $("fault").lastElementChild.textContent = words;
}

$("cut").addEventListener("click", () => {
  log.add("cut", "You cut the socket", "wait");
  faults.cut();
  showFaults("The socket was cut.");
});
$("stall").addEventListener("click", () => {
  log.add("stall", "You stalled the socket: it looks open", "wait");
  faults.stall();
  showFaults("The socket says nothing any more. Wait for it to be noticed.");
});
$("delay").addEventListener("input", () => {
  faults.delay = Number($("delay").value);
  $("delay-shown").textContent = `${faults.delay / 1000} s`;
  showFaults();
});
toggle($("offline"), false, (on) => {
  faults.offline = on;
  log.add(`offline ${on}`, on ? "You took the network away" : "You gave the network back", "wait");
  on ? faults.cut() : client.connect();
  showFaults();
});
for (const name of ["duplicate", "reorder"]) {
  toggle($(name), false, (on) => {
    faults[name] = on;
    showFaults();
  });
}

// Around it

$("command").textContent = `mvn -q compile -Prun -pl examples -am -Dexec.args="editor --join ${location.port}"`;
$("outbox").textContent =
  client.outboxKind === "indexeddb" ? "edits that this browser has not stored" : "this browser stores nothing: keep the page open";
for (const [button, address, file] of [
  ["show-source", "/editor/source", "binding.js"],
  ["show-hub", "/editor/source/hub", "Editor.java"],
  ["show-rights", "/editor/source/rights", "EditorRights.java"],
]) {
  $(button).addEventListener("click", () => ($("source-file").textContent = file));
  excerpt($(button), $("source"), address);
}
addEventListener("beforeunload", (event) => {
  if (text.unsaved > 0 || (client.outboxKind === "memory" && text.pending > 0)) {
    event.preventDefault();
  }
});

open();
showPending();
showStatus();
