// The columns and their cards: made once, changed in place, moved as little as possible.

import { text } from "/shared/table.js";

export const COLUMNS = [
  ["todo", "To do"],
  ["doing", "Doing"],
  ["done", "Done"],
];

export function columnTitle(name) {
  return COLUMNS.find(([label]) => label === name)?.[1] ?? name;
}

const MARKS = {
  pending: ["◌", "on its way", "wait"],
  retrying: ["↻", "trying again", "wait"],
  conflicted: ["⚖", "being decided", "bad"],
  acknowledged: ["✓", "acknowledged", "good"],
  waiting: ["…", "waits its turn", "wait"],
};

/** Says in what state a mutation is: icon, words, tone. */
export function mark(status) {
  return MARKS[status] ?? ["·", status, "plain"];
}

const FLASH = 450; // milliseconds that a change stands out

export class Lanes {
  #lists = new Map();
  #counts = new Map();
  #items = new Map();
  #acts;

  /** acts has move(id, column) and edit(id); without acts the cards are there to be looked at. */
  constructor(element, acts) {
    this.#acts = acts;
    for (const [name, title] of COLUMNS) {
      element.append(this.#lane(name, title));
    }
  }

  #lane(name, title) {
    const lane = document.createElement("section");
    lane.className = "lane";
    lane.setAttribute("aria-label", title);
    const heading = document.createElement("h3");
    const count = document.createElement("span");
    count.className = "soft number";
    heading.append(`${title} `, count);
    const list = document.createElement("ul");
    list.className = "tiles";
    lane.append(heading, list);
    this.#lists.set(name, list);
    this.#counts.set(name, count);
    if (this.#acts) {
      this.#takeDrops(lane, name);
    }
    return lane;
  }

