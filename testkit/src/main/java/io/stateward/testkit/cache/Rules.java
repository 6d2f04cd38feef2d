package io.stateward.testkit.cache;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Says what happens to a call: the first rule for so many calls that fits, in the order in which
 * they were given; else the latest rule for every call that fits; else the latest chances for it.
 */
final class Rules<C> {

  /** A class and not a record: two equal rules are two. */
  private static final class Rule<C> {
    final Predicate<? super C> fits;
    final Fault fault;
    final AtomicInteger left;

    Rule(Predicate<? super C> fits, Fault fault, int times) {
      this.fits = fits;
      this.fault = fault;
      this.left = new AtomicInteger(times);
    }

    boolean takes(C call) {
      return left.get() > 0 && fits.test(call) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private record Dice<C>(Predicate<? super C> fits, Random random, Chances chances) {}

  private final List<Rule<C>> counted = new CopyOnWriteArrayList<>();
  private final List<Rule<C>> standing = new CopyOnWriteArrayList<>(); // the latest first
  private final List<Dice<C>> dice = new CopyOnWriteArrayList<>(); // the latest first

  void addNext(Predicate<? super C> fits, int times, Fault fault) {
    counted.add(new Rule<>(fits, fault, times));
  }

  void addEvery(Predicate<? super C> fits, Fault fault) {
    standing.add(0, new Rule<>(fits, fault, 1));
  }

  void randomly(Predicate<? super C> fits, long seed, Chances chances) {
    dice.add(0, new Dice<>(fits, new Random(seed), chances));
  }

  static void checkCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("At least 1 is next, not %d.".formatted(count));
    }
  }

  void clear() {
    counted.clear();
    standing.clear();
    dice.clear();
  }

  Fault faultOf(C call) {
    for (Rule<C> rule : counted) {
      if (rule.takes(call)) {
        counted.removeIf(used -> used.left.get() == 0);
        return rule.fault;
      }
    }
    for (Rule<C> rule : standing) {
      if (rule.fits.test(call)) {
        return rule.fault;
      }
    }
    for (Dice<C> thrown : dice) {
      if (thrown.fits().test(call)) {
        return thrown.chances().fault(thrown.random());
      }
    }
    return Fault.NONE;
  }
}
