// The process board: what the server patches, what is shown of it, and what the person asks for.

import { badge, excerpt, toast, toggle } from "/shared/elements.js";
import { Live, post } from "/shared/live.js";
import { Preferences } from "/board/preferences.js";
import { SearchBox } from "/board/search.js";
import { Steps } from "/shared/steps.js";
import { KeyedRows, text } from "/shared/table.js";

const $ = (id) => document.getElementById(id);

// What the server has told. A row may be told of before or after its position.
const processes = new Map();
const changed = new Set();
let positions = new Map();
let counts = { rows: 0, matching: 0, total: 0 };
let view = { filter: "", sort: "time", descending: true, pinned: [] };
let session = null;
let received = { rows: 0, characters: 0 };
let updatedAt = null;
let beginning = true;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const minutes = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const number = new Intl.NumberFormat(undefined);

const steps = new Steps(act, "pins of another page", () => {
  if (document.activeElement === $("filter")) {
    $("filter").blur(); // then it shows what is undone
  }
});
const preferences = new Preferences(act);
const search = new SearchBox(act);

const live = new Live(
  address,
  {
    hello,
    view: seeView,
    list,
    row,
    figures,
    history: (data) => steps.show(data),
    preferences: (data) => preferences.show(data),
    saving: (data) => preferences.showSaving(data),
    search: (data) => search.show(data),
  },
  connection,
);

function address() {
  const query = new URLSearchParams({
    filter: view.filter,
    sort: view.sort,
    descending: view.descending,
  });
  return `/board/stream?${query}`;
}

// From the server

function hello(data) {
  session = data.session;
  positions = new Map(); // everything is told anew
  processes.clear();
  changed.clear();
  received = { rows: 0, characters: 0 };
  beginning = true;
}

function seeView(data) {
  view = data;
  if (document.activeElement !== $("filter")) {
    $("filter").value = view.filter;
  }
  for (const header of document.querySelectorAll("th[data-column]")) {
    const sorted = header.dataset.column === view.sort;
    header.setAttribute("aria-sort", sorted ? order() : "none");
  }
  $("sort").value = view.sort;
  text($("direction"), view.descending ? "Descending" : "Ascending");
  preferences.showPins(view.pinned);
  render();
}

/** Applies a structural difference: what is not named stays where it is. */
function list(data, characters) {
  for (const id of data.gone) {
    positions.delete(id);
    processes.delete(id);
  }
  for (const [id, position] of data.at) {
    positions.set(id, position);
  }
  counts = data;
  received.characters += characters;
  render();
}

function row(patch, characters) {
  const known = processes.get(patch.pid);
  const news = known && Object.keys(patch).some((key) => key !== "pid" && known[key] !== null);
  if (news) {
    changed.add(patch.pid); // a first value is no change
  }
  processes.set(patch.pid, { ...known, ...patch });
  received.rows += 1;
  received.characters += characters;
  render();
}

function figures(data) {
  updatedAt = new Date();
  const micros = (nanos) => number.format(Math.round(nanos / 1000));
  text($("commits"), number.format(data.commits));
  text($("refreshes"), `in ${number.format(data.refreshes)} refreshes, and views`);
  text($("changed"), number.format(data.changed));
  text($("of"), `of ${number.format(data.processes)} processes, last refresh`);
  text($("notified"), number.format(data.notified));
  text($("followed"), `subscribers; rows followed: ${number.format(data.followed)}`);
  text($("last"), `${micros(data.lastNanos)} µs`);
  text($("median"), `median ${micros(data.medianNanos)} µs`);
  if (!beginning) {
    note();
  }
  beginning = false; // the first figures come before the rows
}

/** Adds what came since the last figures to the timeline. */
function note() {
  const entry = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = clock.format(updatedAt);
  const what = document.createElement("span");
  what.textContent = `${received.rows} ${received.rows === 1 ? "row" : "rows"}, ${size(received.characters)}`;
  entry.append(time, what);
  $("timeline").prepend(entry);
  while ($("timeline").children.length > 6) {
    $("timeline").lastElementChild.remove();
  }
  received = { rows: 0, characters: 0 };
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
  const ids = new Array(counts.rows);
  positions.forEach((position, id) => (ids[position] = id));
  const entries = ids.filter((id) => processes.has(id)).map((id) => [id, processes.get(id)]);
  table.show(entries, changed);
  changed.clear();
  $("loading").hidden = true;
  const others = entries.filter(([, data]) => !view.pinned.includes(data.name)).length;
  $("empty").hidden = others > 0 || view.filter === "" || entries.length < counts.rows;
  text($("empty-text"), `No ${entries.length > 0 ? "other " : ""}process matches “${view.filter}”.`);
  text($("shown"), summary());
  announceResult();
}

function summary() {
  const { rows, matching, total } = counts;
  const all = `${number.format(total)} processes`;
  if (rows < matching) {
    const which = `first ${number.format(rows)} of ${number.format(matching)}`;
    return `Showing the ${which}${view.filter ? " that match" : ""}; filter to see others`;
  }
  return view.filter ? `Showing ${number.format(rows)} of ${all}` : `Showing all ${all}`;
}

const table = new KeyedRows($("rows"), createRow, updateRow);

