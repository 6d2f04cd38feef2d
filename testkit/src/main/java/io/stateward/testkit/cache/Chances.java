package io.stateward.testkit.cache;

import java.time.Duration;
import java.util.Random;

/**
 * How likely each fault is, for one call.
 *
 * <pre>{@code
 * Chances rough = Chances.none().drop(0.1).dropAnswer(0.1).delay(0.2, Duration.ofSeconds(1));
 * layer.randomly(42, rough);
 * backplane.randomly(43, Chances.none().drop(0.3).duplicate(0.3));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param drop the chance that what is asked for is never done, or a message never arrives
 * @param dropAnswer the chance that it is done and the answer is lost; of a layer alone
 * @param duplicate the chance that it is done twice
 * @param delay the chance that it is done later, or its answer comes later
 * @param delayUpTo how much later at most, exclusive; evenly spread from zero on
 * @since 0.1
 */
public record Chances(
    double drop, double dropAnswer, double duplicate, double delay, Duration delayUpTo) {

  private static final Chances NONE = new Chances(0, 0, 0, 0, Duration.ZERO);

  /**
   * Checks the parts.
   *
   * @param drop the chance that it is never done
   * @param dropAnswer the chance that the answer is lost
   * @param duplicate the chance that it is done twice
   * @param delay the chance that it is late
   * @param delayUpTo how late at most
   */
  public Chances {
    for (double chance : new double[] {drop, dropAnswer, duplicate, delay}) {
      if (!(chance >= 0 && chance <= 1)) {
        throw new IllegalArgumentException(
            "A chance is from 0 to 1, both inclusive, not %s.".formatted(chance));
      }
    }
    if (drop + dropAnswer + duplicate + delay > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "One fault happens at a time, so the chances add up to 1 at most, not to %s."
              .formatted(drop + dropAnswer + duplicate + delay));
    }
    if (delayUpTo.isNegative()) {
      throw new IllegalArgumentException("A delay is not negative: " + delayUpTo + ".");
    }
  }

  /**
   * Returns the chances under which nothing goes wrong.
   *
   * @return all of them zero
   */
  public static Chances none() {
    return NONE;
  }

  /**
   * Loses what is asked for, or a message.
   *
   * @param chance from 0 to 1, both inclusive
   * @return the chances with that
   */
  public Chances drop(double chance) {
    return new Chances(chance, dropAnswer, duplicate, delay, delayUpTo);
  }

  /**
   * Loses answers.
   *
   * @param chance from 0 to 1, both inclusive
   * @return the chances with that
   */
  public Chances dropAnswer(double chance) {
    return new Chances(drop, chance, duplicate, delay, delayUpTo);
  }

  /**
   * Does things twice.
   *
   * @param chance from 0 to 1, both inclusive
   * @return the chances with that
   */
  public Chances duplicate(double chance) {
    return new Chances(drop, dropAnswer, chance, delay, delayUpTo);
  }

  /**
   * Does things later, so that later ones overtake them.
   *
   * @param chance from 0 to 1, both inclusive
   * @param upTo how much later at most, exclusive
   * @return the chances with that
   */
  public Chances delay(double chance, Duration upTo) {
    return new Chances(drop, dropAnswer, duplicate, chance, upTo);
  }

  Fault fault(Random random) {
    double number = random.nextDouble();
    double share = random.nextDouble(); // taken each time: what comes after depends on nothing
    if (number < drop) {
      return Fault.of(Fault.Kind.DROP);
    }
    if (number < drop + dropAnswer) {
      return Fault.of(Fault.Kind.DROP_ANSWER);
    }
    if (number < drop + dropAnswer + duplicate) {
      return Fault.of(Fault.Kind.DUPLICATE);
    }
    if (number < drop + dropAnswer + duplicate + delay) {
      boolean answer = share < 0.5;
      long nanos = (long) ((answer ? 2 * share : 2 * share - 1) * delayUpTo.toNanos());
      return new Fault(answer ? Fault.Kind.DELAY_ANSWER : Fault.Kind.DELAY, nanos);
    }
    return Fault.NONE;
  }
}
