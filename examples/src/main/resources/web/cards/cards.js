// The card board: what the client store on the other end shows, and what the person asks of it.

import { badge, excerpt, toast, toggle } from "/shared/elements.js";
import { Live, post } from "/shared/live.js";
import { Steps } from "/shared/steps.js";
import { text } from "/shared/table.js";
import { Editor } from "/cards/editor.js";
import { Lanes, columnTitle, mark } from "/cards/lanes.js";
import { Library, differences } from "/cards/library.js";
import { Questions } from "/cards/question.js";
import { Server } from "/cards/server.js";

const $ = (id) => document.getElementById(id);

// What the client store has told.
const visible = new Map();
const confirmed = new Map();
const naive = new Map();
let pending = [];
let renamed = [];
let noticed = null; // the number of the last notice that was shown
let session = null;
let known = null; // the session to come back to
let updatedAt = null;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const steps = new Steps(act, "a change");
const library = new Library();
const server = new Server(act);
const questions = new Questions(act);
const editor = new Editor(act);
const lanes = new Lanes($("lanes"), {
  move: (card, column) => {
    const was = visible.get(card);
    if (was && was.column !== column) {
      act("move", { card, column });
    }
  },
  edit: (card) => visible.has(card) && editor.open(visible.get(card)),
});
const naiveLanes = new Lanes($("naive-lanes"), null);

const live = new Live(
  () => (known === null ? "/cards/stream" : `/cards/stream?session=${known}`),
  {
    hello,
    cards: (data) => take(visible, data),
    confirmed: (data) => take(confirmed, data),
    naive: (data) => take(naive, data),
    pending: seePending,
    letters: (data) => library.showLetters(data.letters),
    notices: seeNotices,
    questions: (data) => questions.show(data.questions),
    figures: (data) => library.showFigures(data),
    history: (data) => steps.show(data),
    dials: (data) => server.showDials(data),
    log: (data) => server.showLog(data.lines),
  },
  connection,
);

// From the server

function hello(data) {
  session = data.session;
  if (known !== data.session) {
    noticed = null;
  }
  known = data.session;
  for (const cards of [visible, confirmed, naive]) {
    cards.clear(); // everything is told anew
  }
  text($("window"), `window ${data.window}`);
  document.title = `Window ${data.window} · Card board · Stateward`;
}

/** Applies a difference: what is not named stays as it is. */
function take(cards, data) {
  for (const id of data.gone) {
    cards.delete(id);
  }
  for (const [id, title, note, labels, column] of data.changed) {
    cards.set(id, { id, title, note, labels, column });
  }
  renamed = data.renamed;
  updatedAt = new Date();
  render();
}

function seePending(data) {
  const before = pending;
  pending = data.pending.map(([number, name, status, card]) => ({ number, name, status, card }));
  library.showPending(pending);
  const settled = before.length > 0 && pending.length === 0;
  if (settled) {
    announce("Everything is settled.");
  }
  render();
}

function seeNotices({ notices }) {
  if (noticed === null) {
    noticed = Math.max(0, ...notices.map(([number]) => number)); // old news to a new page
    return;
  }
  for (const [number, tone, words] of notices) {
    if (number > noticed) {
      noticed = number;
      toast(words, tone);
    }
  }
}

// To the screen, at most once per frame

let waiting = false;

function render() {
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      paint();
    });
  }
}

function paint() {
  const marks = new Map();
  for (const { card, status } of pending) {
    marks.set(card, mark(status)); // of several the last
  }
  lanes.show(sorted(visible), marks, renamed);
  editor.follow(visible, renamed);
  library.showDifferences(visible, confirmed);
  naiveLanes.show(sorted(naive), wrong(), renamed);
  $("loading").hidden = true;
}

/** Cards without a number of their own come last, in the order in which they were made. */
function sorted(cards) {
  const place = (card) => (Number(card.id) < 0 ? 1e9 - Number(card.id) : Number(card.id));
  return [...cards.values()].sort((one, other) => place(one) - place(other));
}

