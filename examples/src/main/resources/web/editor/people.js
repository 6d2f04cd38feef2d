// Who is here: oneself, with a name and a colour for this window, and the others.

const NAMES = ["Ada", "Barbara", "Edsger", "Frances", "Grace", "Katherine", "Ken", "Leslie", "Niklaus", "Radia"];
const HUES = [12, 45, 95, 160, 205, 255, 290, 330];

const NEW_FOR = 2000; // ms

const pick = (list) => list[Math.floor(Math.random() * list.length)];

/** The name and the colour of this window, which a reload keeps. */
export class Self {
  #kept = `stateward-editor-${new URLSearchParams(location.search).get("as") ?? ""}`;

  #chosen; // whether the person has had a say
  #newUntil = Infinity; // so long it gives way to others; then those who come later do

  constructor() {
    const known = this.#read();
    this.name = known?.name ?? pick(NAMES);
    this.hue = known?.hue ?? pick(HUES);
    this.#chosen = known !== null;
    this.#write();
  }

  rename(name) {
    this.name = name;
    this.#chosen = true;
    this.#write();
  }

  /** Takes another name or colour than the others have, where chance gave the same; says whether it did. */
  differFrom(others) {
    const taken = (part, value) => others.some((other) => other?.[part] === value);
    const free = (list, part) => list.filter((value) => !taken(part, value));
    const was = [this.name, this.hue];
    this.#newUntil = Math.min(this.#newUntil, Date.now() + NEW_FOR);
    if (!this.#chosen && Date.now() < this.#newUntil) {
      this.name = taken("name", this.name) ? (pick(free(NAMES, "name")) ?? this.name) : this.name;
      this.hue = taken("hue", this.hue) ? (pick(free(HUES, "hue")) ?? this.hue) : this.hue;
      this.#write();
    }
    return this.name !== was[0] || this.hue !== was[1];
  }

  #read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#kept));
    } catch {
      return null; // a window that keeps nothing has a new name after a reload
    }
  }

  #write() {
    try {
      sessionStorage.setItem(this.#kept, JSON.stringify({ name: this.name, hue: this.hue }));
    } catch {
      // As above.
    }
  }
}

/** Shows who is here in a list. */
export class People {
  #list;
  #said;
  #names = new Map();

  /** said is told, in a sentence, who came and went. */
  constructor(list, said) {
    this.#list = list;
    this.#said = said;
  }

  show(self, presence, live) {
    const others = [...presence].map(([client, state]) => ({ client, ...state })).filter(({ name }) => name);
    this.#announce(others, live);
    const note = live ? (others.length === 0 ? [note_("Nobody else is here.")] : []) : [note_("Who else is here is not known now.")];
    this.#list.replaceChildren(chip({ ...self, name: `${self.name} (you)` }), ...others.map(chip), ...note);
  }

  #announce(others, live) {
    const now = new Map(others.map(({ client, name }) => [client, name]));
    if (live) {
      const come = [...now].filter(([client]) => !this.#names.has(client)).map(([, name]) => name);
      const gone = [...this.#names].filter(([client]) => !now.has(client)).map(([, name]) => name);
      come.length > 0 && this.#said(`${come.join(", ")} ${come.length > 1 ? "are" : "is"} here.`);
      gone.length > 0 && this.#said(`${gone.join(", ")} left.`);
      this.#names = now;
    }
  }
}

function chip({ name, hue }) {
  const element = document.createElement("li");
  element.className = "chip person";
  element.style.setProperty("--hue", Number(hue) || 0);
  element.textContent = String(name).slice(0, 24);
  return element;
}

function note_(text) {
  const element = document.createElement("li");
  element.className = "soft small";
  element.textContent = text;
  return element;
}
