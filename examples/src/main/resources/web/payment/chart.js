// The chart of the payment: where things are is said here, what there is comes from the machine.

const SVG = "http://www.w3.org/2000/svg";

/** Places by name, [x, y]; frames by name, [x, y, width, height]; ways by "source>target", [path, x, y]. */
const WIDE = {
  box: [0, 0, 760, 300],
  size: [112, 40],
  places: {
    Idle: [70, 80],
    Validating: [262, 80],
    Processing: [466, 80],
    Voiding: [466, 200],
    Success: [686, 80],
    Failed: [686, 200],
  },
  frames: { Busy: [180, 24, 370, 218] },
  ways: {
    "Idle>Validating": ["M126 72 H202", 152, 62],
    "Validating>Idle": ["M206 90 H130", 152, 108],
    "Validating>Processing": ["M318 80 H406", 362, 70],
    "Processing>Success": ["M522 80 H626", 590, 70],
    "Processing>Voiding": ["M466 100 V176", 494, 142],
    "Processing>Failed": ["M522 94 C590 110 610 160 630 184", 616, 128],
    "Voiding>Failed": ["M522 194 H626", 590, 184],
    "Failed>Voiding": ["M630 208 H526", 590, 226],
    "Voiding>Idle": ["M410 208 H100 C80 208 70 190 70 104", 130, 200],
    "Validating>Failed": ["M262 100 V252 Q262 270 280 270 H640 Q670 270 676 224", 420, 264],
    "Failed>Validating": ["M700 220 V272 Q700 288 684 288 H252 Q236 288 236 272 V104", 420, 284],
  },
};
const NARROW = {
  box: [0, 0, 340, 470],
  size: [104, 40],
  places: {
    Idle: [70, 36],
    Validating: [82, 138],
    Processing: [254, 138],
    Voiding: [254, 256],
    Success: [254, 430],
    Failed: [82, 366],
  },
  frames: { Busy: [10, 84, 320, 214] },
  ways: {
    "Idle>Validating": ["M60 56 V114", 38, 76],
    "Validating>Idle": ["M92 118 V60", 116, 76],
    "Validating>Processing": ["M134 138 H198", 166, 128],
    "Processing>Success": ["M306 148 C334 180 334 380 306 416", 306, 330],
    "Processing>Voiding": ["M254 158 V232", 226, 200],
    "Processing>Failed": ["M210 158 C170 220 110 280 96 342", 160, 232],
    "Voiding>Failed": ["M212 276 C190 320 160 350 138 358", 172, 318],
    "Failed>Voiding": ["M134 372 C190 370 226 330 240 280", 216, 352],
    "Voiding>Idle": ["M306 250 C340 160 330 40 126 36", 270, 52],
    "Validating>Failed": ["M70 158 V342", 50, 232],
    "Failed>Validating": ["M44 346 C16 300 16 200 44 160", 36, 318],
  },
};

export class Chart {
  #svg;
  #words;
  #states = [];
  #ways = [];
  #narrow = matchMedia("(max-width: 40rem)");
  #now = { active: [], taken: [] };

  constructor(svg, words) {
    this.#svg = svg;
    this.#words = words;
    this.#narrow.addEventListener("change", () => this.#draw());
  }

  /** Takes what the machine exports for XState: states, nested, with their transitions. */
  load(machine) {
    this.#states = [];
    this.#ways = [];
    this.#read(machine);
    this.#draw();
  }

  #read(node) {
    for (const [name, state] of Object.entries(node.states ?? {})) {
      this.#states.push({ name, end: state.type === "final" });
      for (const [event, to] of Object.entries(state.on ?? {})) {
        this.#way(name, event, to);
      }
      for (const invoke of [state.invoke ?? []].flat()) {
        this.#way(name, "done", invoke.onDone);
        this.#way(name, "error", invoke.onError);
      }
      this.#read(state);
    }
  }

  #way(from, label, transitions) {
    for (const transition of [transitions ?? []].flat()) {
      const target = typeof transition === "string" ? transition : transition.target;
      if (target !== undefined) {
        const to = [target].flat()[0].replace(/^#/, "").split(".").pop();
        this.#ways.push({ from, to, label });
      }
    }
  }

  /** Shows which states are active, and the way that was taken last: [source, target]. */
  show(active, taken) {
    this.#now = { active, taken };
    this.#mark();
  }

  #draw() {
    const layout = this.#narrow.matches ? NARROW : WIDE;
    this.#svg.setAttribute("viewBox", layout.box.join(" "));
    const [width, height] = layout.size;
    const parts = [arrow()];
    for (const [name, [x, y, wide, high]] of Object.entries(layout.frames)) {
      parts.push(
        shape("g", { class: "frame", "data-state": name }, [
          shape("rect", { x, y, width: wide, height: high, rx: 10 }),
          words(x + 12, y + 18, name, "start"),
        ]),
      );
    }
    for (const { from, to, label } of this.#ways) {
      const [path, x, y] = layout.ways[`${from}>${to}`] ?? straight(layout.places[from], layout.places[to]);
      parts.push(
        shape("g", { class: "way", "data-way": `${from}>${to}` }, [
          shape("path", { d: path, "marker-end": "url(#arrow)" }),
          words(x, y, label, "middle"),
        ]),
      );
    }
    for (const { name, end } of this.#states.filter((it) => layout.places[it.name])) {
      const [x, y] = layout.places[name];
      parts.push(
        shape("g", { class: end ? "state end" : "state", "data-state": name }, [
          shape("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 8 }),
          words(x, y + 4, name, "middle"),
        ]),
      );
    }
    this.#svg.replaceChildren(...parts);
    this.#mark();
  }

  #mark() {
    const { active, taken } = this.#now;
    for (const element of this.#svg.querySelectorAll("[data-state]")) {
      element.classList.toggle("active", active.includes(element.dataset.state));
    }
    for (const element of this.#svg.querySelectorAll("[data-way]")) {
      element.classList.toggle("taken", element.dataset.way === taken.join(">"));
    }
    this.#words.textContent = active.length > 0 ? `The payment is in ${active.at(-1)}.` : "";
  }
}

function arrow() {
  return shape("defs", {}, [
    shape(
      "marker",
      { id: "arrow", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" },
      [shape("path", { d: "M0 0 L8 4 L0 8 z" })],
    ),
  ]);
}

function straight([x, y], [a, b]) {
  return [`M${x} ${y} L${a} ${b}`, (x + a) / 2, (y + b) / 2];
}

function shape(name, attributes, children = []) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function words(x, y, text, anchor) {
  const element = shape("text", { x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}
