// Two nodes: what each place has, what the person asks for, and what breaks it.

import { badge, excerpt, toast, toggle } from "/shared/elements.js";
import { Live, post } from "/shared/live.js";
import { text } from "/shared/table.js";
import { Places, showLines, showReads } from "/nodes/places.js";

const $ = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];

const TITLES = [
  ["source", "Source"],
  ["shared", "Shared layer"],
  ["a", "Memory of A"],
  ["b", "Memory of B"],
];
const FIGURES = [
  ["Hits in memory"],
  ["Hits in the layer"],
  ["Loads"],
  ["Served stale"],
  ["Refused fills"],
  ["Invalidations"],
  ["Repairs from the log"],
  ["Flushes"],
];

const sides = { cached: new Places($("cached"), TITLES), naive: new Places($("naive"), TITLES) };
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
let hello = { shared: "Shared layer", ours: true, notice: "", substitute: false, keys: [] };
let online = false; // whether this page is connected
let answers = true; // whether what is shared answers
let playing = false;
let dials = null;
let heard = null; // the number of the last thing that was said to the person
let updatedAt = null;

const live = new Live(
  () => "/nodes/stream",
  {
    hello: greet,
    said: hear,
    step: showStep,
    figures: showFigures,
    dials: showDials,
    cached: (data) => showPlaces("cached", data),
    naive: (data) => showPlaces("naive", data),
    "cached-reads": (data) => showReads($("cached-reads"), $("cached-tally"), data),
    "naive-reads": (data) => showReads($("naive-reads"), $("naive-tally"), data),
    "cached-lines": (data) => showLines($("cached-lines"), data),
    "naive-lines": (data) => showLines($("naive-lines"), data),
  },
  connection,
);

// From the server

function greet(data) {
  hello = data;
  heard = null;
  for (const side of Object.values(sides)) {
    side.keys(data.keys);
    side.named("shared", data.shared.replace("The shared", "Shared"));
  }
  if ($("drinks").querySelector("input") === null) {
    $("drinks").querySelector("span").remove();
    $("drinks").append(...data.keys.map(([key, tag], index) => drink(key, tag, index === 0)));
  }
  showBetween();
}

function drink(key, tag, checked) {
  const label = document.createElement("label");
  label.className = "choice";
  const input = document.createElement("input");
  input.type = "radio";
  input.name = "drink";
  input.value = key;
  input.checked = checked;
  const words = document.createElement("span");
  const small = document.createElement("small");
  small.className = "soft";
  small.textContent = ` ${tag}`;
  words.append(key, small);
  label.append(input, words);
  return label;
}

function showBetween() {
  const [tone, icon, words] = !answers
    ? ["bad", "✕", `${hello.shared} does not answer. Reads go to the source, memory is served for no longer than the bound, and writes that are announced are refused.`]
    : [hello.substitute ? "wait" : "good", hello.substitute ? "⚠" : "●", hello.notice];
  $("between").dataset.tone = tone;
  text($("between").firstElementChild, icon);
  text($("between").lastElementChild, words);
}

function showPlaces(id, data) {
  updatedAt = new Date();
  sides[id].show(data);
  sides[id].state("shared", data.answers ? "plain" : "bad", data.answers ? "answers" : "✕ does not answer");
  if (id === "naive") {
    sides[id].state("a", "plain", "nobody confirms it");
    sides[id].state("b", "plain", "nobody confirms it");
  } else if (data.answers !== answers) {
    answers = data.answers;
    announce(answers ? `${hello.shared} answers.` : `${hello.shared} does not answer.`);
    showBetween();
    allow();
  }
}

function showSource({ failing, latencyMillis }) {
  for (const side of Object.values(sides)) {
    if (failing) {
      side.state("source", "bad", "✕ fails");
    } else {
      side.state("source", "plain", latencyMillis > 0 ? `${seconds(latencyMillis)} for each read` : "answers at once");
    }
  }
}

function showFigures({ a, b }) {
  if (a === undefined) {
    return; // nobody has looked yet
  }
  const rows = FIGURES.map(([name], index) => [name, number(a[index]), number(b[index])]);
  rows.push(["Since confirmed", tenths(a[8]), tenths(b[8])], ["Bound", seconds(a[9]), seconds(b[9])]);
  const body = $("figures").tBodies[0];
  rows.forEach((row, index) => {
    const line = body.rows[index] ?? emptyRow(body);
    row.forEach((words, column) => text(line.cells[column], words));
  });
  for (const [id, figures] of [["a", a], ["b", b]]) {
    const late = figures[8] > figures[9];
    sides.cached.state(
      id,
      late ? "wait" : "plain",
      late ? `⊘ unconfirmed for ${tenths(figures[8])}` : `confirmed ${tenths(figures[8])} ago`,
    );
  }
}

function emptyRow(body) {
  const row = body.insertRow();
  const head = document.createElement("th");
  head.scope = "row";
  head.className = "cell";
  row.append(head);
  row.insertCell().className = "number";
  row.insertCell().className = "number";
  return row;
}

const plain = new Intl.NumberFormat(undefined);

function number(value) {
  return plain.format(value);
}

function seconds(millis) {
  return `${(millis / 1000).toFixed(millis % 1000 === 0 ? 0 : 1)} s`;
}

