package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.chart;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.machine;
import static io.stateward.statemachine.internal.Sketch.parallel;
import static io.stateward.statemachine.internal.Sketch.raise;
import static io.stateward.statemachine.internal.Sketch.run;
import static io.stateward.statemachine.internal.Sketch.runs;
import static io.stateward.statemachine.internal.Sketch.strict;
import static io.stateward.statemachine.internal.Sketch.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Unhandled;
import io.stateward.statemachine.UnhandledEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of events that are not simply taken. */
final class OutcomeOfEventsTest {

  private static Consumer<ArcSpec> refused(String name) {
    return arc -> arc.guard(new Guard(name, (data, event, view) -> false, false));
  }

  private static Consumer<ArcSpec> reacting(ArcSpec.Reaction reaction) {
    return arc -> arc.reaction(reaction);
  }

  @Test
  void step_allGuardsRefuse_isRejectedWithTheirNames() {
    Machine<List<String>, String> machine =
        machine(
            compound("c", atomic("a").on("go", refused("one"), "a").on("go", refused("two"), "a"))
                .on("go", refused("three"), "c"));
    Step<List<String>> step = walk(machine, "go");
    assertThat(step.outcome()).isEqualTo(new Outcome.Rejected(List.of("one", "two", "three")));
    assertThat(step.effects()).isEmpty();
    assertThat(step.trace().microsteps()).isEmpty();
  }

