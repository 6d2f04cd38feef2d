package io.stateward.statemachine.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out parts of a path as long as it fails, larger parts first. */
final class Shrinking {

  private Shrinking() {}

  static TestPath of(TestPath path, Predicate<TestPath> fails) {
    if (!fails.test(path)) {
      throw new IllegalArgumentException("The path %s does not fail.".formatted(path));
    }
    List<Stimulus> left = new ArrayList<>(path.stimuli());
    for (int size = Math.max(1, left.size() / 2); size > 0; size = next(size, left)) {
      boolean shorter = true;
      while (shorter) {
        shorter = leaveOut(left, size, fails);
      }
    }
    return new TestPath(left);
  }

  private static int next(int size, List<Stimulus> left) {
    return Math.min(size / 2, left.size());
  }

  /** Leaves out the first part of a size without which it fails; returns whether there is one. */
  private static boolean leaveOut(List<Stimulus> left, int size, Predicate<TestPath> fails) {
    for (int from = 0; from + size <= left.size(); from++) {
      List<Stimulus> without = new ArrayList<>(left);
      without.subList(from, from + size).clear();
      if (fails.test(new TestPath(without))) {
        left.clear();
        left.addAll(without);
        return true;
      }
    }
    return false;
  }
}
