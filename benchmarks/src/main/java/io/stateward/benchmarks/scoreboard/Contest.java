package io.stateward.benchmarks.scoreboard;

import java.util.List;

/** A case: something that becomes a line. */
sealed interface Contest {

  /** The name of the case, with its suite. */
  String name();

  /** What the line says the target is. */
  String goal();

  /**
   * How long we take in relation to the fastest of some others.
   *
   * @param name the name of the case
   * @param ours what we do
   * @param others what the others do
   * @param beside who is measured in the same pairs and whose time is said, without being what ours
   *     is compared to
   * @param target what the ratio has to be; of our time to theirs, or for {@code AT_LEAST}, of
   *     theirs to ours
   * @param turns how many turns each has in a pair, of which the median counts; more than one where
   *     what is measured wobbles by itself, like a disk
   * @param leastPairs how many pairs there are at least, however quick the run
   */
  record Race(
      String name,
      Entry ours,
      List<Entry> others,
      List<Entry> beside,
      Target target,
      int turns,
      int leastPairs)
      implements Contest {

    Race(String name, Entry ours, List<Entry> others, Target target, int turns) {
      this(name, ours, others, List.of(), target, turns, 1);
    }

    Race(String name, Entry ours, List<Entry> others, Target target) {
      this(name, ours, others, target, 1);
    }

    @Override
    public String goal() {
      return target.toString();
    }
  }

  /**
   * How long something takes.
   *
   * @param name the name of the case
   * @param entry what is done
   * @param target what the time has to be, in microseconds
   */
  record Lap(String name, Entry entry, Target target) implements Contest {
    @Override
    public String goal() {
      return target.toString();
    }
  }

  /**
   * A number that is exact.
   *
   * @param name the name of the case
   * @param entry what is counted; its workload is the name of a probe
   * @param beside who is counted as well, and whose number is said
   * @param target what the number has to be
   */
  record Count(String name, Entry entry, List<Entry> beside, Target target) implements Contest {

    Count(String name, Entry entry, Target target) {
      this(name, entry, List.of(), target);
    }

    @Override
    public String goal() {
      return target.toString();
    }
  }

  /**
   * How much memory something of ours takes in relation to the smallest of some others.
   *
   * @param name the name of the case
   * @param ours what is weighed
   * @param others what the others have
   * @param target what the ratio has to be
   */
  record Weight(String name, Entry ours, List<Entry> others, Target target) implements Contest {
    @Override
    public String goal() {
      return target.toString();
    }
  }

  /**
   * How much more of something there is of ours than of another's.
   *
   * @param name the name of the case
   * @param ours what is counted; its workload is the name of a probe
   * @param other what ours is compared to
   * @param beside who is counted as well, and whose number is said
   * @param target what the difference has to be
   */
  record Excess(String name, Entry ours, Entry other, List<Entry> beside, Target target)
      implements Contest {
    @Override
    public String goal() {
      return target.toString();
    }
  }

  /**
   * Something that is right or wrong.
   *
   * @param name the name of the case
   * @param entry what is checked; its workload is the name of a probe that answers or fails
   * @param goal what is right
   */
  record Exact(String name, Entry entry, String goal) implements Contest {}
}
