package io.stateward.statemachine.durable;

import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the timers of a stored snapshot go on.
 *
 * @param policy which way
 * @param saved when it was stored
 * @param now when it goes on
 */
record Restore(TimerPolicy policy, Instant saved, Instant now) {

  static final Restore AS_STORED = new Restore(TimerPolicy.DEADLINE, Instant.EPOCH, Instant.EPOCH);

  Parts apply(Chart chart, Parts parts) {
    if (policy == TimerPolicy.DEADLINE) {
      return parts;
    }
    List<PendingTimer> timers = new ArrayList<>();
    for (PendingTimer timer : parts.timers()) {
      Instant deadline = now.plus(delay(chart, parts, timer));
      timers.add(
          new PendingTimer(timer.state(), timer.name(), timer.number(), deadline, timer.event()));
    }
    return parts.timers(timers);
  }

  private Duration delay(Chart chart, Parts parts, PendingTimer timer) {
    if (policy == TimerPolicy.RESTART && !timer.state().isEmpty()) {
      Object data = data(chart, parts, chart.node(timer.state()));
      return chart.timer(timer.state(), timer.name()).delay().apply(data);
    }
    Duration left = Duration.between(saved, timer.deadline());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static @Nullable Object data(Chart chart, Parts parts, Node state) {
    return parts.data().get(chart.regions().get(state.slot()).name());
  }
}
