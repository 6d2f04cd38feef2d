package io.stateward.testkit.cache;

/** What happens to one call. */
record Fault(Kind kind, long delayNanos) {

  static final Fault NONE = new Fault(Kind.PASS, 0);

  enum Kind {
    PASS,
    DROP,
    DROP_ANSWER,
    DUPLICATE,
    DELAY,
    DELAY_ANSWER,
    HOLD,
    HOLD_ANSWER
  }

  static Fault of(Kind kind) {
    return new Fault(kind, 0);
  }
}
