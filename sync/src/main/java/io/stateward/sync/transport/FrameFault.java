package io.stateward.sync.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What a faulty network makes of the frames of one connection in one direction, against the rules
 * of {@link io.stateward.sync.spi.Connection}: to prove that whoever reads them notices.
 *
 * <pre>{@code
 * Random random = new Random(7);
 * link.faults(Direction.TO_CLIENT, () -> FrameFault.dropping(random, 0.1));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Called for one frame at a time; each sees what the one before did.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface FrameFault {

  /**
   * Takes a frame that has arrived, and says what is handed on.
   *
   * @param frame the frame as it was sent
   * @return what is handed on now, in order: perhaps nothing, or more than one
   */
  List<String> pass(String frame);

  /**
   * Makes a fault that loses frames now and then.
   *
   * @param random of what is lost
   * @param chance that one is lost, from 0 to 1
   * @return a new fault
   */
  static FrameFault dropping(RandomGenerator random, double chance) {
    return frame -> hits(random, chance) ? List.of() : List.of(frame);
  }

  /**
   * Makes a fault that hands frames on twice now and then.
   *
   * @param random of what is doubled
   * @param chance that one is doubled, from 0 to 1
   * @return a new fault
   */
  static FrameFault doubling(RandomGenerator random, double chance) {
    return frame -> hits(random, chance) ? List.of(frame, frame) : List.of(frame);
  }

  /**
   * Makes a fault that keeps a frame back now and then until after the next one.
   *
   * @param random of what is kept back
   * @param chance that one is, from 0 to 1
   * @return a new fault
   */
  static FrameFault swapping(RandomGenerator random, double chance) {
    List<String> kept = new ArrayList<>();
    return frame -> {
      if (kept.isEmpty() && hits(random, chance)) {
        kept.add(frame);
        return List.of();
      }
      List<String> now = new ArrayList<>(List.of(frame));
      now.addAll(kept);
      kept.clear();
      return now;
    };
  }

  /**
   * Makes a fault that cuts frames off somewhere now and then, or replaces one of their characters.
   *
   * @param random of what is hit, and how
   * @param chance that a frame is, from 0 to 1
   * @return a new fault
   */
  static FrameFault garbling(RandomGenerator random, double chance) {
    return frame -> hits(random, chance) ? List.of(garbled(frame, random)) : List.of(frame);
  }

  private static String garbled(String frame, RandomGenerator random) {
    if (frame.isEmpty()) {
      return "?";
    }
    int at = random.nextInt(frame.length());
    boolean half = at > 0 && Character.isHighSurrogate(frame.charAt(at - 1));
    String start = frame.substring(0, half ? at - 1 : at);
    return random.nextBoolean() ? start : start + "\u0007" + rest(frame, at);
  }

  private static String rest(String frame, int at) {
    int from = frame.offsetByCodePoints(at, 1);
    return frame.substring(from);
  }

  private static boolean hits(RandomGenerator random, double chance) {
    Objects.requireNonNull(random, "random");
    return random.nextDouble() < chance;
  }
}
