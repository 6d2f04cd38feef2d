package io.stateward.benchmarks.scoreboard;

/**
 * Who does what in a race.
 *
 * @param lane the name of the virtual machine in which it is done
 * @param contender who does it
 * @param workload what is done, as {@link Lane} understands it
 */
record Entry(String lane, String contender, String workload) {

  Entry(String contender, String workload) {
    this(contender, contender, workload);
  }
}
