package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.View;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A transition as one leaf takes it. If it is direct, all that it does is known beforehand, but for
 * the data: what is left and entered, what is done, and what the step will tell.
 */
final class Move {

  private static final DataFunction[] NO_MAKERS = {};

  final Arc arc;
  final boolean direct;

  /** Whether a guard or a function reads what is around. */
  final boolean looksAround;

  /** Where the data is that it reads and makes. */
  final int slot;

  /** The leaf that is active afterwards; only if direct. */
  final int to;

  /** The leaf that is active afterwards, where its data is checked; else null. */
  private final @Nullable Node checked;

  private final @Nullable Class<?> type; // of its data

  /** What it does and tells; only if direct. */
  final Plan plan;

  /** What it does, if that is nothing but calls. */
  final @Nullable Calls calls;

  /** As the plan has it, a look less away. */
  final Outcome outcome;

  final Deeds deeds;

  /** What is left, by name, innermost first; only if direct. */
  final List<String> exited;

  /** What is entered, by name, outermost first; only if direct. */
  final List<String> entered;

  /** What is left and entered as bits, where a chart has no more states than a word has bits. */
  final long exits;

  final long entries;
  private final Guard.@Nullable Test test;
  private final @Nullable BiPredicate<@Nullable Object, @Nullable Object> plainTest;
  private final boolean makes; // whether there is one at all
  private final DataFunction[] makers; // each from the data before the step; the last one counts
  private final @Nullable BiFunction<@Nullable Object, @Nullable Object, @Nullable Object>
      plainMaker;

  /** A transition that takes the general way. */
  Move(Arc arc) {
    this(arc, null, List.of(), new Deeds(), List.of(), List.of(), 0, 0);
  }

  /** A transition that takes the direct way. */
  Move(
      Arc arc,
      Node to,
      List<DataFunction> makers,
      Deeds deeds,
      List<Node> left,
      List<Node> entered) {
    this(arc, to, makers, deeds, names(left), names(entered), bits(left), bits(entered));
  }

  private Move(
      Arc arc,
      @Nullable Node to,
      List<DataFunction> makers,
      Deeds deeds,
      List<String> exited,
      List<String> entered,
      long exits,
      long entries) {
    this.arc = arc;
    this.direct = to != null;
    this.to = to == null ? -1 : to.number;
    this.slot = arc.source.slot;
    this.checked = to != null && to.slot == slot ? to : null;
    this.type = checked == null ? null : checked.type;
    this.exited = exited;
    this.entered = entered;
    this.exits = exits;
    this.entries = entries;
    this.deeds = deeds;
    this.plan =
        new Plan(
            deeds.all(),
            arc.targets.length == 0 ? Outcomes.UPDATED : new Outcome.Transitioned(exited, entered),
            new Trace.Microstep(List.of(arc.label), exited, entered));
    this.calls = Calls.of(deeds);
    this.outcome = plan.outcome;
    Guard guard = arc.guard;
    this.test = guard == null ? null : guard.test();
    this.plainTest = test instanceof Plain.Test plain ? plain.function() : null;
    this.makers = makers.isEmpty() ? NO_MAKERS : makers.toArray(DataFunction[]::new);
    this.makes = !makers.isEmpty();
    this.plainMaker =
        makers.size() == 1 && makers.get(0) instanceof Plain.Data plain ? plain.function() : null;
    this.looksAround =
        (guard != null && guard.looksAround())
            || makers.stream().anyMatch(DataFunction::looksAround);
  }

  boolean allows(@Nullable Object data, @Nullable Object event, View view) {
    BiPredicate<@Nullable Object, @Nullable Object> plain = plainTest;
    if (plain != null) {
      return plain.test(data, event);
    }
    return test == null || test.test(data, event, view);
  }

  /** Returns the data of the leaf that is active afterwards. */
  @Nullable Object next(@Nullable Object data, @Nullable Object event, View view) {
    if (!makes) {
      return data;
    }
    BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> plain = plainMaker;
    Object next = plain != null ? plain.apply(data, event) : make(data, event, view);
    Class<?> wanted = type;
    return wanted == null || (next != null && next.getClass() == wanted) ? next : refuse(next);
  }

  private Object refuse(@Nullable Object next) {
    throw Fit.misfit(Objects.requireNonNull(checked), next, arc);
  }

  private @Nullable Object make(@Nullable Object data, @Nullable Object event, View view) {
    Object next = data;
    for (DataFunction maker : makers) {
      next = maker.apply(data, event, view);
    }
    return next;
  }

  private static List<String> names(List<Node> nodes) {
    return nodes.stream().map(Node::name).toList();
  }

  private static long bits(List<Node> nodes) {
    long bits = 0;
    for (Node node : nodes) {
      bits |= 1L << node.number;
    }
    return bits;
  }
}