function tenths(millis) {
  return `${(millis / 1000).toFixed(1)} s`;
}

function showDials(data) {
  dials = data;
  for (const [id, on] of [
    ["drop", data.dropped],
    ["failing", data.failing],
    ["short", data.freshSeconds < 60],
  ]) {
    $(id).setAttribute("aria-checked", String(on));
  }
  showSource(data);
  $("latency").value = data.latencyMillis;
  $("latency").setAttribute("aria-valuetext", seconds(data.latencyMillis));
  text($("latency-shown"), seconds(data.latencyMillis));
  text(
    $("held"),
    data.held > 0
      ? `◌ ${data.held === 1 ? "1 load is" : `${data.held} loads are`} held with what was read. Write now, then let go.`
      : data.holding
        ? "◌ The next load will be held. Clear all, then read."
        : "The next read that loads stands still after it has read the source, at most 15 s. Write meanwhile, let it go, and read again.",
  );
  allow();
}

function showStep({ step }) {
  playing = step !== "";
  $("step").dataset.tone = playing ? "wait" : "plain";
  text($("step").firstElementChild, playing ? "▶" : "·");
  text($("step").lastElementChild, playing ? step : "Nothing is being played.");
  allow();
}

function hear({ number: latest, tone, text: words }) {
  if (heard !== null && latest > heard) {
    toast(words, tone);
  }
  heard = latest; // what was said before this page came is old news
}

/** What can be done now can be clicked. */
function allow() {
  for (const button of all("main button:not([data-always]), main input")) {
    button.disabled = !online;
  }
  for (const id of ["show-source", "show-write", "show-naive"]) {
    $(id).disabled = false;
  }
  if (!online) {
    return;
  }
  for (const button of $("play").children) {
    button.disabled = playing;
  }
  $("over").disabled = playing;
  $("release").disabled = !(dials?.held > 0 || dials?.holding);
  $("flush").disabled = !hello.ours || !answers;
  $("kill").disabled = !hello.ours || !answers;
  $("start").disabled = !hello.ours || answers;
  if (!hello.ours) {
    text($("shared-help"), `This ${hello.shared} is yours, so it is neither flushed nor killed from here. Stop it yourself to see what happens.`);
  }
}

// Connection

let spoken = "";

function connection(state, left) {
  const since = updatedAt ? ` What you see is as of ${clock.format(updatedAt)}.` : "";
  const soon = left > 0 ? ` Trying again in ${left} s.` : " Trying now …";
  const [tone, icon, word, sentence] = {
    connecting: ["wait", "◌", "Connecting", ""],
    live: ["good", "●", "Live", ""],
    reconnecting: ["wait", "↻", "Reconnecting", `The connection is lost.${since}${soon}`],
    stopped: ["bad", "■", "Server stopped", `The server has stopped.${since}${soon}`],
  }[state];
  badge($("badge"), tone, icon, word);
  $("notice").hidden = sentence === "";
  $("notice").dataset.tone = tone;
  text($("notice-text"), sentence);
  online = state === "live";
  for (const id of ["cached", "naive"]) {
    $(id).classList.toggle("stale", state === "reconnecting" || state === "stopped");
  }
  allow();
  $("retry").disabled = left === 0;
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
  post(`/nodes/${action}`, fields).catch((problem) => toast(problem.message, "bad"));
}

const chosen = (name) => document.querySelector(`input[name=${name}]:checked`)?.value;

for (const button of all("[data-act]")) {
  button.addEventListener("click", () =>
    act("read", { node: button.dataset.node, key: chosen("drink"), own: button.dataset.act === "own" }),
  );
}
for (const form of all("[data-write]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const node = form.dataset.write;
    const value = $(`value-${node}`).value.trim();
    if (value === "") {
      toast("A price has at least one character.", "bad");
      $(`value-${node}`).focus();
      return;
    }
    act("write", { node, key: chosen("drink"), value, mode: chosen("mode") });
    $(`value-${node}`).value = "";
  });
}
for (const button of all("[data-tag]")) {
  button.addEventListener("click", () => act("tag", { node: "A", tag: button.dataset.tag }));
}
for (const button of all("[data-play]")) {
  button.addEventListener("click", () => act("play", { name: button.dataset.play }));
}
$("clear").addEventListener("click", () => act("clear", { node: "A" }));
for (const id of ["over", "hold", "release", "flush", "kill", "start"]) {
  $(id).addEventListener("click", () => act(id));
}
for (const id of ["drop", "failing", "short"]) {
  toggle($(id), false, (on) => act(id, { on }));
}
$("latency").addEventListener("input", () => text($("latency-shown"), seconds(Number($("latency").value))));
$("latency").addEventListener("change", () => act("latency", { millis: Number($("latency").value) }));
$("retry").addEventListener("click", () => live.connect());
$("cut").addEventListener("click", () => live.cut());
for (const [button, file, address] of [
  ["show-source", "CachedNode.java", "/nodes/source"],
  ["show-write", "CachedNode.java", "/nodes/source/write"],
  ["show-naive", "NaiveNode.java", "/nodes/source/naive"],
]) {
  $(button).addEventListener("click", () => text($("source-file"), file));
  excerpt($(button), $("source"), address);
}

live.connect();
