package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transition as one leaf takes it. If it is direct, all that it does is known beforehand, but for
 * the data: where it leads, what is done, and what the step will tell.
 */
final class Move {

  final Arc arc;
  final Guard.@Nullable Test test;
  final boolean direct;

  /** The leaf that is active afterwards; only if direct. */
  final int to;

  /** What makes the next data, one after the other, each from the data before; only if direct. */
  final DataFunction[] makers;

  /** What is done once the step is committed, in order; only if direct. */
  final Deed[] deeds;

  /** Whether a guard or a function reads what is around. */
  final boolean looksAround;

  final Outcome outcome;
  final Trace trace;

  /** A transition that takes the general way. */
  Move(Arc arc) {
    this.arc = arc;
    this.test = arc.guard == null ? null : arc.guard.test();
    this.direct = false;
    this.to = -1;
    this.makers = new DataFunction[0];
    this.deeds = new Deed[0];
    this.looksAround = arc.guard != null && arc.guard.looksAround();
    this.outcome = new Outcome.Updated();
    this.trace = Trace.none();
  }

  /** A transition that takes the direct way. */
  Move(Arc arc, int to, List<DataFunction> makers, List<Deed> deeds, Outcome outcome, Trace trace) {
    this.arc = arc;
    this.test = arc.guard == null ? null : arc.guard.test();
    this.direct = true;
    this.to = to;
    this.makers = makers.toArray(DataFunction[]::new);
    this.deeds = deeds.toArray(Deed[]::new);
    this.looksAround =
        (arc.guard != null && arc.guard.looksAround())
            || makers.stream().anyMatch(DataFunction::looksAround);
    this.outcome = outcome;
    this.trace = trace;
  }

  boolean allows(@Nullable Object data, @Nullable Object event, View view) {
    return test == null || test.test(data, event, view);
  }

  /** Returns the data of the leaf that is active afterwards. */
  @Nullable Object next(@Nullable Object data, @Nullable Object event, View view) {
    Object next = data;
    for (DataFunction maker : makers) {
      next = maker.apply(data, event, view);
    }
    return next;
  }

  /**
   * An action that is done once the step is committed.
   *
   * @param state the name of the state that it belongs to
   * @param run what is done
   * @param before whether it gets the data as it was before the move
   */
  record Deed(String state, Action.Run run, boolean before) {}
}
