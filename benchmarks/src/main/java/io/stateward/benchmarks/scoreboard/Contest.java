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
   * @param target what the ratio has to be; of our time to theirs, or for {@code AT_LEAST}, of
   *     theirs to ours
   * @param turns how many turns each has in a pair, of which the median counts; more than one where
   *     what is measured wobbles by itself, like a disk
   */
  record Race(String name, Entry ours, List<Entry> others, Target target, int turns)
      implements Contest {

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
   * @param target what the number has to be
   */
  record Count(String name, Entry entry, Target target) implements Contest {
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
   * Something that is right or wrong.
   *
   * @param name the name of the case
   * @param entry what is checked; its workload is the name of a probe that answers or fails
   * @param goal what is right
   */
  record Exact(String name, Entry entry, String goal) implements Contest {}
}
