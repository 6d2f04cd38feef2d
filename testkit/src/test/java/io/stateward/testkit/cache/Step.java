package io.stateward.testkit.cache;

/**
 * A step of a schedule.
 *
 * @param kind what is done
 * @param who by which instance, or to which
 * @param key with which key
 * @param number more about it: which of those that are held, how long, the seed of what is random
 */
record Step(Kind kind, int who, String key, int number) {

  enum Kind {
    READ,
    READ_ALL,
    READ_AT_LEAST,
    /** Commits, is held, invalidates. */
    WRITE_AFTER,
    /** Announces, is held, commits, is held, invalidates. */
    WRITE_INTENT,
    /** Announces, is held, commits, is held, stores. */
    WRITE_THROUGH,
    /** Commits all, is held, invalidates by tag, prefix or as a whole. */
    WRITE_WIDE,
    /** Lets a load or a write go on that is held. */
    RELEASE,
    ADVANCE,
    LAYER_FAULTS,
    WIRE_FAULTS,
    MEND,
    LAYER_CUT,
    WIRE_CUT,
    EVICT,
    FLUSH,
    DUMP,
    FAIL_OVER
  }

  @Override
  public String toString() {
    return "%s(%d,%s,%d)".formatted(kind, who, key, number);
  }
}
