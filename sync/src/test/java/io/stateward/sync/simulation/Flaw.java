package io.stateward.sync.simulation;

/** Mistakes that a hub or a client could have, which the simulation has to find. */
enum Flaw {
  /** What comes again takes effect again: the hub does not know the client after a reconnection. */
  DOUBLE_EFFECT,
  /** The hub's journal says that something is durable a moment before it is. */
  ACKNOWLEDGES_BEFORE_JOURNAL,
  /** The client's outbox says that it has what it has not. */
  FORGETS_PENDING,
  /** The hub takes in what was built on something refused. */
  IGNORES_REJECTIONS,
  /** The client goes on after a gap as if there were none. */
  SKIPS_GAPS,
  /** What happened while a client was away is left out in silence. */
  SKIPS_ON_RESUME,
  /** The client takes an update in twice. */
  TAKES_DUPLICATES,
  /** The client calls durable what it has only sent. */
  SETTLES_ON_SENDING,
  /** The client does not notice that the other end is gone. */
  TRUSTS_SILENCE
}
