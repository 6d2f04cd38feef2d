package io.stateward.statemachine.analysis;

import static io.stateward.statemachine.analysis.Draw.Event.BACK;
import static io.stateward.statemachine.analysis.Draw.Event.GO;
import static io.stateward.statemachine.analysis.Draw.Event.STOP;
import static io.stateward.statemachine.analysis.ErrorRulesTest.only;
import static io.stateward.statemachine.analysis.ErrorRulesTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Trace;
import io.stateward.statemachine.internal.ArcSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the analysis warns of, a broken chart and one that comes near to it for each rule. */
final class WarningRulesTest {

  @Test
  void unreachableState_superstateWithoutAWayIn_isReportedOnceWithAllInside() {
    Draw chart = Draw.of("A", "Busy").inside("Busy", "B", "C").on("B", GO, "C").on("C", GO, "B");

    Finding finding = only(chart, Rule.UNREACHABLE_STATE);
    assertThat(finding.states()).containsExactly("Busy", "B", "C");
    assertThat(finding.path()).isNull();
    assertThat(finding.message()).contains("2 transitions");
  }

  @Test
  void unreachableState_onlyWayIsShadowed_isReported() {
    Draw chart = Draw.of("A", "B", "C").on("A", GO, "B").on("A", GO, "C").on("B", GO, "A");

    assertThat(only(chart, Rule.UNREACHABLE_STATE).states()).containsExactly("C");
  }

  @Test
  void unreachableState_enteredAsTheOtherRegion_isFine() {
    Draw chart =
        Draw.of("A", "P")
            .parallel("P", "R1", "R2")
            .inside("R1", "B", "C")
            .inside("R2", "D", "E")
            .on("A", GO, "C")
            .on("C", GO, "B")
            .on("D", GO, "E");

    assertThat(rules(chart)).doesNotContain(Rule.UNREACHABLE_STATE);
  }

  @Test
  void unreachableState_onlyByTheEndOfASuperstateThatCannotEnd_isReported() {
    Draw chart =
        Draw.of("Busy", "After").inside("Busy", "A", "B").on("A", GO, "B").done("Busy", "After");

    assertThat(only(chart, Rule.UNREACHABLE_STATE).states()).containsExactly("After");
    assertThat(only(chart, Rule.DONE_WITHOUT_FINAL).states()).containsExactly("Busy");
  }

  @Test
  void doneWithoutFinal_everyRegionEnds_isFine() {
    Draw chart =
        Draw.of("P", "After")
            .parallel("P", "R1", "R2")
            .inside("R1", "A", "AEnd")
            .inside("R2", "B", "BEnd")
            .finals("AEnd", "BEnd")
            .on("A", GO, "AEnd")
            .on("B", BACK, "BEnd")
            .done("P", "After");

    assertThat(rules(chart)).doesNotContain(Rule.DONE_WITHOUT_FINAL, Rule.UNREACHABLE_STATE);
  }

  @Test
  void doneWithoutFinal_oneRegionCannotEnd_isReported() {
    Draw chart =
        Draw.of("P", "After")
            .parallel("P", "R1", "R2")
            .inside("R1", "A", "AEnd")
            .inside("R2", "B", "C")
            .finals("AEnd")
            .on("A", GO, "AEnd")
            .on("B", BACK, "C")
            .done("P", "After");

    assertThat(only(chart, Rule.DONE_WITHOUT_FINAL).message()).contains("not every region");
  }

  @Test
  void path_stateFurtherAway_isShortest() {
    Draw chart =
        Draw.of("A", "B", "C", "D")
            .on("A", GO, "B")
            .on("B", GO, "C")
            .on("A", BACK, "C")
            .on("C", GO, "D")
            .onIf("x", "D", GO, "A")
            .onIf("x", "D", GO, "B");

    assertThat(only(chart, Rule.SHADOWED_TRANSITION).path())
        .extracting(Trace.Transition::source)
        .containsExactly("A", "C");
  }