function createRow(id) {
  const cells = {};
  const row = document.createElement("tr");
  for (const [name, classes] of Object.entries({
    pin: "pin",
    name: "",
    pid: "number wide",
    user: "wide",
    cpu: "number",
    time: "number",
    started: "number wide",
  })) {
    cells[name] = document.createElement("td");
    cells[name].className = classes;
    cells[name].dataset.column = name;
    row.append(cells[name]);
  }
  const pin = document.createElement("button");
  pin.type = "button";
  pin.className = "icon-button";
  pin.addEventListener("click", () => {
    const { name } = processes.get(id);
    act(view.pinned.includes(name) ? "unpin" : "pin", { name });
  });
  const name = document.createElement("strong");
  name.className = "one-line";
  const command = document.createElement("span");
  command.className = "one-line soft small";
  cells.pin.append(pin);
  cells.name.append(name, command);
  row.parts = { ...cells, pin, name, command };
  return row;
}

function updateRow(row, data) {
  const { pin, name, command, pid, user, cpu, time, started } = row.parts;
  const pinned = view.pinned.includes(data.name);
  if (pin.getAttribute("aria-pressed") !== String(pinned)) {
    pin.setAttribute("aria-pressed", String(pinned));
    pin.textContent = pinned ? "★" : "☆";
    row.classList.toggle("pinned", pinned);
  }
  pin.setAttribute("aria-label", `Pin ${data.name || "process"} (${data.pid})`);
  pin.title = data.name ? `${pinned ? "Unpin" : "Pin to the top"}: ${data.name}` : "Has no name to pin";
  pin.disabled = !data.name;
  text(name, data.name || "name not told");
  name.title = data.name;
  text(command, data.command || "command not told");
  command.title = data.command;
  text(pid, String(data.pid));
  text(user, data.user || "–");
  text(cpu, data.cpuTenths === null ? "–" : (data.cpuTenths / 10).toFixed(1));
  text(time, data.cpuMillis === null ? "–" : duration(data.cpuMillis));
  text(started, data.started === null ? "–" : moment(data.started));
}

/** Seconds while they are few, then minutes and seconds, then hours. */
function duration(millis) {
  const seconds = millis / 1000;
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  if (seconds < 60) {
    return `${seconds.toFixed(2)} s`;
  }
  return seconds < 3600
    ? `${Math.floor(seconds / 60)}:${two(seconds % 60)} min`
    : `${number.format(Math.floor(seconds / 3600))}:${two((seconds % 3600) / 60)} h`;
}

function moment(millis) {
  const date = new Date(millis);
  const today = date.toDateString() === new Date().toDateString();
  return today
    ? minutes.format(date)
    : date.toLocaleDateString(undefined, { day: "numeric", month: "short", year: "2-digit" });
}

function size(characters) {
  return characters < 1000 ? `${characters} B` : `${(characters / 1000).toFixed(1)} kB`;
}

// Connection

let spoken = "";

function connection(state, seconds) {
  const since = updatedAt ? ` The rows are as of ${clock.format(updatedAt)}.` : "";
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
  $("table").classList.toggle("stale", state === "reconnecting" || state === "stopped");
  $("retry").disabled = seconds === 0;
  $("slow").disabled = state !== "live";
  $("cut").disabled = state !== "live";
  $("outage").disabled = state !== "live";
  search.connected(state === "live");
  if (state === "live") {
    $("slow").setAttribute("aria-checked", "false"); // a new stream is at full speed
    $("outage").setAttribute("aria-checked", "false");
  } else {
    session = null;
    steps.show({ undoable: 0, redoable: 0, undo: null, redo: null });
  }
  if (word !== spoken) {
    spoken = word;
    announce(word);
  }
}

function announce(words) {
  text($("announcer"), words);
}

let announcing = 0;
let announced = "";

/** Says how many rows a filter leaves, once it is at rest; not each time a process comes or goes. */
function announceResult() {
  if (view.filter === announced) {
    return;
  }
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    announced = view.filter;
    announce(summary());
  }, 600);
}

// From the person

function act(action, fields) {
  if (session === null) {
    toast("Not connected just now. Try again when the page is live.", "bad");
    return;
  }
  post(`/board/${action}`, { session, ...fields }).catch((problem) => toast(problem.message, "bad"));
}

function order() {
  return view.descending ? "descending" : "ascending";
}

/** A column begins with what one looks for: the greatest figure, the first name. */
function sortBy(column) {
  const fromTop = ["cpu", "time", "started"].includes(column);
  const descending = column === view.sort ? !view.descending : fromTop;
  act("sort", { column, descending });
}

let typing = 0;

function sendFilter() {
  clearTimeout(typing);
  const filter = $("filter").value;
  if (session === null) {
    view = { ...view, filter }; // goes with the next connection
  } else {
    act("filter", { filter });
  }
}

$("filter").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(sendFilter, 150);
});
$("filter").addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    sendFilter();
  }
});
$("clear").addEventListener("click", () => {
  $("filter").value = "";
  sendFilter();
  $("filter").focus();
});
for (const header of document.querySelectorAll("th[data-column]")) {
  header.firstElementChild.addEventListener("click", () => sortBy(header.dataset.column));
}
$("sort").addEventListener("change", () => sortBy($("sort").value));
$("direction").addEventListener("click", () => sortBy(view.sort));
$("retry").addEventListener("click", () => live.connect());
$("cut").addEventListener("click", () => live.cut());
toggle($("slow"), false, (slow) => act("slow", { slow }));
toggle($("outage"), false, (on) => act("outage", { on }));

for (const [button, file, address] of [
  ["show-source", "Viewer.java", "/board/source"],
  ["show-undo", "Viewer.java", "/board/source/undo"],
  ["show-search", "SearchBox.java", "/board/source/search"],
  ["show-preferences", "Keeping.java", "/board/source/preferences"],
]) {
  $(button).addEventListener("click", () => text($("source-file"), file));
  excerpt($(button), $("source"), address);
}

live.connect();
