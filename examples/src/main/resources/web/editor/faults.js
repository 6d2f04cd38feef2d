// What goes wrong between the library's client in this page and its WebSocket, on purpose.

const SWAPPED_WITHIN = 150; // ms that a change waits for the next one to overtake it
const SWAPPED = 0.1; // how often; each time the client subscribes again, and would never get on if always
const LEFT_OVER = 8; // frames of an old connection that arrive in the next one

/** A change of the text, or word of one that has its place: what has an order. */
const hasPlace = (frame) => frame.t === "update" || (frame.t === "ack" && frame.level === "durable");

export class Faults {
  delay = 0; // ms, each way
  duplicate = false;
  reorder = false;
  offline = false;
  #socket = null;

  /** Makes the connection for the client; it looks like a WebSocket. */
  socket = (url, protocol) => {
    this.#socket = new FaultySocket(url, protocol, this, this.#socket?.told ?? []);
    return this.#socket;
  };

  /** Ends the connection as if the network had. */
  cut() {
    this.#socket?.cut();
  }

  /** Nothing comes or goes any more, and nobody says so. */
  stall() {
    this.#socket?.stall();
  }
}

class FaultySocket {
  #faults;
  #socket = null;
  #stalled = false;
  #over = false;
  #due = [0, 0]; // when the last frame of each direction arrives: the order is kept
  #overtaken = null;
  #leftOver;
  told = []; // the last changes that the server told

  constructor(url, protocol, faults, leftOver) {
    this.#faults = faults;
    this.#leftOver = leftOver;
    if (faults.offline) {
      queueMicrotask(() => this.#end(1006, ""));
      return;
    }
    const socket = new WebSocket(url, protocol);
    this.#socket = socket;
    socket.onopen = () => this.#later(0, () => this.onopen());
    socket.onmessage = ({ data }) => this.#later(0, () => this.#arrived(data));
    socket.onclose = ({ code, reason }) => this.#stalled || this.#end(code, reason);
  }

  get bufferedAmount() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  send(text) {
    const times = this.#faults.duplicate && JSON.parse(text).t === "mutate" ? 2 : 1;
    for (let time = 0; time < times; time++) {
      this.#later(1, () => this.#socket.readyState === WebSocket.OPEN && this.#socket.send(text));
    }
  }

  close(code, reason) {
    this.#over = true;
    this.#socket?.close(code, reason);
  }

  cut() {
    this.#end(1006, "");
    this.#socket?.close();
  }

  stall() {
    this.#stalled = true;
  }

  #end(code, reason) {
    if (!this.#over) {
      this.#over = true;
      this.onclose({ code, reason });
    }
  }

  #later(direction, task) {
    if (this.#stalled) {
      return;
    }
    this.#due[direction] = Math.max(this.#due[direction], performance.now() + this.#faults.delay);
    const wait = this.#due[direction] - performance.now();
    const run = () => this.#over || this.#stalled || task();
    wait <= 0 ? run() : setTimeout(run, wait);
  }

  #arrived(text) {
    const frame = JSON.parse(text);
    if (frame.t === "resumed" || frame.t === "snapshot") {
      this.#tell(text);
      const late = this.#leftOver.splice(0);
      this.#faults.reorder && late.forEach((each) => this.#tell(each));
    } else if (hasPlace(frame)) {
      this.told = [...this.told, text].slice(-LEFT_OVER);
      this.#inPlace(text);
    } else {
      this.#tell(text);
    }
  }

  #inPlace(text) {
    if (this.#overtaken !== null) {
      const first = this.#overtaken;
      this.#overtaken = null;
      this.#tell(text);
      this.#tell(first);
    } else if (this.#faults.reorder && Math.random() < SWAPPED) {
      this.#overtaken = text;
      setTimeout(() => this.#letGo(text), SWAPPED_WITHIN);
    } else {
      this.#tell(text);
    }
  }

  #letGo(text) {
    if (this.#overtaken === text) {
      this.#overtaken = null;
      this.#over || this.#tell(text);
    }
  }

  #tell(text) {
    this.onmessage({ data: text });
    if (this.#faults.duplicate && hasPlace(JSON.parse(text))) {
      this.onmessage({ data: text });
    }
  }
}
