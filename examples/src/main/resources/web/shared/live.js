// A stream of server-sent events that says how it is doing and comes back by itself.

const WAITS = [3, 5, 8, 15]; // seconds between tries
const STOPPED_WAIT = 5; // seconds between looks for a server that has said goodbye

/**
 * States: "connecting", "live", "reconnecting" and "stopped"; the last two come once per second,
 * with the seconds that are left until the next try.
 */
export class Live {
  #address;
  #events;
  #changed;
  #source = null;
  #timer = 0;
  #tries = 0;
  #down = "connecting"; // the state to be in while there is no connection

  /** The address is asked for at each try; events are functions by name; changed hears of states. */
  constructor(address, events, changed) {
    this.#address = address;
    this.#events = events;
    this.#changed = changed;
    addEventListener("pagehide", () => this.#end());
    addEventListener("pageshow", (event) => event.persisted && this.connect());
    addEventListener("online", () => this.#timer && this.connect());
  }

  connect() {
    this.#end();
    this.#changed(this.#down, 0);
    const source = new EventSource(this.#address());
    this.#source = source;
    for (const [name, handle] of Object.entries(this.#events)) {
      source.addEventListener(name, (event) => handle(JSON.parse(event.data), event.data.length));
    }
    source.addEventListener("hello", () => this.#live());
    source.addEventListener("stopped", () => {
      this.#down = "stopped";
      this.#retry(STOPPED_WAIT);
    });
    source.addEventListener("error", () => this.cut());
  }

  /** Drops the connection as if the network had. */
  cut() {
    if (this.#down === "stopped") {
      this.#retry(STOPPED_WAIT);
    } else {
      this.#down = "reconnecting";
      this.#retry(WAITS[Math.min(this.#tries++, WAITS.length - 1)]);
    }
  }

  #live() {
    this.#tries = 0;
    this.#down = "reconnecting";
    this.#changed("live", 0);
  }

  #retry(seconds) {
    this.#end();
    const due = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((due - Date.now()) / 1000);
      if (left <= 0) {
        this.connect();
      } else {
        this.#changed(this.#down, left);
      }
    };
    this.#timer = setInterval(tick, 1000);
    tick();
  }

  #end() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#source?.close();
    this.#source = null;
  }
}

let last = Promise.resolve();

/** Posts fields as JSON, one request after the other; rejects with the server's own words. */
export function post(path, fields) {
  const send = async () => {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(fields),
    });
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      throw new Error(problem.error ?? `The server answered with status ${response.status}.`);
    }
  };
  last = last.then(send, send);
  return last;
}
