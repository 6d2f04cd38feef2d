package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.statemachine.scxml.DataModel.Condition;
import io.stateward.statemachine.scxml.DataModel.Expression;
import io.stateward.statemachine.scxml.DataModel.Location;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An element of executable content. */
sealed interface Content
    permits Content.Raise,
        Content.If,
        Content.ForEach,
        Content.Log,
        Content.Assign,
        Content.Cancel,
        Content.Declare,
        Content.Once,
        Sending {

  /** What people call it. */
  String label();

  /** Does it; throws a {@link Failure} to end the block. */
  void run(Run run);

  /** Runs a whole block: what fails ends it and becomes an event. */
  static void runAll(List<Content> block, Run run) {
    try {
      block.forEach(content -> content.run(run));
    } catch (Failure failure) {
      run.report(failure);
    }
  }

  /** An event for this macrostep. */
  record Raise(String event) implements Content {
    @Override
    public String label() {
      return "raise " + event;
    }

    @Override
    public void run(Run run) {
      run.context().raise(ScxmlEvent.raised(event));
    }
  }

  /** A condition, null for none, and what to do if it is the first that holds. */
  record Branch(@Nullable Condition condition, List<Content> block) {}

  /** One of several blocks, or none. */
  record If(String condition, List<Branch> branches) implements Content {
    @Override
    public String label() {
      return "if " + condition;
    }

    @Override
    public void run(Run run) {
      for (Branch branch : branches) {
        if (branch.condition() == null || run.holds(branch.condition())) {
          branch.block().forEach(content -> content.run(run));
          return;
        }
      }
    }
  }

  /** A block for each element of an array. */
  record ForEach(Expression array, String item, @Nullable String index, List<Content> block)
      implements Content {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

    @Override
    public String label() {
      return "for each " + item;
    }

    @Override
    public void run(Run run) {
      if (!(run.value(array) instanceof TreeArray elements)) {
        throw Failure.execution("What <foreach> goes through is no array.");
      }
      check(item);
      if (index != null) {
        check(index);
      }
      int at = 0;
      for (Tree element : elements.elements()) {
        Variables variables = run.variables().with(item, element);
        run.assign(index == null ? variables : variables.with(index, Tree.of(at++)));
        block.forEach(content -> content.run(run));
      }
    }

    private static void check(String name) {
      if (!NAME.matcher(name).matches() || Evaluator.SYSTEM.contains(name)) {
        throw Failure.execution("'%s' cannot be the name of a variable.".formatted(name));
      }
    }
  }

  /** A value for whoever listens. */
  record Log(String name, @Nullable Expression value) implements Content {
    @Override
    public String label() {
      return "log " + name;
    }

    @Override
    public void run(Run run) {
      Tree said = value == null ? null : run.value(value);
      run.context().emit("log", new ScxmlLog(name, said));
    }
  }

  /** Another value for a variable, or a part of one. */
  record Assign(String place, Location location, Expression value) implements Content {
    @Override
    public String label() {
      return "assign " + place;
    }

    @Override
    public void run(Run run) {
      run.assign(location, run.value(value));
    }
  }

  /** Drops what was sent. */
  record Cancel(Expression sendId) implements Content {
    @Override
    public String label() {
      return "cancel";
    }

    @Override
    public void run(Run run) {
      run.context().cancel(run.text(sendId));
    }
  }

  /** The first value of a variable; where it fails, there is none, and the failure is an event. */
  record Declare(String id, Expression value) implements Content {
    @Override
    public String label() {
      return "data " + id;
    }

    @Override
    public void run(Run run) {
      try {
        run.assign(run.variables().with(id, run.value(value)));
      } catch (Failure failure) {
        run.report(failure);
      }
    }
  }

  /** What is done when a state is entered for the first time. */
  record Once(String state, List<Content> block) implements Content {
    @Override
    public String label() {
      return "once";
    }

    @Override
    public void run(Run run) {
      String mark = "#entered " + state;
      if (run.variables().find(mark) == null) {
        run.assign(run.variables().with(mark, Tree.of(true)));
        block.forEach(content -> content.run(run));
      }
    }
  }
}
