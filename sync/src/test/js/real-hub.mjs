// A page whose hub is at the other end of stdin and stdout, a frame on each line: it types while some of
// what it types is refused, and says what came of it on a line that begins with "!".
import { createInterface } from "node:readline";
import { sync } from "./module.mjs";

const { MemoryOutbox, SyncClient } = sync;
const say = (line) => process.stdout.write(`${line}\n`);
setTimeout(() => process.exit(1), 30_000); // the hub says nothing any more

const socket = { bufferedAmount: 0, send: say, close: (code) => say(`!closed ${code}`) };
const lines = createInterface({ input: process.stdin });
lines.on("line", (data) => socket.onmessage({ data }));

const client = await SyncClient.open({ url: "ws://hub", outbox: new MemoryOutbox("page"), socket: () => socket });
const text = client.text("n");
const refused = [];
text.on("refused", ({ code, change }) => refused.push(`${code} ${change.op.at(-1)}`));
const live = new Promise((resolve) => text.on("status", ({ kind }) => kind === "live" && resolve()));
socket.onopen();
await live;
for (let n = 0; n < 20; n++) {
  for (const letter of "abXcd") {
    text.insert(text.content.length, letter); // all are on their way before the first answer
  }
  await client.settled();
}
say(`!${JSON.stringify({ text: text.text, refused })}`);
