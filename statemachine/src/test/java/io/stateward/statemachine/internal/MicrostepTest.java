package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.after;
import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.chart;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.last;
import static io.stateward.statemachine.internal.Sketch.machine;
import static io.stateward.statemachine.internal.Sketch.parallel;
import static io.stateward.statemachine.internal.Sketch.raise;
import static io.stateward.statemachine.internal.Sketch.run;
import static io.stateward.statemachine.internal.Sketch.runs;
import static io.stateward.statemachine.internal.Sketch.strict;
import static io.stateward.statemachine.internal.Sketch.walk;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one event does, by the W3C's algorithm: which transitions, and in which order. */
final class MicrostepTest {

  @Test
  void begin_entersOutermostFirst() {
    Step<List<String>> step =
        machine(parallel("p", compound("a", atomic("a1")), compound("b", atomic("b1"))).logged())
            .begin();
    assertThat(runs(step)).containsExactly("+p", "+a", "+a1", "+b", "+b1");
    assertThat(step.outcome())
        .isEqualTo(new Outcome.Transitioned(List.of(), List.of("p", "a", "a1", "b", "b1")));
    assertThat(step.snapshot().active()).containsExactly("chart", "p", "a", "a1", "b", "b1");
  }

  @Test
  void step_exitsThenContentThenEntries() {
    Machine<List<String>, String> machine =
        machine(
            compound(
                    "a",
                    atomic("a1")
                        .on("go", arc -> arc.actions().addAll(List.of(run("1"), run("2"))), "b1"))
                .logged(),
            compound("b", atomic("b1")).logged());
    Step<List<String>> step = walk(machine, "go");
    assertThat(runs(step)).containsExactly("-a1", "-a", "1", "2", "+b", "+b1");
    assertThat(step.outcome())
        .isEqualTo(new Outcome.Transitioned(List.of("a1", "a"), List.of("b", "b1")));
    assertThat(step.trace().microsteps()).hasSize(1);
    assertThat(step.trace().microsteps().get(0).transitions().get(0).toString())
        .contains("source=a1", "trigger=go", "targets=[b1]");
  }

