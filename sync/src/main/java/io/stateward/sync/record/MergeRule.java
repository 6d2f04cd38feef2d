package io.stateward.sync.record;

/**
 * What becomes of a field that both sides changed.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum MergeRule {
  /** It is a conflict, for somebody to decide. */
  ASK("ask"),
  /** The change that is merged stands. */
  MINE("mine"),
  /** What is there already stands. */
  THEIRS("theirs"),
  /** Numbers: what both added is added. */
  COUNTER("counter"),
  /** Arrays, taken as sets: what both added is in, what one removed is out. */
  SET("set");

  private final String word;

  MergeRule(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static MergeRule of(String word) {
    for (MergeRule rule : values()) {
      if (rule.word.equals(word)) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "There is no rule '%s'; there are ask, mine, theirs, counter and set."
            .formatted(Paths.excerpt(word)));
  }
}