  @Test
  void step_allGuardsOfSeveralRegionsRefuse_isRejectedWithTheirNamesOnce() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                    "p",
                    compound("a", atomic("a1").on("go", refused("one"), "a1")),
                    compound("b", atomic("b1").on("go", refused("two"), "b1")))
                .on("go", refused("three"), "p"));
    assertThat(walk(machine, "go").outcome())
        .isEqualTo(new Outcome.Rejected(List.of("one", "three", "two")));
  }

  @Test
  void guard_ofAnAncestorOfSeveralRegions_isAskedOnce() {
    AtomicInteger asked = new AtomicInteger();
    Machine<List<String>, String> machine =
        machine(
            parallel("p", compound("a", atomic("a1")), compound("b", atomic("b1")))
                .on(
                    "go",
                    arc ->
                        arc.guard(
                            new Guard(
                                "g", (data, event, view) -> asked.incrementAndGet() > 9, false)),
                    "p"));
    walk(machine, "go");
    assertThat(asked).hasValue(1);
  }

  @Test
  void step_ignoredOnPurpose_saysSo_andHidesTheOuterTransition() {
    Machine<List<String>, String> machine =
        machine(
            compound("c", atomic("a").on("go", reacting(ArcSpec.Reaction.IGNORE))).on("go", "c"));
    assertThat(walk(machine, "go").outcome()).isEqualTo(new Outcome.Ignored(true));
  }

  @Test
  void step_ignoredInOneRegion_isTakenInAnother() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                "p",
                compound("a", atomic("a1").on("go", reacting(ArcSpec.Reaction.IGNORE))),
                compound("b", atomic("b1").on("go", "b2"), atomic("b2"))));
    assertThat(walk(machine, "go").snapshot().leaves()).containsExactly("a1", "b2");
  }

  @Test
  void step_unknown_isIgnored_andTheSnapshotIsTheSame() {
    Machine<List<String>, String> machine = machine(atomic("a"));
    Snapshot<List<String>> begun = machine.begin().snapshot();
    Step<List<String>> step = machine.step(begun, "what");
    assertThat(step.outcome()).isEqualTo(new Outcome.Ignored(false));
    assertThat(step.snapshot()).isSameAs(begun);
  }

  @Test
  void step_unknown_whereThatIsToFail_fails() {
    Machine<List<String>, String> machine = machine(chart(atomic("a")).unhandled(Unhandled.FAIL));
    Step<List<String>> step = walk(machine, "what");
    assertThat(((Outcome.Failed) step.outcome()).cause())
        .isInstanceOf(UnhandledEventException.class)
        .hasMessageContaining("chart has no transition for what in a");
  }

  @Test
  void step_unknown_whereThatIsToBeReported_isReported() {
    Machine<List<String>, String> machine =
        machine(
            chart(parallel("p", compound("a", atomic("a1")), compound("b", atomic("b1"))))
                .unhandled(Unhandled.REPORT));
    List<String> problems = new ArrayList<>();
    try (Subscription watching =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failed) {
                problems.add(failed.where() + ": " + failed.problem());
              }
            })) {
      assertThat(watching).isNotNull();
      assertThat(walk(machine, "what").outcome()).isEqualTo(new Outcome.Ignored(false));
    }
    assertThat(problems)
        .containsExactly("machine chart: no transition for what in [a1, b1]; it was dropped");
  }

  @Test
  void step_eventOrSnapshotOfAnother_isRefusedByName() {
    Machine<List<String>, String> machine = machine(atomic("a"));
    Machine<List<String>, String> other = machine(atomic("a"));
    Snapshot<List<String>> begun = machine.begin().snapshot();
    assertThatThrownBy(() -> other.step(begun, "go"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of machine chart");
    @SuppressWarnings({"unchecked", "rawtypes"})
    Machine<List<String>, Object> untyped = (Machine) machine;
    assertThatThrownBy(() -> untyped.step(begun, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 is a java.lang.Integer")
        .hasMessageContaining("chart takes names");
  }

  @Test
  void step_guardThatThrows_failsAndChangesNothing() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a")
                .on(
                    "go",
                    arc ->
                        arc.guard(
                            new Guard(
                                "g",
                                (data, event, view) -> {
                                  throw new IllegalStateException("broken");
                                },
                                false)),
                    "b"),
            atomic("b"));
    Step<List<String>> step = walk(machine, "go");
    assertThat(((Outcome.Failed) step.outcome()).cause()).hasMessage("broken");
    assertThat(step.snapshot().leaves()).containsExactly("a");
  }

  @Test
  void step_failureLateInTheMacrostep_undoesAllOfIt() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a")
                .on("go", arc -> arc.actions().addAll(List.of(run("done"), raise("x"))), "b"),
            atomic("b")
                .on(
                    "x",
                    (data, event, view) -> {
                      throw new AssertionError("late");
                    },
                    "a"));
    Step<List<String>> step = walk(machine, "go");
    assertThat(((Outcome.Failed) step.outcome()).cause()).hasMessage("late");
    assertThat(step.snapshot().leaves()).containsExactly("a");
    assertThat(step.effects()).isEmpty();
    // The workspace that failed is used again, and remembers nothing of it.
    assertThat(machine.step(step.snapshot(), "other").outcome())
        .isEqualTo(new Outcome.Ignored(false));
  }

  @Test
  void begin_thatFails_isInNoState() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a")
                .entry(
                    new Action.Script(
                        "s",
                        (event, context) -> {
                          throw new IllegalStateException("broken");
                        })));
    Step<List<String>> step = machine.begin();
    assertThat(((Outcome.Failed) step.outcome()).cause()).hasMessage("broken");
    assertThat(step.snapshot().leaves()).isEmpty();
    assertThatThrownBy(() -> step.snapshot().state()).hasMessageContaining("in no state");
    assertThat(machine.step(step.snapshot(), "go").outcome()).isEqualTo(new Outcome.Ignored(false));
    assertThatThrownBy(machine::instance).hasMessage("broken");
  }

  @Test
  void strict_scriptThatThrows_isAnEvent_andTheOthersRun() {
    Action broken =
        new Action.Script(
            "s",
            (event, context) -> {
              throw new IllegalStateException("broken");
            });
    Machine<List<String>, String> machine =
        machine(
            strict(
                atomic("a")
                    .on("go", arc -> arc.actions().addAll(List.of(broken, run("next"))), "b"),
                atomic("b").on("error", "c"),
                atomic("c")));
    Step<List<String>> step = walk(machine, "go");
    assertThat(step.snapshot().leaves()).containsExactly("c");
    assertThat(runs(step)).containsExactly("next");
  }

  @Test
  void strict_guardThatThrows_isFalse_andAnEvent() {
    Machine<List<String>, String> machine =
        machine(
            strict(
                atomic("a")
                    .on(
                        "go",
                        arc ->
                            arc.guard(
                                new Guard(
                                    "g",
                                    (data, event, view) -> {
                                      throw new IllegalStateException("broken");
                                    },
                                    true)),
                        "b")
                    .on("error", "c"),
                atomic("b"),
                atomic("c")));
    assertThat(walk(machine, "go").snapshot().leaves()).containsExactly("c");
  }

  @Test
  void strict_guardThatThrowsForEver_failsTheMacrostep() {
    Guard.Test broken =
        (data, event, view) -> {
          if (event != null) {
            throw new IllegalStateException("broken");
          }
          return false;
        };
    Machine<List<String>, String> machine =
        machine(strict(atomic("a").always("g", broken, "b"), atomic("b")).budget(10));
    assertThat(((Outcome.Failed) walk(machine, "go").outcome()).cause())
        .hasMessageContaining("found no rest")
        .hasMessageContaining("guard g failed");
  }

  private static Machine<List<String>, String> waiting() {
    return machine(
        atomic("a")
            .on("x", reacting(ArcSpec.Reaction.DEFER))
            .on("y", reacting(ArcSpec.Reaction.DEFER))
            .on("go", "b"),
        atomic("b").on("x", arc -> arc.actions().add(run("x in b")), "c").on("back", "a"),
        atomic("c")
            .on("x", reacting(ArcSpec.Reaction.DEFER))
            .on("y", arc -> arc.actions().add(run("y in c"))));
  }

  @Test
  void deferred_waits_andIsTriedWhenTheMachineMoves() {
    Machine<List<String>, String> machine = waiting();
    Step<List<String>> waits = walk(machine, "x");
    assertThat(waits.outcome()).isEqualTo(new Outcome.Deferred());
    assertThat(waits.snapshot().deferred()).containsExactly("x");
    Step<List<String>> step = walk(machine, "x", "y", "x", "go");
    assertThat(step.outcome()).isEqualTo(new Outcome.Transitioned(List.of("a"), List.of("b")));
    assertThat(step.recalled())
        .containsExactly(
            new Step.Recalled("x", new Outcome.Transitioned(List.of("b"), List.of("c"))),
            new Step.Recalled("y", new Outcome.Updated()));
    assertThat(step.snapshot().deferred()).containsExactly("x");
    assertThat(runs(step)).containsExactly("x in b", "y in c");
    assertThat(step.trace().microsteps()).hasSize(3);
  }

  @Test
  void deferred_thatFails_isDropped_andUndoesNothingElse() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a")
                .on("x", reacting(ArcSpec.Reaction.DEFER))
                .on("y", reacting(ArcSpec.Reaction.DEFER))
                .on("go", arc -> arc.actions().add(run("went")), "b"),
            atomic("b")
                .on(
                    "x",
                    arc ->
                        arc.actions()
                            .addAll(
                                List.of(
                                    run("lost"),
                                    new Action.Script(
                                        "s",
                                        (event, context) -> {
                                          throw new IllegalStateException("broken");
                                        }))))
                .on("y", "c"),
            atomic("c"));
    Step<List<String>> step = walk(machine, "x", "y", "go");
    assertThat(step.snapshot().leaves()).containsExactly("c");
    assertThat(step.snapshot().deferred()).isEmpty();
    assertThat(runs(step)).containsExactly("went");
    assertThat(step.recalled()).hasSize(2);
    assertThat(step.recalled().get(0).outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(step.recalled().get(1).outcome().isTaken()).isTrue();
  }

  @Test
  void deferred_inOneRegion_isTakenByAnother() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                "p",
                compound("a", atomic("a1").on("x", reacting(ArcSpec.Reaction.DEFER))),
                compound("b", atomic("b1").on("x", "b2"), atomic("b2"))));
    Step<List<String>> step = walk(machine, "x");
    assertThat(step.snapshot().leaves()).containsExactly("a1", "b2");
    assertThat(step.snapshot().deferred()).isEmpty();
  }

  @Test
  void deferred_thatIsRaisedAgainForEver_stops() {
    Machine<List<String>, String> machine =
        machine(
            chart(
                    atomic("a").on("x", reacting(ArcSpec.Reaction.DEFER)).on("go", "b"),
                    atomic("b").on("x", arc -> arc.actions().add(raise("again")), "c"),
                    atomic("c")
                        .on("again", reacting(ArcSpec.Reaction.DEFER))
                        .on("x", reacting(ArcSpec.Reaction.DEFER))
                        .always("yes", (data, event, view) -> true, "d"),
                    atomic("d").on("again", arc -> arc.actions().add(raise("x")), "b"))
                .budget(50));
    assertThat(walk(machine, "x", "go").recalled()).hasSizeLessThanOrEqualTo(50);
  }
}
