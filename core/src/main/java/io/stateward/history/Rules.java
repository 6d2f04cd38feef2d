package io.stateward.history;

import io.stateward.signal.Signal;
import io.stateward.signal.internal.Probes;
import io.stateward.signal.internal.Tap;
import org.jspecify.annotations.Nullable;

/**
 * What a history keeps and what it joins.
 *
 * @param steps the most steps
 * @param retained the largest sum of their sizes
 * @param size the size of a step
 * @param windowNanos how soon changes follow each other that coalesce
 * @param signal whose history it is
 */
record Rules<S>(
    int steps, long retained, StepSize<? super S> size, long windowNanos, Signal<S> signal) {

  boolean same(S one, S other) {
    return Tap.same(signal, one, other);
  }

  long sizeOf(S older, S newer) {
    try {
      long estimate = size.between(older, newer);
      if (estimate >= 0) {
        return estimate;
      }
      report("It was estimated at %d, which is negative".formatted(estimate), null);
    } catch (Throwable t) { // the estimate is foreign code
      report("Estimating it threw", t);
    }
    return 0;
  }

  private void report(String problem, @Nullable Throwable cause) {
    Probes.report(
        "History of '%s'".formatted(signal.name()),
        problem + "; the step counts as 0 towards what is retained.",
        cause);
  }
}