  @Test
  void deadTransition_eventInAStateThatNeverRests_isReported() {
    Draw chart = Draw.of("A", "B").always("A", "B").on("A", GO, "B").on("B", GO, "A");

    assertThat(only(chart, Rule.DEAD_TRANSITION).states()).containsExactly("A");
  }

  @Test
  void deadTransition_guardedLeaving_isFine() {
    Draw chart = Draw.of("A", "B").alwaysIf("g", "A", "B").on("A", GO, "B").on("B", STOP, "A");

    assertThat(rules(chart)).doesNotContain(Rule.DEAD_TRANSITION, Rule.POSSIBLE_LOOP);
  }

  @Test
  void shadowedTransition_afterAWildcard_isReported() {
    Draw chart = Draw.of("A", "B").any("A", "B").on("A", GO, "A").on("B", GO, "A");

    assertThat(only(chart, Rule.SHADOWED_TRANSITION).message()).contains("an earlier one on *");
  }

  @Test
  void shadowedTransition_wildcardAfterSpecificOnes_isFine() {
    Draw chart = Draw.of("A", "B").on("A", GO, "A").any("A", "B").on("B", GO, "A");

    assertThat(rules(chart)).doesNotContain(Rule.SHADOWED_TRANSITION);
  }

  @Test
  void shadowedTransition_everyChildAnswersFirst_isReported() {
    Draw chart =
        Draw.of("S", "Out")
            .inside("S", "A", "B")
            .on("A", GO, "B")
            .on("B", GO, "A")
            .on("S", GO, "Out");

    assertThat(only(chart, Rule.SHADOWED_TRANSITION).states()).containsExactly("S");
  }

  @Test
  void shadowedTransition_oneChildLetsItPass_isFine() {
    Draw chart =
        Draw.of("S", "Out")
            .inside("S", "A", "B")
            .on("A", GO, "B")
            .onIf("g", "B", GO, "A")
            .on("S", GO, "Out");

    assertThat(rules(chart)).doesNotContain(Rule.SHADOWED_TRANSITION);
  }

  @Test
  void overlappingGuards_twoNames_isReported() {
    Draw chart = Draw.of("A", "B", "C").onIf("rich", "A", GO, "B").onIf("famous", "A", GO, "C");

    assertThat(only(chart, Rule.OVERLAPPING_GUARDS).message()).contains("\"rich\"", "\"famous\"");
  }

  @Test
  void overlappingGuards_oppositesOrDifferentEvents_areFine() {
    Draw chart =
        Draw.of("A", "B", "C")
            .onIf("rich", "A", GO, "B")
            .onIf("not rich", "A", GO, "C")
            .onIf("famous", "A", BACK, "C");

    assertThat(rules(chart)).doesNotContain(Rule.OVERLAPPING_GUARDS, Rule.SHADOWED_TRANSITION);
  }

  @Test
  void choiceWithoutElse_lastConditionMayFail_isReported() {
    Draw chart = Draw.of("A", "B", "C").choice("A", GO, "small", "B", "large", "C");

    assertThat(only(chart, Rule.CHOICE_WITHOUT_ELSE).message()).contains("[small, large]");
    assertThat(rules(chart)).doesNotContain(Rule.OVERLAPPING_GUARDS);
  }

  @Test
  void choiceWithoutElse_withElse_isFine() {
    Draw chart = Draw.of("A", "B", "C").choice("A", GO, "small", "B", null, "C");

    assertThat(rules(chart)).doesNotContain(Rule.CHOICE_WITHOUT_ELSE);
  }

  @Test
  void parallelConflict_bothRegionsLeave_isReported() {
    Draw chart = regions().on("A", STOP, "Out").on("C", STOP, "Out");

    assertThat(only(chart, Rule.PARALLEL_CONFLICT).states()).containsExactly("A", "C");
  }

  @Test
  void parallelConflict_eachInItsRegion_isFine() {
    Draw chart = regions().on("A", STOP, "B").on("C", STOP, "D");

    assertThat(rules(chart)).doesNotContain(Rule.PARALLEL_CONFLICT, Rule.REGION_RACE);
  }

