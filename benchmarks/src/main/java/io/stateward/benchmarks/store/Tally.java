package io.stateward.benchmarks.store;

/** One number that many threads count up. */
interface Tally {

  void increment();

  int value();
}
