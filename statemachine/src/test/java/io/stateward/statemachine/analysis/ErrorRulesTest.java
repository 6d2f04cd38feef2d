package io.stateward.statemachine.analysis;

import static io.stateward.statemachine.analysis.Draw.Event.BACK;
import static io.stateward.statemachine.analysis.Draw.Event.GO;
import static io.stateward.statemachine.analysis.Draw.Event.STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.MachineDefinitionException;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.internal.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code build()} refuses, and charts that come near to it. */
final class ErrorRulesTest {

  @Test
  void endlessEventless_circleWithoutGuards_isRefusedWithItsStatesAndTheWayThere() {
    Draw chart = Draw.of("Idle", "A", "B").on("Idle", GO, "A").always("A", "B").always("B", "A");

    Finding finding = only(chart, Rule.ENDLESS_EVENTLESS);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.states()).containsExactly("A", "B");
    assertThat(finding.path())
        .containsExactly(new Trace.Transition("Idle", "GO", null, List.of("A")));
    assertThat(finding.message()).contains("A -[always]-> [B], B -[always]-> [A]");
    assertThatThrownBy(chart::build)
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("a macrostep would never end");
  }

  @Test
  void endlessEventless_circleThroughSuperstates_isRefused() {
    Draw chart =
        Draw.of("Idle", "Busy").inside("Busy", "A", "B").on("Idle", GO, "Busy").always("Busy", "B");

    assertThat(only(chart, Rule.ENDLESS_EVENTLESS).states()).containsExactly("B");
  }

  @Test
  void endlessEventless_guardAskedBefore_isPossibleOnly() {
    Draw chart =
        Draw.of("A", "B", "C").always("A", "B").alwaysIf("enough", "B", "C").always("B", "A");

    assertThat(rules(chart)).doesNotContain(Rule.ENDLESS_EVENTLESS);
    assertThat(only(chart, Rule.POSSIBLE_LOOP).states()).containsExactly("A", "B");
    assertThatCode(chart::build).doesNotThrowAnyException();
  }

  @Test
  void endlessEventless_chainThatLeavesTheCircle_isFine() {
    Draw chart = Draw.of("A", "B", "C").always("A", "B").always("B", "C").on("C", GO, "A");

    assertThat(rules(chart)).doesNotContain(Rule.ENDLESS_EVENTLESS, Rule.POSSIBLE_LOOP);
  }

  @Test
  void endlessEventless_otherRegionMayLeave_isPossibleOnly() {
    Draw chart =
        Draw.of("P", "Out")
            .parallel("P", "R1", "R2")
            .inside("R1", "A", "B")
            .inside("R2", "C", "D")
            .always("A", "B")
            .always("B", "A")
            .alwaysIf("tired", "C", "Out");

    assertThat(rules(chart)).contains(Rule.POSSIBLE_LOOP).doesNotContain(Rule.ENDLESS_EVENTLESS);
  }

  @Test
  void endlessEventless_otherRegionOnlyWaitsForEvents_isRefused() {
    Draw chart =
        Draw.of("P", "Out")
            .parallel("P", "R1", "R2")
            .inside("R1", "A", "B")
            .inside("R2", "C", "D")
            .always("A", "B")
            .always("B", "A")
            .on("C", STOP, "Out");

    assertThat(rules(chart)).contains(Rule.ENDLESS_EVENTLESS);
  }

  @Test
  void idleEventless_withoutGuardAndTarget_isRefused() {
    Draw chart = Draw.of("A", "B").on("A", GO, "B").always("B");

    assertThat(only(chart, Rule.IDLE_EVENTLESS).states()).containsExactly("B");
    assertThat(rules(chart)).doesNotContain(Rule.ENDLESS_EVENTLESS);
    assertThatThrownBy(chart::build).isInstanceOf(MachineDefinitionException.class);
  }

  @Test
  void idleEventless_withAGuard_isPossibleLoopOnly() {
    Draw chart = Draw.of("A").alwaysIf("more", "A");

    assertThat(rules(chart)).contains(Rule.POSSIBLE_LOOP).doesNotContain(Rule.IDLE_EVENTLESS);
  }

  @Test
  void endlessRaise_eventsThatRaiseOneAnother_areRefused() {
    Draw chart =
        Draw.of("A", "B").on("A", GO, "B").raising("A", BACK).on("B", BACK, "A").raising("B", GO);

    assertThat(only(chart, Rule.ENDLESS_RAISE).states()).containsExactly("A", "B");
    assertThatThrownBy(chart::build).hasMessageContaining("raise the events");
  }

  @Test
  void endlessRaise_raisedEventThatNobodyTakesThere_isFine() {
    Draw chart =
        Draw.of("A", "B").on("A", GO, "B").raising("A", GO).on("B", BACK, "A").raising("B", BACK);

    assertThat(rules(chart)).doesNotContain(Rule.ENDLESS_RAISE, Rule.POSSIBLE_RAISE_LOOP);
  }

  @Test
  void endlessRaise_endThatLeadsToTheSameEnd_isRefused() {
    Draw chart =
        Draw.of("S").inside("S", "A", "End").finals("End").on("A", GO, "End").done("S", "End");

    assertThat(only(chart, Rule.ENDLESS_RAISE).states()).containsExactly("End");
  }

  @Test
  void endlessRaise_endThatBeginsAnew_isFine() {
    Draw chart =
        Draw.of("S").inside("S", "A", "End").finals("End").on("A", GO, "End").done("S", "A");

    assertThat(rules(chart)).doesNotContain(Rule.ENDLESS_RAISE, Rule.POSSIBLE_RAISE_LOOP);
  }

  @Test
  void endlessRaise_withAGuard_isPossibleOnly() {
    Draw chart = Draw.of("A").onIf("more", "A", GO).raising("A", GO);

    assertThat(rules(chart)).contains(Rule.POSSIBLE_RAISE_LOOP).doesNotContain(Rule.ENDLESS_RAISE);
  }

  @Test
  void unknownEvent_ofAnotherType_isRefused() {
    Draw chart = Draw.of("A", "B").arc("A", Trigger.on(Severity.ERROR), null, "B");

    assertThat(only(chart, Rule.UNKNOWN_EVENT).message()).contains("no event of Event");
    assertThatThrownBy(chart::build).hasMessageContaining("GO, BACK, STOP");
  }

  @Test
  void unknownEvent_wildcardAndConstant_areFine() {
    Draw chart = Draw.of("A", "B").any("A", "B").on("B", GO, "A");

    assertThat(rules(chart)).doesNotContain(Rule.UNKNOWN_EVENT);
  }

  @Test
  void build_severalErrors_namesAll() {
    Draw chart =
        Draw.of("A", "B", "C").always("A", "B").always("B", "A").on("C", GO).on("A", GO, "C");
    chart.arc("C", Trigger.on(Severity.ERROR), null, "A").always("C");

    assertThatThrownBy(chart::build)
        .isInstanceOfSatisfying(
            MachineDefinitionException.class, it -> assertThat(it.problems()).hasSize(2));
  }

  @Test
  void strictChart_circleWithoutGuards_isAWarningAndIsBuilt() {
    Draw chart = Draw.of("A", "B").always("A", "B").always("B", "A").strict();

    assertThat(only(chart, Rule.ENDLESS_EVENTLESS).severity()).isEqualTo(Severity.WARNING);
    assertThatCode(chart::build).doesNotThrowAnyException();
  }

  static Finding only(Draw chart, Rule rule) {
    List<Finding> findings = chart.analysis().findings(rule);
    assertThat(findings).as(chart.analysis().toString()).hasSize(1);
    return findings.get(0);
  }

  static List<Rule> rules(Draw chart) {
    return chart.analysis().findings().stream().map(Finding::rule).toList();
  }
}
