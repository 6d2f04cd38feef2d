// A payment: where it stands, what the person asks for, and what breaks it.

import { badge, excerpt, toast, toggle } from "/shared/elements.js";
import { Live, post } from "/shared/live.js";
import { text } from "/shared/table.js";
import { Chart } from "/payment/chart.js";

const $ = (id) => document.getElementById(id);

const TONES = {
  Idle: ["plain", "·"],
  Validating: ["wait", "◌"],
  Processing: ["wait", "◌"],
  Voiding: ["wait", "◌"],
  Success: ["good", "✓"],
  Failed: ["bad", "✕"],
};

const chart = new Chart($("chart"), $("chart-words"));
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const money = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2 });
let online = false;
let can = { start: false, retry: false, cancel: false, another: false };
let updatedAt = null;
let drawn = false;

const live = new Live(
  () => "/payment/stream",
  { hello: greet, state: showState, log: showLog, books: showBooks, dials: showDials, said: ({ text: words }) => toast(words, "bad") },
  connection,
);

// From the server

async function greet() {
  if (!drawn) {
    try {
      chart.load(await (await fetch("/payment/chart")).json());
      drawn = true;
    } catch {
      toast("The chart could not be loaded. Reload the page to try again.", "bad");
    }
  }
}

function showState(data) {
  updatedAt = new Date();
  can = { start: data.start, retry: data.retry, cancel: data.cancel, another: data.another };
  const [tone, icon] = TONES[data.name] ?? ["plain", "·"];
  badge($("where"), tone, icon, data.name);
  $("state").dataset.tone = tone;
  text($("state").firstElementChild, icon);
  text($("state").lastElementChild, sentence(data));
  chart.show(data.active, data.taken);
  allow();
}

function sentence({ name, order, cents, attempt, detail }) {
  const what = order === null ? "" : `${order}, ${money.format(cents / 100)}`;
  const again = attempt > 1 ? ` (attempt ${attempt} of 3)` : "";
  return {
    Idle: "Nothing is under way. Start a payment.",
    Validating: `Asking whether this can be paid: ${what}${again}.`,
    Processing: `Charging: ${what}${again}. Kill the program now, if you like.`,
    Voiding: `Taking it back: ${what}.`,
    Success: `Paid: ${what}. Receipt ${detail}.`,
    Failed: `Failed: ${what}${again}. ${detail}`,
  }[name];
}

function showLog({ lines }) {
  $("log").replaceChildren(
    ...lines.map(([at, cause, what, tone]) => {
      const item = document.createElement("li");
      item.dataset.tone = tone;
      const time = document.createElement("time");
      time.className = "soft";
      time.textContent = clock.format(new Date(at));
      const said = document.createElement("span");
      const strong = document.createElement("strong");
      strong.textContent = cause;
      said.append(strong, ` ${what}`);
      item.append(time, said);
      return item;
    }),
  );
}

function showBooks({ rows }) {
  if (rows.length === 0) {
    return;
  }
  $("books").tBodies[0].replaceChildren(
    ...rows.map(([id, cents, charged, asked, revoked, receipts]) => {
      const row = document.createElement("tr");
      const cells = [
        [`${id} ${money.format(cents / 100)}${revoked ? " ⊘ taken back" : ""}`, "small"],
        [asked, "number"],
        [charged, "number"],
        [receipts, "number"],
      ];
      for (const [words, classes] of cells) {
        const cell = row.insertCell();
        cell.className = classes;
        cell.textContent = words;
      }
      return row;
    }),
  );
}

function showDials({ delayMillis, failing, down }) {
  $("failing").setAttribute("aria-checked", String(failing));
  $("down").setAttribute("aria-checked", String(down));
  $("delay").value = delayMillis;
  $("delay").setAttribute("aria-valuetext", seconds(delayMillis));
  text($("delay-shown"), seconds(delayMillis));
}

function seconds(millis) {
  return millis === 0 ? "at once" : `${(millis / 1000).toFixed(millis % 1000 === 0 ? 0 : 1)} s`;
}

/** What can be done now can be clicked. */
function allow() {
  for (const [id, allowed] of [
    ["start", can.start],
    ["retry-payment", can.retry],
    ["cancel", can.cancel],
    ["another", can.another],
    ["delay", true],
    ["failing", true],
    ["down", true],
    ["kill", true],
    ["cut", true],
  ]) {
    $(id).disabled = !online || !allowed;
  }
}

// Connection

let spoken = "";

function connection(state, left) {
  const since = updatedAt ? ` What you see is as of ${clock.format(updatedAt)}.` : "";
  const soon = left > 0 ? ` Trying again in ${left} s.` : " Trying now …";
  const [tone, icon, word, words] = {
    connecting: ["wait", "◌", "Connecting", ""],
    live: ["good", "●", "Live", ""],
    reconnecting: ["wait", "↻", "Reconnecting", `The connection is lost.${since}${soon}`],
    stopped: ["bad", "■", "Server stopped", `The server has stopped.${since}${soon}`],
  }[state];
  badge($("badge"), tone, icon, word);
  $("notice").hidden = words === "";
  $("notice").dataset.tone = tone;
  text($("notice-text"), words);
  online = state === "live";
  $("chart").classList.toggle("stale", state === "reconnecting" || state === "stopped");
  allow();
  $("retry").disabled = left === 0;
  if (word !== spoken) {
    spoken = word;
    text($("announcer"), word);
  }
}

// From the person

function act(action, fields = {}) {
  return post(`/payment/${action}`, fields).catch((problem) => toast(problem.message, "bad"));
}

$("order").addEventListener("submit", (event) => {
  event.preventDefault();
  const amount = $("amount").value.trim().replace(",", ".");
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(amount) || Number(amount) === 0) {
    toast("The amount is a number such as 24.00, and more than 0.", "bad");
    $("amount").focus();
    return;
  }
  if ($("what").value.trim() === "") {
    toast("Say what is paid for.", "bad");
    $("what").focus();
    return;
  }
  act("start", { what: $("what").value.trim(), cents: Math.round(Number(amount) * 100) });
});
$("retry-payment").addEventListener("click", () => act("retry"));
$("cancel").addEventListener("click", () => act("cancel"));
$("another").addEventListener("click", () => act("another"));
$("kill").addEventListener("click", () => act("kill"));
for (const id of ["failing", "down"]) {
  toggle($(id), false, (on) => act(id, { on }));
}
$("delay").addEventListener("input", () => text($("delay-shown"), seconds(Number($("delay").value))));
$("delay").addEventListener("change", () => act("delay", { millis: Number($("delay").value) }));
$("retry").addEventListener("click", () => live.connect());
$("cut").addEventListener("click", () => live.cut());
for (const [button, file, address] of [
  ["show-machine", "PaymentMachine.java", "/payment/source"],
  ["show-states", "Payment.java", "/payment/source/states"],
  ["show-durable", "StoredPayments.java", "/payment/source/durable"],
  ["show-mermaid", "Mermaid, as of now", "/payment/mermaid"],
]) {
  $(button).addEventListener("click", () => text($("source-file"), file));
  excerpt($(button), $("source"), address);
}

live.connect();
