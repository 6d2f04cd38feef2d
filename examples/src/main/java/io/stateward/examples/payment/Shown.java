package io.stateward.examples.payment;

import io.stateward.examples.Json;
import io.stateward.examples.payment.Payment.Busy;
import io.stateward.examples.payment.Payment.Failed;
import io.stateward.examples.payment.Payment.Success;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a payment stands, as the page shows it.
 *
 * @param state the state
 * @param active the names of the active states, superstates first
 * @param taken the transition that led there: its source and its target, or nothing
 * @param canStart whether the machine would start
 * @param canRetry whether it would try again
 * @param canCancel whether it would cancel
 * @param isDone whether it has come to its end
 */
record Shown(
    Payment state,
    List<String> active,
    List<String> taken,
    boolean canStart,
    boolean canRetry,
    boolean canCancel,
    boolean isDone) {

  String toJson() {
    Order order = order();
    return Json.object()
        .put("name", state.getClass().getSimpleName())
        .put("active", active)
        .put("taken", taken)
        .put("order", order == null ? null : order.what())
        .put("cents", order == null ? 0L : order.cents())
        .put("attempt", attempt())
        .put("detail", detail())
        .put("start", canStart)
        .put("retry", canRetry)
        .put("cancel", canCancel)
        .put("another", isDone)
        .toString();
  }

  private @Nullable Order order() {
    if (state instanceof Busy busy) {
      return busy.order();
    }
    if (state instanceof Success success) {
      return success.order();
    }
    return state instanceof Failed failed ? failed.order() : null;
  }

  private int attempt() {
    if (state instanceof Busy busy) {
      return busy.attempt();
    }
    return state instanceof Failed failed ? failed.attempt() : 1;
  }

  private String detail() {
    if (state instanceof Success success) {
      return success.receipt();
    }
    return state instanceof Failed failed ? failed.message() : "";
  }
}
