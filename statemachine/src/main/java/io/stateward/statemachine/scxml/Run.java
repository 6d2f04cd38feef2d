package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.statemachine.internal.StepContext;
import org.jspecify.annotations.Nullable;

/** One run of executable content. */
final class Run {

  private final Surroundings surroundings;
  private final @Nullable Object event;
  private final StepContext context;

  Run(Surroundings surroundings, @Nullable Object event, StepContext context) {
    this.surroundings = surroundings;
    this.event = event;
    this.context = context;
  }

  StepContext context() {
    return context;
  }

  Bindings bindings() {
    return surroundings.bindings(event, context);
  }

  Variables variables() {
    return bindings().variables();
  }

  void assign(Variables variables) {
    if (!surroundings.variables()) {
      throw Failure.execution("The document has no <data>, so nothing can be assigned to.");
    }
    context.assign(Variables.class, variables);
  }

  // What a data model throws, whatever it is, is a failure of the document's.

  @Nullable Tree value(DataModel.Expression expression) {
    try {
      return expression.evaluate(bindings());
    } catch (RuntimeException e) {
      throw Failure.execution(e);
    }
  }

  /** A value that is a text: of an event, a target, an id, a delay. */
  String text(DataModel.Expression expression) {
    Tree value = value(expression);
    if (value == null || value.isNull()) {
      throw Failure.execution("A text is needed, and the expression has no value.");
    }
    return Values.toText(value);
  }

  /** A condition that fails counts as false, and the failure becomes an event. */
  boolean holds(DataModel.Condition condition) {
    try {
      return condition.test(bindings());
    } catch (RuntimeException e) {
      report(Failure.execution(e));
      return false;
    }
  }

  void assign(DataModel.Location location, @Nullable Tree value) {
    Variables next;
    try {
      next = location.assign(bindings(), value);
    } catch (RuntimeException e) {
      throw Failure.execution(e);
    }
    assign(next);
  }

  void report(Failure failure) {
    context.raise(failure.event());
  }
}
