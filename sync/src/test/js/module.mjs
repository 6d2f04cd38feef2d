// The module under test: the copy that the JAR would give, or the source where no copy is named.
const source = new URL("../../main/resources/io/stateward/sync/stateward-sync.js", import.meta.url);

export const sync = await import(process.env.STATEWARD_SYNC ?? source);

/** Numbers from 0 inclusive to 1 exclusive that are the same for the same seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
