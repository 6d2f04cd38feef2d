package io.stateward.statemachine.oracle;

import java.util.List;

/** Choices that were made beforehand; once they are used up, the first choice is taken always. */
final class Tape {

  private final List<Integer> choices;
  private int at;

  Tape(List<Integer> choices) {
    this.choices = choices;
  }

  /** From 0 to below a bound. */
  int below(int bound) {
    return at < choices.size() ? choices.get(at++) % bound : 0;
  }

  /** Whether it is so, in some of a hundred cases; not, once the tape is used up. */
  boolean chance(int percent) {
    return below(100) > 99 - percent;
  }

  <T> T of(List<T> several) {
    return several.get(below(several.size()));
  }
}
