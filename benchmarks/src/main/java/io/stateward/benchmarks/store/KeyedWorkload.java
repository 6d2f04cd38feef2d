package io.stateward.benchmarks.store;

import io.stateward.benchmarks.Workload;

/** Changes one entity after the other, in an order that caches cannot foresee. */
final class KeyedWorkload implements Workload {

  private static final int STRIDE = 7_919; // a prime that divides no count used here

  private final Audience audience;
  private final int changed;
  private long changes;
  private int id;

  KeyedWorkload(Audience audience, int changed) {
    this.audience = audience;
    this.changed = changed;
  }

  @Override
  public void run() {
    id = (id + STRIDE) % changed;
    audience.change(id, (int) ++changes); // never the value that is there
  }

  @Override
  public void verify() {
    Workload.require("The number of subscribers told", changes, audience.told());
  }

  @Override
  public void close() {
    audience.close();
  }
}
