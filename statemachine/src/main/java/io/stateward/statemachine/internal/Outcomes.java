package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;

/** The outcomes that hold nothing. */
final class Outcomes {

  static final Outcome UPDATED = new Outcome.Updated();
  static final Outcome DEFERRED = new Outcome.Deferred();
  static final Outcome IGNORED = new Outcome.Ignored(true);
  static final Outcome UNKNOWN = new Outcome.Ignored(false);

  private Outcomes() {}
}
