package io.stateward.statemachine.internal;

import io.stateward.signal.StatewardException;
import io.stateward.statemachine.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which states a macrostep that found no rest went round and round. */
final class Budget {

  private Budget() {}

  static StatewardException exceeded(Chart chart, List<Trace.Microstep> microsteps) {
    return new StatewardException(
        "The machine %s took %d microsteps for one event and found no rest: it goes round %s. Give a transition of these a guard that ends it, or raise the budget."
            .formatted(chart.name(), microsteps.size(), String.join(" -> ", cycle(microsteps))));
  }

  static StatewardException flooded(
      Chart chart, int events, @Nullable Object last, @Nullable Guard failing) {
    return new StatewardException(
        "The machine %s raised %d events for one event and found no rest; the last one is %s%s. A guard or an action that fails raises an event in documents: let it not fail each time, or raise the budget."
            .formatted(
                chart.name(),
                events,
                last,
                failing == null ? "" : ", and the guard %s failed".formatted(failing.name())));
  }

  /** Returns the names of the cycle that the last microsteps repeat; begins and ends alike. */
  private static List<String> cycle(List<Trace.Microstep> microsteps) {
    int last = microsteps.size() - 1;
    int first = last - 1;
    while (first >= 0 && !microsteps.get(first).equals(microsteps.get(last))) {
      first--;
    }
    List<String> names = new ArrayList<>();
    for (int i = Math.max(first, 0); i <= last; i++) {
      Trace.Microstep microstep = microsteps.get(i);
      List<String> entered = microstep.entered();
      Trace.Transition by = microstep.transitions().get(0);
      names.add(entered.isEmpty() ? by.source() : entered.get(entered.size() - 1));
    }
    return names;
  }
}
