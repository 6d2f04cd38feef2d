// Reads a JSON array of requests from standard input, and writes one of answers to standard output.
// They are looked for in the folder that is named by the first argument.
import { readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const found = createRequire(resolve(process.argv[2], "package.json"));
const load = (name) => import(pathToFileURL(found.resolve(name)));

const { createMachine, initialTransition, transition } = await load("xstate");

const plain = (text) =>
  String(text ?? "").replace(/(?:ﬂ°°|&#)(\d+)(?:¶ß|;)/g, (all, number) =>
    String.fromCodePoint(Number(number)),
  );

async function loadMermaid() {
  const { JSDOM } = found("jsdom");
  const dom = new JSDOM("<body></body>");
  globalThis.window = dom.window;
  globalThis.document = dom.window.document;
  const { default: mermaid } = await load("mermaid");
  await mermaid.parse("stateDiagram-v2\n a --> b"); // so that it knows its diagrams
  return mermaid;
}

let loaded;

async function readMermaid({ text }) {
  const mermaid = await (loaded ??= loadMermaid());
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { nodes, edges } = db.getData();
  return {
    nodes: nodes.map((node) => ({
      id: node.id,
      label: plain(node.label),
      parent: node.parentId ?? "",
      shape: node.shape,
      classes: node.cssClasses ?? "",
      lines: (Array.isArray(node.description) ? node.description : []).map(plain),
    })),
    edges: edges.map((edge) => ({ from: edge.start, to: edge.end, label: plain(edge.label) })),
  };
}

// A guard holds if its name begins with "yes"; what is done is told by name.
function readXState({ text, events }) {
  const guards = {};
  const config = JSON.parse(text, (key, value) => {
    if (key === "guard") guards[value] = () => value.startsWith("yes");
    return value;
  });
  config.options = { maxIterations: 1000 };
  const machine = createMachine(config).provide({ guards });
  const told = ([snapshot, actions]) => ({
    active: snapshot._nodes.map((node) => node.id),
    done: snapshot.status === "done",
    actions: actions.map((action) => action.type),
  });
  const steps = [];
  try {
    let step = initialTransition(machine);
    steps.push(told(step));
    for (const event of events) {
      step = transition(machine, step[0], { type: event });
      steps.push(told(step));
    }
  } catch (problem) {
    if (!String(problem).includes("Infinite loop")) throw problem;
    steps.push({ endless: true });
  }
  return { steps };
}

const readers = { mermaid: readMermaid, xstate: readXState };
console.log = console.warn = console.debug = console.info = () => {};
const answers = [];
for (const request of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    answers.push(await readers[request.reader](request));
  } catch (problem) {
    answers.push({ problem: String(problem) });
  }
}
let rest = Buffer.from(JSON.stringify(answers));
while (rest.length > 0) {
  try {
    rest = rest.subarray(writeSync(1, rest));
  } catch (problem) {
    if (problem.code !== "EAGAIN") throw problem;
  }
}
process.exit(0);
