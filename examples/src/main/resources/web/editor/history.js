// What happened in this window, the latest first; the same again is counted and not repeated.

const MOST = 60;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

export class History {
  #list;
  #last = null; // {kind, line, count}

  constructor(list) {
    this.#list = list;
  }

  /** Adds a line; words may be a function of how often it happened in a row. */
  add(kind, words, tone = "plain") {
    const say = typeof words === "function" ? words : () => words;
    if (this.#last?.kind === kind) {
      this.#last.count++;
      this.#last.line.lastChild.textContent = say(this.#last.count);
      this.#last.line.firstChild.textContent = clock.format(new Date());
      return;
    }
    const line = document.createElement("li");
    line.dataset.tone = tone;
    const time = document.createElement("time");
    time.textContent = clock.format(new Date());
    const told = document.createElement("span");
    told.textContent = say(1);
    line.append(time, told);
    this.#list.prepend(line);
    this.#last = { kind, line, count: 1 };
    while (this.#list.children.length > MOST) {
      this.#list.lastChild.remove();
    }
  }
}
