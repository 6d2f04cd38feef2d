package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.after;
import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.constant;
import static io.stateward.statemachine.internal.Sketch.deep;
import static io.stateward.statemachine.internal.Sketch.machine;
import static io.stateward.statemachine.internal.Sketch.parallel;
import static io.stateward.statemachine.internal.Sketch.run;
import static io.stateward.statemachine.internal.Sketch.runs;
import static io.stateward.statemachine.internal.Sketch.shallow;
import static io.stateward.statemachine.internal.Sketch.walk;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {

  private static Machine<List<String>, String> nested(Sketch history) {
    return machine(
        compound(
                "c",
                compound("d", atomic("d1").on("next", "d2"), atomic("d2").on("next", "e")),
                atomic("e"),
                history)
            .on("leave", "out"),
        atomic("out").on("back", "h").on("anew", "c"));
  }

  @Test
  void shallow_restoresTheChild_whichBeginsByDefault() {
    Machine<List<String>, String> machine = nested(shallow("h").begins("e"));
    assertThat(after(machine, "next", "leave", "back")).containsExactly("d1");
    assertThat(after(machine, "next", "next", "leave", "back")).containsExactly("e");
  }

  @Test
  void deep_restoresTheLeaf() {
    Machine<List<String>, String> machine = nested(deep("h").begins("e"));
    assertThat(after(machine, "next", "leave", "back")).containsExactly("d2");
  }

  @Test
  void history_withoutAPast_leadsToItsDefault_andRunsItsContentAfterItsParentsEntry() {
    Sketch history = shallow("h").begins("e");
    history.spec.initial().actions().add(run("default"));
    Machine<List<String>, String> machine =
        machine(
            atomic("out").on("back", "h"),
            compound("c", atomic("d"), atomic("e"), history).logged());
    assertThat(runs(walk(machine, "back"))).containsExactly("+c", "default", "+e");
  }

  @Test
  void history_isRecordedAnew_eachTime() {
    Machine<List<String>, String> machine = nested(deep("h").begins("e"));
    assertThat(after(machine, "next", "leave", "back", "next", "leave", "back"))
        .containsExactly("e");
    assertThat(after(machine, "next", "leave", "anew", "leave", "back")).containsExactly("d1");
  }

  @Test
  void deep_ofAParallelState_restoresEachRegion() {
    Machine<List<String>, String> machine =
        machine(
            parallel(
                    "p",
                    compound("a", atomic("a1").on("a", "a2"), atomic("a2")),
                    compound("b", atomic("b1").on("b", "b2"), atomic("b2")),
                    deep("h"))
                .on("leave", "out"),
            atomic("out").on("back", "h"));
    assertThat(after(machine, "a", "leave", "back")).containsExactly("a2", "b1");
    assertThat(after(machine, "a", "b", "leave", "back")).containsExactly("a2", "b2");
  }

  private static Machine<Object, String> typed() {
    return Sketch.made(
        Sketch.chart(
            new ChartSpec("typed", new Names(false), Form.DATA),
            atomic("start").on("go", constant("data of p"), "p"),
            compound(
                    "around",
                    parallel(
                        "p",
                        compound("a", atomic("a1").on("change", constant("changed"), "a1"))
                            .begins(constant("data of a1"), "a1")),
                    deep("h"))
                .begins(constant("never made"), "p")
                .on("leave", constant("out"), "out"),
            atomic("out").on("back", "h")));
  }

  @Test
  void history_whereStatesHaveData_restoresThat() {
    Machine<Object, String> machine = typed();
    Snapshot<Object> now = machine.begin().snapshot();
    for (String event : List.of("go", "change", "leave")) {
      now = machine.step(now, event).snapshot();
    }
    assertThat(position(now).data(0)).isEqualTo("out");
    assertThat(position(now).data(1)).isNull();
    Position<?> back = position(machine.step(now, "back").snapshot());
    assertThat(back.data(0)).isEqualTo("data of p");
    assertThat(back.data(1)).isEqualTo("changed");
  }

  @Test
  void history_whereDataIsBeside_leavesThatAsItIs() {
    Machine<List<String>, String> machine =
        machine(
            compound("c", atomic("d"), deep("h"))
                .on("leave", constant("changed meanwhile"), "out")
                .begins(constant("first"), "d"),
            atomic("out").on("back", "h"));
    assertThat(position(walk(machine, "leave", "back").snapshot()).data(0))
        .isEqualTo("changed meanwhile");
  }

  @Test
  void history_beforeTheFirstVisit_hasTheDataOfItsDefault() {
    Machine<List<String>, String> machine =
        machine(
            atomic("out").on("back", "h"),
            compound("c", atomic("d"), shallow("h").begins(constant("first"), "d")));
    assertThat(position(walk(machine, "back").snapshot()).data(0)).isEqualTo("first");
  }

  private static Position<?> position(Snapshot<?> snapshot) {
    return (Position<?>) snapshot;
  }
}
