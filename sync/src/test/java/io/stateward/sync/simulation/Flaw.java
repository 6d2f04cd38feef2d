package io.stateward.sync.simulation;

import java.util.EnumSet;
import java.util.Set;

/** Mistakes that a hub or a client could have, which the simulation has to find. */
enum Flaw {
  /** What comes again takes effect again: the hub does not know the client after a reconnection. */
  DOUBLE_EFFECT(Kind.LEDGER, ""),
  /** The hub's journal says that something is durable a moment before it is. */
  ACKNOWLEDGES_BEFORE_JOURNAL(Kind.LEDGER, ""),
  /** The client's outbox says that it has what it has not. */
  FORGETS_PENDING(Kind.LEDGER, ""),
  /** The hub takes in what was built on something refused. */
  IGNORES_REJECTIONS(Kind.LEDGER, ""),
  /** The client goes on after a gap as if there were none. */
  SKIPS_GAPS(Kind.LEDGER, ""),
  /** What happened while a client was away is left out in silence. */
  SKIPS_ON_RESUME(Kind.LEDGER, ""),
  /** The client takes an update in twice. */
  TAKES_DUPLICATES(Kind.LEDGER, ""),
  /** The client calls durable what it has only sent. */
  SETTLES_ON_SENDING(Kind.LEDGER, ""),
  /** The client does not notice that the other end is gone. */
  TRUSTS_SILENCE(Kind.LEDGER, ""),
  /** What was added to a number is written over it. */
  LOSES_INCREMENTS(Kind.RECORD, "\"increment\""),
  /** What was written for a version is written over whatever others made of it. */
  LOSES_CONFLICTS(Kind.RECORD, "\"expected\""),
  /** A part of what a replicated value was given is left out. */
  LOSES_ADDITIONS(Kind.SET, "was added, but is not there"),
  /** Who is gone is seen for ever. */
  KEEPS_THE_DEAD(Kind.LEDGER, " sees "),
  /** Undoing takes out what somebody else wrote. */
  UNDOES_OTHERS(Kind.TEXT, "takes out what others typed"),
  /** What a client sent before it was forgotten takes effect once more. */
  REPEATS_THE_FORGOTTEN(Kind.LEDGER, "was told as pending what is in the state"),
  /** The hub lets any number of changes wait. */
  QUEUES_WITHOUT_END(Kind.LEDGER, "and may have");

  private final Kind kind;
  final String sign; // what it is found by

  Flaw(Kind kind, String sign) {
    this.kind = kind;
    this.sign = sign;
  }

  /** Returns the documents that show it. */
  Set<Kind> kinds() {
    return EnumSet.of(kind);
  }
}