  #takeDrops(lane, name) {
    lane.addEventListener("dragover", (event) => {
      event.preventDefault();
      lane.classList.add("over");
    });
    lane.addEventListener("dragleave", () => lane.classList.remove("over"));
    lane.addEventListener("drop", (event) => {
      event.preventDefault();
      lane.classList.remove("over");
      const id = event.dataTransfer.getData("text/plain");
      if (this.#items.has(id)) {
        this.#acts.move(id, name);
      }
    });
  }

  /**
   * Shows these cards, sorted; marks is what to say of a card, by id: [icon, words, tone]. Renamed
   * are cards that are the same under another id: [before, now].
   */
  show(cards, marks, renamed = []) {
    const focused = document.activeElement;
    const shown = new Set(this.#items.values());
    for (const [before, now] of renamed) {
      const item = this.#items.get(before);
      if (item && !this.#items.has(now)) {
        this.#items.delete(before);
        this.#items.set(now, item);
      }
    }
    const kept = new Map();
    for (const [name, list] of this.#lists) {
      const here = cards.filter((card) => card.column === name);
      this.#fill(list, here, marks, kept);
      text(this.#counts.get(name), String(here.length));
    }
    for (const [id, item] of this.#items) {
      if (!kept.has(id)) {
        item.remove();
      }
    }
    this.#items = kept;
    if (focused !== document.activeElement && focused?.isConnected) {
      focused.focus({ preventScroll: true }); // moving a card takes its focus away
    } else if (!focused?.isConnected) {
      this.#focusTwin(focused?.closest?.(".tile"), shown);
    }
  }

  /** Gives the focus of a card that is gone to the same card, if it came back under another id. */
  #focusTwin(gone, shown) {
    const twin = [...this.#items.values()].find(
      (item) => gone && !shown.has(item) && item.content === gone.content,
    );
    twin?.parts.title.focus({ preventScroll: true });
  }

  #fill(list, cards, marks, kept) {
    let next = list.firstElementChild;
    for (const card of cards) {
      const item = this.#items.get(card.id) ?? this.#create();
      this.#update(item, card, marks.get(card.id));
      if (item === next) {
        next = next.nextElementSibling;
      } else {
        list.insertBefore(item, next);
      }
      kept.set(card.id, item);
    }
  }

  #create() {
    const item = document.createElement("li");
    item.className = "tile";
    const title = document.createElement(this.#acts ? "button" : "strong");
    title.className = "title";
    const note = document.createElement("span");
    note.className = "soft small note";
    const labels = document.createElement("span");
    labels.className = "labels";
    const said = document.createElement("span");
    said.className = "badge small-badge";
    item.parts = { title, note, labels, said };
    item.append(title, note, labels, said);
    if (this.#acts) {
      this.#act(item, title);
    }
    return item;
  }

  #act(item, title) {
    title.type = "button";
    title.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight ArrowUp ArrowDown Enter");
    title.addEventListener("click", () => this.#acts.edit(item.dataset.id));
    title.addEventListener("keydown", (event) => this.#key(event, item));
    const steps = document.createElement("span");
    steps.className = "steps";
    for (const [direction, icon] of [
      [-1, "←"],
      [1, "→"],
    ]) {
      const step = document.createElement("button");
      step.type = "button";
      step.className = "icon-button";
      step.tabIndex = -1; // the keyboard moves the card by the arrow keys
      step.textContent = icon;
      step.addEventListener("click", () => this.#step(item, direction));
      steps.append(step);
    }
    item.parts.steps = steps;
    item.append(steps);
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", item.dataset.id);
      event.dataTransfer.effectAllowed = "move";
    });
  }

  #key(event, item) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const act = {
      ArrowLeft: () => this.#step(item, -1),
      ArrowRight: () => this.#step(item, 1),
      ArrowUp: () => this.#go(item.previousElementSibling),
      ArrowDown: () => this.#go(item.nextElementSibling),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  }

  #step(item, direction) {
    const column = neighbour(item.dataset.column, direction);
    if (column !== undefined) {
      this.#acts.move(item.dataset.id, column);
    }
  }

  #go(item) {
    item?.parts.title.focus();
  }

  #update(item, card, said) {
    const { title, note, labels, steps } = item.parts;
    const content = JSON.stringify([card.title, card.note, card.labels, card.column]);
    if (item.content !== undefined && item.content !== content) {
      flash(item);
    }
    item.content = content;
    item.dataset.id = card.id;
    item.dataset.column = card.column;
    text(title, card.title);
    text(note, card.note);
    note.hidden = card.note === "";
    if (labels.dataset.shown !== String(card.labels)) {
      labels.dataset.shown = String(card.labels);
      labels.replaceChildren(...card.labels.map(label));
    }
    labels.hidden = card.labels.length === 0;
    this.#say(item, said);
    if (steps) {
      [-1, 1].forEach((direction, index) => {
        const to = neighbour(card.column, direction);
        const button = steps.children[index];
        button.disabled = to === undefined;
        const words = to === undefined ? "No column there" : `Move “${card.title}” to ${columnTitle(to)}`;
        if (button.title !== words) {
          button.title = words;
          button.setAttribute("aria-label", words);
        }
      });
    }
  }

  #say(item, said) {
    const { said: badge } = item.parts;
    badge.hidden = said === undefined;
    item.dataset.tone = said?.[2] ?? "";
    if (said !== undefined && badge.dataset.shown !== said.join()) {
      badge.dataset.shown = said.join();
      badge.dataset.tone = said[2];
      const icon = document.createElement("span");
      icon.setAttribute("aria-hidden", "true");
      icon.textContent = said[0];
      const words = document.createElement("span");
      words.textContent = said[1];
      badge.replaceChildren(icon, words);
    }
  }
}

function neighbour(column, direction) {
  return COLUMNS[COLUMNS.findIndex(([name]) => name === column) + direction]?.[0];
}

function label(words) {
  const element = document.createElement("span");
  element.className = "label";
  element.textContent = words;
  return element;
}

const flashes = new WeakMap();

function flash(item) {
  clearTimeout(flashes.get(item));
  item.classList.add("changed");
  flashes.set(item, setTimeout(() => item.classList.remove("changed"), FLASH));
}
