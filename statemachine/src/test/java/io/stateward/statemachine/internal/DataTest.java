package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.chart;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.constant;
import static io.stateward.statemachine.internal.Sketch.machine;
import static io.stateward.statemachine.internal.Sketch.parallel;
import static io.stateward.statemachine.internal.Sketch.raise;
import static io.stateward.statemachine.internal.Sketch.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is given which data, and when. */
final class DataTest {

  record Left(int value) {}

  record Right(int value) {}

  record Sum(int value) {}

  record Counter(int value) {}

  private static List<@Nullable Object> data(Step<?> step) {
    Position<?> position = (Position<?>) step.snapshot();
    List<@Nullable Object> data = new ArrayList<>();
    for (int slot = 0; slot < position.chart().slots(); slot++) {
      data.add(position.data(slot));
    }
    return data;
  }

  private static Sketch pair() {
    return parallel(
        "p",
        compound("a", atomic("a1").on("left", (d, e, v) -> new Left(((Left) d).value() + 1), "a1"))
            .begins((parallel, event, view) -> new Left(((Sum) parallel).value()), "a1"),
        compound("b", atomic("b1")).begins(constant(new Right(20)), "b1"));
  }

  @Test
  void enter_parallelState_regionsBeginWithItsData() {
    Machine<List<String>, String> machine =
        machine(atomic("s").on("go", constant(new Sum(10)), "p"), pair());
    assertThat(data(walk(machine, "go"))).containsExactly(new Sum(10), new Left(10), new Right(20));
    assertThat(data(walk(machine, "go", "left")))
        .containsExactly(new Sum(10), new Left(11), new Right(20));
  }

  @Test
  void leave_parallelState_functionsSeeWhatItsRegionsHad() {
    Machine<List<String>, String> machine =
        machine(
            atomic("s").on("go", constant(new Sum(1)), "p"),
            pair()
                .on(
                    "join",
                    (d, e, view) ->
                        new Sum(view.get(Left.class).value() + view.get(Right.class).value()),
                    "end"),
            atomic("end"));
    assertThat(data(walk(machine, "go", "left", "join"))).containsExactly(new Sum(22), null, null);
  }

  @Test
  void entryActions_seeTheNewData_exitActionsTheOld_andSuperstatesThatOfTheirLeaf() {
    List<String> log = new ArrayList<>();
    Machine<List<String>, String> machine =
        machine(
            atomic("s").on("go", constant("new"), "c1").logged(),
            compound("c", atomic("c1").logged()).entry(Sketch.run("+c")),
            atomic("t"));
    for (Effect effect : walk(machine, "go").effects()) {
      Effect.Run run = (Effect.Run) effect;
      log.add(run.name() + "=" + run.data() + " by " + run.event());
    }
    assertThat(log).containsExactly("-s=null by go", "+c=new by go", "+c1=new by go");
  }

  @Test
  void update_comesAfterExits_andBeforeActions() {
    Machine<List<String>, String> machine =
        machine(
            compound(
                    "c",
                    atomic("a")
                        .exit(Sketch.run("-a"))
                        .on(
                            "go",
                            arc -> {
                              arc.update((data, event, view) -> data + "!");
                              arc.actions().add(Sketch.run("act"));
                            },
                            "b"),
                    atomic("b").entry(Sketch.run("+b")))
                .begins(constant("data"), "a"));
    Step<List<String>> step = walk(machine, "go");
    assertThat(step.effects())
        .extracting(effect -> ((Effect.Run) effect).data())
        .containsExactly("data", "data!", "data!");
    assertThat(data(step)).containsExactly("data!");
  }

  private static ChartSpec counting() {
    ChartSpec chart =
        chart(
            atomic("a")
                .on(
                    "add",
                    arc ->
                        arc.assigns()
                            .add(
                                new ArcSpec.Assign(
                                    Counter.class,
                                    (now, data, event) ->
                                        new Counter(((Counter) now).value() + 1))))
                .on(
                    "go",
                    arc ->
                        arc.guard(
                            new Guard(
                                "two",
                                (data, event, view) -> view.get(Counter.class).value() >= 2,
                                true)),
                    "b"),
            atomic("b").on("bad", arc -> arc.assigns().add(assignToNothing())));
    chart
        .contexts()
        .add(new ChartSpec.ContextSpec(Counter.class, (input, event, view) -> new Counter(0)));
    return chart;
  }