  @Test
  void regionRace_bothAssignOneType_isReported() {
    Draw chart =
        regions()
            .on("A", STOP, "B")
            .assigning("A", String.class)
            .on("C", STOP, "D")
            .assigning("C", String.class);

    assertThat(only(chart, Rule.REGION_RACE).message()).contains("[String]");
  }

  @Test
  void regionRace_differentTypesOrEvents_isFine() {
    Draw chart =
        regions()
            .on("A", STOP, "B")
            .assigning("A", String.class)
            .on("C", STOP, "D")
            .assigning("C", Integer.class)
            .on("D", BACK, "C")
            .assigning("D", String.class);

    assertThat(rules(chart)).doesNotContain(Rule.REGION_RACE);
  }

  @Test
  void deadEnd_leafWithoutAWayOut_isReported() {
    Draw chart =
        Draw.of("A", "Stuck", "End").finals("End").on("A", GO, "End").on("A", BACK, "Stuck");

    assertThat(only(chart, Rule.DEAD_END).states()).containsExactly("Stuck");
  }

  @Test
  void deadEnd_statesThatGoRound_areReportedTogether() {
    Draw chart =
        Draw.of("A", "B", "C", "End")
            .finals("End")
            .on("A", GO, "End")
            .on("A", BACK, "B")
            .on("B", GO, "C")
            .on("C", GO, "B");

    Finding finding = only(chart, Rule.DEAD_END);
    assertThat(finding.states()).containsExactly("B", "C");
    assertThat(finding.message()).contains("goes round");
  }

  @Test
  void deadEnd_machineWithoutAnEnd_isFine() {
    Draw chart = Draw.of("A", "B").on("A", GO, "B");

    assertThat(rules(chart)).doesNotContain(Rule.DEAD_END);
  }

  @Test
  void deadEnd_otherRegionLeadsToTheEnd_isFine() {
    Draw chart = regions().finals("Out").on("C", STOP, "Out").on("A", GO, "B");

    assertThat(rules(chart)).doesNotContain(Rule.DEAD_END);
  }

  @Test
  void unhandledEvent_nobodyAnswers_isReported() {
    Draw chart = Draw.of("A", "B").on("A", GO, "B").on("B", BACK, "A");

    assertThat(only(chart, Rule.UNHANDLED_EVENT).message()).contains("No state answers to STOP");
  }

  @Test
  void unhandledEvent_ignoredOnPurpose_isFine() {
    Draw chart =
        Draw.of("A", "B")
            .on("A", GO, "B")
            .on("B", BACK, "A")
            .on("B", STOP)
            .reacting("B", ArcSpec.Reaction.IGNORE);

    assertThat(rules(chart)).doesNotContain(Rule.UNHANDLED_EVENT);
  }

  @Test
  void invokeWithoutError_failureUnanswered_isReported() {
    assertThat(only(Draw.of("A", "B").invoke("A", "B", null), Rule.INVOKE_WITHOUT_ERROR).states())
        .containsExactly("A");
  }

  @Test
  void invokeWithoutError_failureAnswered_isFine() {
    assertThat(rules(Draw.of("A", "B").invoke("A", "B", "B")))
        .doesNotContain(Rule.INVOKE_WITHOUT_ERROR);
  }

  @Test
  void neverRests_workInAStateThatIsLeftAtOnce_isReported() {
    Draw chart = Draw.of("A", "B").invoke("A", "B", "B").always("A", "B");

    assertThat(only(chart, Rule.NEVER_RESTS).message()).contains("[work]");
  }

  @Test
  void neverRests_workInAStateThatIsLeftIfAGuardHolds_isFine() {
    Draw chart = Draw.of("A", "B").invoke("A", "B", "B").alwaysIf("g", "A", "B");

    assertThat(rules(chart)).doesNotContain(Rule.NEVER_RESTS);
  }

