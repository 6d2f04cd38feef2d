package io.stateward.sync.simulation;

/** Mistakes that a hub or a client could have, which the simulation has to find. */
enum Flaw {
  /** The hub takes a mutation in again that comes again. */
  DOUBLE_EFFECT,
  /** The hub says that something is durable and journals it a moment later. */
  ACKNOWLEDGES_BEFORE_JOURNAL,
  /** The hub tells others of what its journal has not got. */
  PUBLISHES_BEFORE_JOURNAL,
  /** The hub goes on after an id that is not the next one. */
  ACCEPTS_GAPS,
  /** The hub resumes at the newest event instead of where the client was. */
  SKIPS_ON_RESUME,
  /** The hub still listens to a connection after its client has come with a new one. */
  LISTENS_TO_OLD_CONNECTIONS,
  /** The hub keeps its epoch when its storage was restored. */
  KEEPS_EPOCH,
  /** The hub takes in what was built on something refused. */
  IGNORES_REJECTIONS,
  /** The hub does not journal that it refused something. */
  FORGETS_REFUSALS,
  /** The client takes in an update that it has already. */
  TAKES_DUPLICATES,
  /** The client takes in an update after a gap. */
  SKIPS_GAPS,
  /** The client keeps what is pending in memory alone. */
  FORGETS_PENDING,
  /** The client sends before its outbox has it. */
  SENDS_BEFORE_STORING,
  /** The client forgets what it had sent when the connection ends. */
  NEVER_RESENDS,
  /** The client takes the first sign of life of the hub for the outcome. */
  SETTLES_ON_SENDING,
  /** The client does not notice that the other end is gone. */
  TRUSTS_SILENCE
}