  private static ArcSpec.Assign assignToNothing() {
    return new ArcSpec.Assign(Sum.class, (now, data, event) -> new Sum(1));
  }

  @Test
  void context_isChangedByAssign_andSeenByGuards() {
    Machine<List<String>, String> machine = machine(counting());
    assertThat(walk(machine, "add", "go").outcome())
        .isEqualTo(new Outcome.Rejected(List.of("two")));
    Step<List<String>> step = walk(machine, "add", "add", "go");
    assertThat(step.snapshot().leaves()).containsExactly("b");
    assertThat(step.snapshot().get(Counter.class)).isEqualTo(new Counter(2));
  }

  @Test
  void assign_toWhatIsNotThere_fails() {
    Machine<List<String>, String> machine = machine(counting());
    Step<List<String>> step = walk(machine, "add", "add", "go", "bad");
    assertThat(((Outcome.Failed) step.outcome()).cause())
        .hasMessageContaining("No state or context of type Sum");
  }

  @Test
  void script_raisesSendsEmitsAssignsAndEnds_withinItsMacrostep() {
    ChartSpec chart =
        chart(
            atomic("a")
                .on(
                    "go",
                    arc ->
                        arc.actions()
                            .add(
                                new Action.Script(
                                    "s",
                                    (event, context) -> {
                                      context.raise("raised");
                                      context.send("t", 5, "later");
                                      context.send("u", 5, "never");
                                      context.cancel("u");
                                      context.emit("e", context.isIn("a"));
                                      context.assign(Counter.class, new Counter(7));
                                    })))
                .on("raised", "b")
                .on("stop", arc -> arc.actions().add(new Action.Script("s", (e, c) -> c.end()))),
            atomic("b"));
    chart.contexts().add(new ChartSpec.ContextSpec(Counter.class, constant(new Counter(0))));
    Machine<List<String>, String> machine = machine(chart);
    Step<List<String>> step = walk(machine, "go");
    assertThat(step.snapshot().leaves()).containsExactly("b");
    assertThat(step.snapshot().timers()).hasSize(1);
    assertThat(step.effects()).contains(new Effect.Emit("e", true)).hasSize(2);
    assertThat(step.snapshot().get(Counter.class)).isEqualTo(new Counter(7));
    assertThat(walk(machine, "stop").snapshot().isDone()).isTrue();
    assertThat(walk(machine, "stop", "go").outcome()).isEqualTo(new Outcome.Ignored(false));
  }

  @Test
  void raise_seesTheDataOfItsState() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a")
                .on(
                    "go",
                    arc -> {
                      arc.update(constant("told"));
                      arc.actions()
                          .add(new Action.Raise("x", (data, event) -> data + " by " + event));
                    })
                .on("told by go", "b"),
            atomic("b").entry(raise("nobody")));
    assertThat(walk(machine, "go").snapshot().leaves()).containsExactly("b");
  }

  @Test
  void view_ofAPosition_findsStatesByNameAndData() {
    Machine<List<String>, String> machine =
        machine(atomic("s").on("go", constant(new Sum(3)), "p"), pair());
    Step<List<String>> step = walk(machine, "go");
    assertThat(step.snapshot().isIn("b")).isTrue();
    assertThat(step.snapshot().isIn("s")).isFalse();
    assertThat(step.snapshot().isIn("no such state")).isFalse();
    assertThat(step.snapshot().isIn(Left.class)).isTrue();
    assertThat(step.snapshot().find(Counter.class)).isNull();
    assertThatThrownBy(() -> step.snapshot().get(Counter.class))
        .hasMessageContaining("Counter is active");
  }

  private static DataFunction adds(String what) {
    return new DataFunction() {
      @Override
      public Object apply(@Nullable Object state, @Nullable Object event, View view) {
        return state + what;
      }

      @Override
      public boolean looksAround() {
        return false;
      }
    };
  }

  @Test
  void step_functionsOfOneTransition_eachGetTheDataBefore_inBothWays() {
    ChartSpec spec =
        chart(
            atomic("s").on("go", constant("0"), "a"),
            atomic("a").on("go", arc -> arc.update(adds("u")), "b"),
            compound("b", compound("c", atomic("d")).begins(adds("d"), "d"))
                .begins(adds("c"), "c"));
    for (boolean direct : List.of(true, false)) {
      ChartMachine<List<String>, String> machine =
          new ChartMachine<>(Compiler.compile(spec, direct));
      assertThat(data(walk(machine, "go", "go"))).containsExactly("0d");
    }
  }
}
