package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.chart;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.last;
import static io.stateward.statemachine.internal.Sketch.parallel;
import static io.stateward.statemachine.internal.Sketch.shallow;
import static io.stateward.statemachine.internal.Sketch.strict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stateward.statemachine.MachineDefinitionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompilerTest {

  @Test
  void compile_states_areNumberedInTheOrderOfTheDocument() {
    Chart chart =
        Compiler.compile(
            chart(
                compound("a", atomic("a1").on("x", "b"), atomic("a2")),
                parallel("p", compound("q", atomic("q1")), atomic("r")),
                atomic("b")));

    assertThat(chart.nodes())
        .extracting(Node::name)
        .containsExactly("chart", "a", "a1", "a2", "p", "q", "q1", "r", "b");
    assertThat(chart.node("a").end()).isEqualTo(4);
    assertThat(chart.node("p").contains(chart.node("q1"))).isTrue();
    assertThat(chart.node("q1").contains(chart.node("q1"))).isFalse();
    assertThat(chart.regions()).extracting(Node::name).containsExactly("chart", "q", "r");
    assertThat(chart.node("q1").slot()).isEqualTo(1);
    assertThat(chart.node("p").slot()).isZero();
    assertThat(chart.arcs()).hasSize(1);
    assertThat(chart.arcs().get(0).leaves(chart.node("a2"))).isTrue();
    assertThat(chart.flat()).isFalse();
  }

  @Test
  void compile_manyProblems_areAllTold() {
    Sketch two = compound("two", atomic("x").on("e", "nowhere"), atomic("x"));
    ChartSpec spec =
        chart(
            two,
            compound("empty"),
            parallel("p", last("f")),
            last("over").on("again", "two"),
            compound("far", atomic("in")).begins("two"));

    MachineDefinitionException refusal =
        catchThrowableOfType(MachineDefinitionException.class, () -> Compiler.compile(spec));

    assertThat(refusal.problems())
        .anyMatch(it -> it.contains("Two states are called x"))
        .anyMatch(it -> it.contains("nowhere, which is not in the chart"))
        .anyMatch(it -> it.contains("empty is COMPOUND, but no state is inside"))
        .anyMatch(it -> it.contains("f is final and cannot be a region of p"))
        .anyMatch(it -> it.contains("over is final, but a transition leads out of it"))
        .anyMatch(it -> it.contains("far begins in two, which is not inside of far"));
    assertThat(refusal).hasMessageContaining("chart").hasMessageContaining("nowhere");
  }

  @Test
  void compile_targetsThatExcludeEachOther_areRefused() {
    assertThatThrownBy(
            () -> Compiler.compile(chart(atomic("a").on("go", "b", "c"), atomic("b"), atomic("c"))))
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("b and c, which cannot be active together");
  }

  @Test
  void compile_compoundThatIsNeverBegunByDefault_needsNoInitial() {
    Sketch without = compound("c", atomic("c1"));
    without.spec.initial(null);
    assertThat(Compiler.compile(chart(atomic("a").on("go", "c1"), without)).nodes()).hasSize(4);
  }

  @Test
  void compile_compoundThatIsBegunByDefault_needsAnInitial() {
    Sketch without = compound("c", atomic("c1"), atomic("c2"));
    without.spec.initial(null);
    ChartSpec needing = chart(atomic("a").on("go", "c"), without);
    assertThatThrownBy(() -> Compiler.compile(needing))
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("c has no initial state")
        .hasMessageContaining("[c1, c2]");
  }

  @Test
  void compile_strictCompoundWithoutInitial_beginsInItsFirstChild() {
    Sketch without = compound("c", atomic("c1"), atomic("c2"));
    without.spec.initial(null);
    Chart chart = Compiler.compile(strict(atomic("a").on("go", "c"), without));
    Arc begin = chart.node("c").initial();
    assertThat(begin).isNotNull();
    assertThat(begin.targets()).containsExactly(chart.node("c1"));
    assertThat(chart.node("c").initialGiven()).isFalse();
  }

  @Test
  void compile_triggersOfOthers_areRefused() {
    TimerSpec timer = new TimerSpec("after 1s", data -> Duration.ofSeconds(1));
    ChartSpec spec =
        chart(
            atomic("a").arc(new Trigger.After(timer), arc -> {}, "b").done("b"),
            atomic("b").on("e", arc -> arc.reaction(ArcSpec.Reaction.IGNORE), "a"));
    assertThatThrownBy(() -> Compiler.compile(spec))
        .hasMessageContaining("waits for a timer of another state")
        .hasMessageContaining("on done is never taken")
        .hasMessageContaining("is not taken (IGNORE), but says what to do");
  }

  @Test
  void compile_historyWithTransitions_isRefused() {
    assertThatThrownBy(
            () -> Compiler.compile(chart(compound("c", atomic("c1"), shallow("h").on("e", "c1")))))
        .hasMessageContaining("h is a history");
  }

  @Test
  void compile_historyWithoutDefault_leadsToWhereItsParentBegins() {
    Chart chart =
        Compiler.compile(
            chart(compound("c", atomic("c1"), atomic("c2"), shallow("h")).begins("c2")));
    Arc begin = chart.node("h").initial();
    assertThat(begin).isNotNull();
    assertThat(begin.targets()).containsExactly(chart.node("c2"));
  }

  @Test
  void compile_historiesThatLeadToEachOther_areRefused() {
    ChartSpec spec =
        chart(
            compound("c", atomic("c1"), shallow("h").begins("i"), shallow("i").begins("h")),
            compound("d", atomic("d1"), shallow("j")).begins("j"));
    assertThatThrownBy(() -> Compiler.compile(spec))
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("histories [h, i] lead to each other")
        .hasMessageContaining("histories [j] lead to each other");
  }

  @Test
  void structure_ofTheSameShape_isTheSame_andTellsOthersApart() {
    String one = structure(atomic("a").on("go", "b").entry(Sketch.run("x")), atomic("b"));
    String same = structure(atomic("a").on("go", "b"), atomic("b"));
    assertThat(one).isEqualTo(same).matches("[0-9a-f]{16}");
    assertThat(
            List.of(
                structure(atomic("a").on("go", "b"), atomic("b"), atomic("c")),
                structure(atomic("a").on("went", "b"), atomic("b")),
                structure(atomic("a").on("go", "a"), atomic("b")),
                structure(atomic("a").on("go", "b"), last("b")),
                structure(atomic("a").on("go", "b"), compound("b", atomic("c")))))
        .doesNotContain(one)
        .doesNotHaveDuplicates();
  }

  private static String structure(Sketch... states) {
    return Compiler.compile(chart(states)).structure();
  }

  @Test
  void candidates_ofALeaf_areInnermostFirst() {
    Chart chart =
        Compiler.compile(
            chart(compound("c", atomic("c1").on("*", "c1").on("go", "c1")).on("go", "c1")));
    assertThat(chart.candidates(chart.node("c1"), chart.events().kindOf("go")))
        .extracting(Arc::triggerLabel)
        .containsExactly("*", "go", "go");
    assertThat(chart.candidates(chart.node("c1"), chart.events().kindOf("other")))
        .extracting(Arc::triggerLabel)
        .containsExactly("*");
  }
}