/** Says what snapshot rollback shows and should not: what is not under way must be as it is here. */
function wrong() {
  const busy = new Set(pending.map(({ card }) => card));
  const marks = new Map();
  let missing = 0;
  for (const card of visible.values()) {
    if (busy.has(card.id)) {
      continue;
    }
    const theirs = naive.get(card.id);
    if (theirs === undefined) {
      missing += 1;
    } else if (differences(theirs, card).length > 0) {
      const [[field, , right]] = differences(theirs, card);
      marks.set(card.id, ["⚠", `lost ${field}: ${right}`, "bad"]);
    }
  }
  for (const id of naive.keys()) {
    if (!visible.has(id) && !busy.has(id)) {
      marks.set(id, ["⚠", "is gone", "bad"]);
    }
  }
  sayWrong(marks.size + missing, busy.size);
  return marks;
}

function sayWrong(count, busy) {
  const [tone, icon, words] =
    count > 0
      ? ["bad", "⚠", `Wrong: ${count === 1 ? "1 card is" : `${count} cards are`} not as the server has ${count === 1 ? "it" : "them"}. Loading anew would mend it.`]
      : busy > 0
        ? ["wait", "◌", "The same so far."]
        : ["good", "✓", "The same as above."];
  $("naive-said").dataset.tone = tone;
  text($("naive-said").firstElementChild, icon);
  text($("naive-said").lastElementChild, words);
}

// Connection

let spoken = "";

function connection(state, seconds) {
  const since = updatedAt ? ` The cards are as of ${clock.format(updatedAt)}.` : "";
  const soon = seconds > 0 ? ` Trying again in ${seconds} s.` : " Trying now …";
  const shown = {
    connecting: ["wait", "◌", "Connecting", ""],
    live: ["good", "●", "Live", ""],
    reconnecting: ["wait", "↻", "Reconnecting", `The connection is lost.${since}${soon}`],
    stopped: ["bad", "■", "Server stopped", `The server has stopped.${since}${soon}`],
  }[state];
  const [tone, icon, word, sentence] = shown;
  badge($("badge"), tone, icon, word);
  $("notice").hidden = sentence === "";
  $("notice").dataset.tone = tone;
  text($("notice-text"), sentence);
  $("lanes").classList.toggle("stale", state === "reconnecting" || state === "stopped");
  $("retry").disabled = seconds === 0;
  for (const id of ["cut", "schedule", "refetch"]) {
    $(id).disabled = state !== "live";
  }
  server.connected(state === "live");
  if (state !== "live") {
    session = null;
    steps.show({ undoable: false, redoable: false, undo: null, redo: null });
  }
  if (word !== spoken) {
    spoken = word;
    announce(word);
  }
}

function announce(words) {
  text($("announcer"), words);
}

// From the person

function act(action, fields = {}) {
  if (session === null) {
    toast("Not connected just now. Try again when the page is live.", "bad");
    return;
  }
  if (action === "move") {
    announce(`“${visible.get(fields.card)?.title}” goes to ${columnTitle(fields.column)}.`);
  }
  post(`/cards/${action}`, { session, ...fields }).catch((problem) => toast(problem.message, "bad"));
}

$("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const title = $("new-title").value.trim();
  if (title === "") {
    toast("A card needs a title.", "bad");
    return;
  }
  act("add", { title });
  $("new-title").value = "";
});
$("retry").addEventListener("click", () => live.connect());
$("cut").addEventListener("click", () => live.cut());
$("schedule").addEventListener("click", () => act("schedule"));
$("refetch").addEventListener("click", () => act("refetch"));
toggle($("compare"), false, (on) => ($("naive-board").hidden = !on));

for (const [button, file, address] of [
  ["show-source", "Desk.java", "/cards/source"],
  ["show-ask", "Questions.java", "/cards/source/ask"],
  ["show-naive", "SnapshotRollback.java", "/cards/source/naive"],
]) {
  $(button).addEventListener("click", () => text($("source-file"), file));
  excerpt($(button), $("source"), address);
}

live.connect();
