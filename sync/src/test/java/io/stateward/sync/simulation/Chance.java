package io.stateward.sync.simulation;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/**
 * What may go wrong, in two steps: each run draws which faults it has at all, and only those then
 * happen now and then. So most runs have some faults in plenty, and few have all of them a little.
 */
final class Chance {

  /** A way in which the world can be bad. */
  enum Fault {
    LATENCY,
    CUT,
    VANISH,
    ABANDON,
    HOLD,
    REFUSE,
    SLOW_READER,
    DROPPED_FRAMES,
    DOUBLED_FRAMES,
    SWAPPED_FRAMES,
    GARBLED_FRAMES,
    HUB_CRASH,
    CLIENT_CRASH,
    CRASH_IN_APPEND,
    DISK_FULL,
    DISK_ERROR,
    BACKUP,
    CLOCK_JUMP,
    CLOSE_ON_PURPOSE,
    SMALL_LIMITS,
    SHORT_TIMES,
    SHORT_HISTORY,
    SHORT_MEMORY,
    LONG_AWAY,
    LATE_OPENING,
    OLD_OUTBOX;

    /** What breaks the rules of connections. */
    static final Set<Fault> MANGLING =
        EnumSet.of(DROPPED_FRAMES, DOUBLED_FRAMES, SWAPPED_FRAMES, GARBLED_FRAMES);
  }

  /** What takes much from what can be checked, and so is in few runs. */
  private static final Set<Fault> RARE = EnumSet.of(Fault.OLD_OUTBOX, Fault.SHORT_MEMORY);

  private final Set<Fault> active = EnumSet.noneOf(Fault.class);
  private final Random random;
  private boolean over;

  Chance(Random random) {
    this.random = random;
    for (Fault fault : Fault.values()) {
      if (random.nextBoolean() && (!RARE.contains(fault) || random.nextBoolean())) {
        active.add(fault);
      }
    }
    if (random.nextBoolean()) {
      active.removeAll(Fault.MANGLING); // else hardly any run would keep the rules of connections
    }
  }

  /** Returns whether a fault is there at all in this run. */
  boolean has(Fault fault) {
    return active.contains(fault);
  }

  /** Returns whether a fault happens now; never once the world has healed. */
  boolean strikes(Fault fault, double probability) {
    return !over && active.contains(fault) && random.nextDouble() < probability;
  }

  /** From now on nothing goes wrong any more. */
  void heal() {
    over = true;
  }

  boolean isHealed() {
    return over;
  }

  @Override
  public String toString() {
    return active.toString();
  }
}
