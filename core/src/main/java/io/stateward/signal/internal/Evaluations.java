package io.stateward.signal.internal;

import io.stateward.signal.Probe;

/** Tells probes of evaluations. */
final class Evaluations {

  private Evaluations() {}

  static void tell(String signal, long startNanos, boolean changed) {
    Probes.emit(new Probe.Evaluated(signal, System.nanoTime() - startNanos, changed));
  }
}