  @Test
  void shadowedTimer_shorterOneOfTheSuperstate_isReported() {
    Draw chart = Draw.of("S", "Out").inside("S", "A", "B").after("S", 5, "Out").after("A", 10, "B");

    assertThat(only(chart, Rule.SHADOWED_TIMER).message())
        .contains("\"after 10s\"", "\"after 5s\"");
  }

  @Test
  void shadowedTimer_shorterOneHasAGuard_isFine() {
    Draw chart = Draw.of("A", "B").afterIf("g", "A", 5, "B").after("A", 10, "B");

    assertThat(rules(chart)).doesNotContain(Rule.SHADOWED_TIMER);
  }

  @Test
  void possibleLoop_guardsThatExcludeEachOther_isFine() {
    Draw chart = Draw.of("A", "B").alwaysIf("ready", "A", "B").alwaysIf("not ready", "B", "A");

    assertThat(rules(chart)).doesNotContain(Rule.POSSIBLE_LOOP);
  }

  @Test
  void possibleRaiseLoop_guardDecides_isReported() {
    Draw chart =
        Draw.of("A", "B")
            .onIf("more", "A", GO, "B")
            .raising("A", BACK)
            .on("B", BACK, "A")
            .raising("B", GO);

    assertThat(only(chart, Rule.POSSIBLE_RAISE_LOOP).states()).containsExactly("A", "B");
  }

  @Test
  void possibleRaiseLoop_chainThatEnds_isFine() {
    Draw chart =
        Draw.of("A", "B")
            .onIf("more", "A", GO, "B")
            .raising("A", BACK)
            .on("B", BACK, "A")
            .raising("B", STOP);

    assertThat(rules(chart)).doesNotContain(Rule.POSSIBLE_RAISE_LOOP);
  }

  @Test
  void finalNotJoined_regionsEndAndNobodyAsks_isReported() {
    Draw chart = regions().finals("B").on("A", GO, "B");

    assertThat(only(chart, Rule.FINAL_NOT_JOINED).states()).containsExactly("R1");
  }

  @Test
  void finalNotJoined_parallelStateWaits_isFine() {
    Draw chart = regions().finals("B", "D").on("A", GO, "B").on("C", GO, "D").done("P", "Out");

    assertThat(rules(chart)).doesNotContain(Rule.FINAL_NOT_JOINED);
  }

  @Test
  void historyNeverSet_superstateIsNeverLeft_isReported() {
    Draw chart = Draw.of("A", "S").inside("S", "B", "C").history("H", "S", "B").on("A", GO, "H");

    assertThat(only(chart, Rule.HISTORY_NEVER_SET).states()).containsExactly("A", "S");
  }

  @Test
  void historyNeverSet_superstateIsLeft_isFine() {
    Draw chart =
        Draw.of("A", "S")
            .inside("S", "B", "C")
            .history("H", "S", "B")
            .on("A", GO, "H")
            .on("S", STOP, "A");

    assertThat(rules(chart)).doesNotContain(Rule.HISTORY_NEVER_SET);
  }

  private static Draw regions() {
    return Draw.of("P", "Out")
        .parallel("P", "R1", "R2")
        .inside("R1", "A", "B")
        .inside("R2", "C", "D");
  }

  @Test
  void everyRule_hasABrokenChartHere() {
    // A rule that is added without a test of its own is noticed: the names of tests begin with it.
    List<String> tests =
        java.util.stream.Stream.of(WarningRulesTest.class, ErrorRulesTest.class)
            .flatMap(type -> java.util.Arrays.stream(type.getDeclaredMethods()))
            .map(java.lang.reflect.Method::getName)
            .toList();
    for (Rule rule : Rule.values()) {
      String name = rule.name().toLowerCase(java.util.Locale.ROOT).replace("_", "");
      assertThat(tests)
          .as(rule.name())
          .anyMatch(test -> test.toLowerCase(java.util.Locale.ROOT).startsWith(name));
    }
  }
}
