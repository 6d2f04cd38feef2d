// The server's dials, what is planned for the next writes, and its log.

import { text } from "/shared/table.js";
import { toggle } from "/shared/elements.js";
import { line } from "/cards/library.js";

const $ = (id) => document.getElementById(id);
const MOST_FATES = 9;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

export class Server {
  #act;
  #live = false;
  #full = false; // whether as many writes are planned as may be

  constructor(act) {
    this.#act = act;
    this.#dial("latency", "latency", "millis", seconds);
    this.#dial("failures", "failures", "percent", (value) => `${value} %`);
    for (const button of $("fates").children) {
      button.addEventListener("click", () => act("fate", { fate: button.dataset.fate }));
    }
    toggle($("unreachable"), false, (on) => act("reachable", { on: !on }));
  }

  /** Says the value while the thumb moves, and sends it once it rests. */
  #dial(id, action, field, words) {
    $(id).addEventListener("input", () => text($(`${id}-shown`), words(Number($(id).value))));
    $(id).addEventListener("change", () => this.#act(action, { [field]: Number($(id).value) }));
  }

  connected(live) {
    this.#live = live;
    for (const id of ["latency", "failures", "unreachable"]) {
      $(id).disabled = !live;
    }
    this.#allowFates();
  }

  #allowFates() {
    for (const button of $("fates").children) {
      button.disabled = !this.#live || this.#full;
    }
  }

  showDials({ latencyMillis, failurePercent, reachable, fates }) {
    for (const [id, value, words] of [
      ["latency", latencyMillis, seconds(latencyMillis)],
      ["failures", failurePercent, `${failurePercent} %`],
    ]) {
      $(id).value = value;
      $(id).setAttribute("aria-valuetext", words);
      text($(`${id}-shown`), words);
    }
    $("unreachable").setAttribute("aria-checked", String(!reachable));
    this.#full = fates.length >= MOST_FATES;
    this.#allowFates();
    $("fated").dataset.tone = fates.length === 0 ? "plain" : "wait";
    text($("fated").firstElementChild, fates.length === 0 ? "·" : "◌");
    text(
      $("fated").lastElementChild,
      fates.length === 0
        ? "Nothing is planned."
        : `Next write: ${fates[0]}.${fates.length > 1 ? ` Then ${fates.slice(1).join("; then ")}.` : ""}`,
    );
  }

  showLog(lines) {
    $("log").replaceChildren(
      ...lines
        .slice(-6)
        .reverse()
        .map(([, millis, window, tone, words]) =>
          line(clock.format(new Date(millis)), words, window, tone),
        ),
    );
  }
}

function seconds(millis) {
  return `${(millis / 1000).toFixed(2)} s`;
}