  @Test
  void step_ofSeveralRegions_exitsInReverseAndRunsContentInOrder() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                    "p",
                    compound(
                        "a",
                        atomic("a1").on("go", arc -> arc.actions().add(run("a")), "a2"),
                        atomic("a2")),
                    compound(
                        "b",
                        atomic("b1").on("go", arc -> arc.actions().add(run("b")), "b2"),
                        atomic("b2")))
                .logged());
    assertThat(runs(walk(machine, "go"))).containsExactly("-b1", "-a1", "a", "b", "+a2", "+b2");
  }

  @Test
  void step_innerTransition_winsOverOuter_unlessItsGuardRefuses() {
    Machine<List<String>, String> machine =
        machine(
            compound(
                    "c",
                    atomic("c1")
                        .on(
                            "go",
                            arc -> arc.guard(new Guard("no", (data, event, view) -> false, false)),
                            "inner")
                        .on("stop", "inner"))
                .on("go", "outer")
                .on("stop", "outer"),
            atomic("inner"),
            atomic("outer"));
    assertThat(after(machine, "go")).containsExactly("outer");
    assertThat(after(machine, "stop")).containsExactly("inner");
  }

  @Test
  void step_eventless_goesBeforeRaised_andRaisedInOrder() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a").on("go", arc -> arc.actions().addAll(List.of(raise("x"), raise("y"))), "b"),
            atomic("b").always("yes", (data, event, view) -> true, "c").on("x", "wrong"),
            atomic("c").on("y", "wrong").on("x", "d"),
            atomic("d").on("y", "e"),
            atomic("e"),
            atomic("wrong"));
    Step<List<String>> step = walk(machine, "go");
    assertThat(step.snapshot().leaves()).containsExactly("e");
    assertThat(step.trace().microsteps()).hasSize(4);
    assertThat(step.outcome())
        .isEqualTo(
            new Outcome.Transitioned(List.of("a", "b", "c", "d"), List.of("b", "c", "d", "e")));
  }

  @Test
  void step_conflictOfRegions_firstInTheDocumentWins() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                "p",
                compound("a", atomic("a1").on("go", "x")),
                compound("b", atomic("b1").on("go", "y"))),
            atomic("x"),
            atomic("y"));
    assertThat(after(machine, "go")).containsExactly("x");
  }

  @Test
  void step_conflictWithAnAncestorsTransition_descendantWins() {
    // a1 has nothing, so that p's own is selected for it, first; b1's is inside of p.
    Machine<List<String>, String> machine =
        machine(
            parallel("p", compound("a", atomic("a1")), compound("b", atomic("b1").on("go", "y")))
                .on("go", "x"),
            atomic("x"),
            atomic("y"));
    assertThat(after(machine, "go")).containsExactly("y");
  }

  @Test
  void step_targetlessOfSeveralRegions_areAllTaken() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                "p",
                compound("a", atomic("a1").on("go", arc -> arc.actions().add(run("a")))),
                compound("b", atomic("b1").on("go", arc -> arc.actions().add(run("b"))))));
    Step<List<String>> step = walk(machine, "go");
    assertThat(runs(step)).containsExactly("a", "b");
    assertThat(step.outcome()).isEqualTo(new Outcome.Updated());
    assertThat(step.trace().microsteps().get(0).transitions()).hasSize(2);
  }

  @Test
  void step_intoItsOwnInside_doesNotLeaveTheSource_unlessExternal() {
    Sketch local =
        compound("c", atomic("c1"), atomic("c2"))
            .logged()
            .on("in", "c2")
            .on("out", arc -> arc.external(true), "c2");
    Machine<List<String>, String> machine = machine(local);
    assertThat(runs(walk(machine, "in"))).containsExactly("-c1", "+c2");
    assertThat(runs(walk(machine, "out"))).containsExactly("-c1", "-c", "+c", "+c2");
  }

  @Test
  void step_toItself_leavesAndEntersAgain() {
    Machine<List<String>, String> machine =
        machine(compound("c", atomic("c1")).logged().on("go", "c"));
    assertThat(runs(walk(machine, "go"))).containsExactly("-c1", "-c", "+c", "+c1");
  }

  private static Sketch regions(String event, String... targets) {
    return parallel(
            "p",
            compound("a", atomic("a1").on(event, targets), atomic("a2")),
            compound("b", atomic("b1"), atomic("b2").on("back", "b1")))
        .logged();
  }

  @Test
  void step_intoAnotherRegion_leavesTheOthersAlone() {
    assertThat(runs(walk(machine(regions("go", "b2")), "go"))).containsExactly("-b1", "+b2");
    assertThat(after(machine(regions("go", "b2")), "go")).containsExactly("a1", "b2");
  }

  @Test
  void step_intoAnotherRegion_strictly_leavesTheParallelState() {
    assertThat(runs(walk(machine(strict(regions("go", "b2"))), "go")))
        .containsExactly("-b1", "-b", "-a1", "-a", "-p", "+p", "+a", "+a1", "+b", "+b2");
  }

  @Test
  void step_toARegionItself_beginsItAnew() {
    Machine<List<String>, String> machine = machine(regions("go", "b"));
    assertThat(runs(walk(machine, "go"))).containsExactly("-b1", "-b", "+b", "+b1");
  }

  @Test
  void step_ofTheParallelState_intoOneRegion_leavesTheOthersAlone() {
    Sketch p = regions("other").on("go", "b2").on("far", arc -> arc.external(true), "b2");
    assertThat(runs(walk(machine(p), "go"))).containsExactly("-b1", "+b2");
    assertThat(
            runs(walk(machine(regions("other").on("far", arc -> arc.external(true), "b2")), "far")))
        .containsExactly("-b1", "-b", "-a1", "-a", "-p", "+p", "+a", "+a1", "+b", "+b2");
  }

  @Test
  void step_toSeveralTargets_entersEach_andTheRestByDefault() {
    Machine<List<String>, String> machine =
        machine(
            atomic("s").on("go", "b2", "c2"),
            parallel(
                "p",
                compound("a", atomic("a1"), atomic("a2")),
                compound("b", atomic("b1"), atomic("b2")),
                compound("c", atomic("c1"), atomic("c2"))));
    assertThat(after(machine, "go")).containsExactly("a1", "b2", "c2");
  }

  @Test
  void step_toAParallelStateAndAStateInIt_entersThatState() {
    Machine<List<String>, String> machine =
        machine(
            atomic("s").on("go", "p", "b2"),
            parallel(
                "p",
                compound("a", atomic("a1"), atomic("a2")),
                compound("b", atomic("b1"), atomic("b2"))));
    assertThat(after(machine, "go")).containsExactly("a1", "b2");
  }

  @Test
  void initial_actions_runAfterTheEntryOfTheirState() {
    Sketch c = compound("c", atomic("c1")).logged();
    c.spec.initial().actions().add(run("initial"));
    assertThat(runs(machine(c).begin())).containsExactly("+c", "initial", "+c1");
  }

  @Test
  void finalState_endsItsParent_andAParallelStateOnceAllRegionsHave() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                    "p",
                    compound("a", atomic("a1").on("a", "aOver"), last("aOver"))
                        .arc(new Trigger.Done(), arc -> arc.actions().add(run("a done"))),
                    compound("b", atomic("b1").on("b", "bOver"), last("bOver")))
                .done("end"),
            atomic("end"));
    Step<List<String>> half = walk(machine, "a");
    assertThat(half.snapshot().leaves()).containsExactly("aOver", "b1");
    assertThat(runs(half)).containsExactly("a done");
    assertThat(after(machine, "a", "b")).containsExactly("end");
  }

  @Test
  void finalStateOfTheRoot_endsTheMachine() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a").on("go", arc -> arc.actions().add(raise("more")), "over"),
            last("over"),
            atomic("never"));
    Step<List<String>> step = walk(machine, "go");
    assertThat(step.snapshot().isDone()).isTrue();
    assertThat(step.snapshot().leaves()).containsExactly("over");
    assertThat(machine.step(step.snapshot(), "go").outcome()).isEqualTo(new Outcome.Ignored(false));
  }

  @Test
  void finalStateOfTheRoot_strictly_runsWhatIsDoneOnExit() {
    Machine<List<String>, String> machine =
        machine(strict(atomic("a").on("go", "over").logged(), last("over").logged()));
    assertThat(runs(walk(machine, "go"))).containsExactly("-a", "+over", "-over");
  }

  @Test
  void doneEvent_ofDocuments_isRaised() {
    Machine<List<String>, String> machine =
        machine(
            strict(
                compound("c", atomic("c1").on("go", "over"), last("over")).on("done.c", "next"),
                atomic("next")));
    assertThat(after(machine, "go")).containsExactly("next");
  }

  @Test
  void step_endless_failsAndNamesTheCycle() {
    Machine<List<String>, String> machine =
        machine(
            chart(
                    atomic("a").on("go", "b"),
                    atomic("b").always("yes", (data, event, view) -> true, "c"),
                    atomic("c").always("yes", (data, event, view) -> true, "b"))
                .budget(20));
    Step<List<String>> begun = machine.begin();
    Step<List<String>> step = machine.step(begun.snapshot(), "go");
    assertThat(step.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) step.outcome()).cause())
        .hasMessageContaining("20 microsteps")
        .hasMessageContaining("c -> b -> c");
    assertThat(step.snapshot()).isSameAs(begun.snapshot());
  }

  @Test
  void step_moreThan64States_goesTheSameWay() {
    Sketch[] many = new Sketch[200];
    for (int i = 0; i < many.length; i++) {
      many[i] =
          parallel(
              "p" + i,
              compound("a" + i, atomic("x" + i).on("go", "y" + i), atomic("y" + i)),
              compound("b" + i, atomic("u" + i).on("go", "v" + i), atomic("v" + i)));
      many[i].on("next", "p" + (i + 1) % many.length);
    }
    Machine<List<String>, String> machine = machine(many);
    String[] events = new String[300];
    java.util.Arrays.fill(events, "next");
    events[299] = "go";
    assertThat(after(machine, events)).containsExactly("y99", "v99");
  }
}
