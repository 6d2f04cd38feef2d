package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.chart;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.parallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.EffectFailedException;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InstanceTest {

  private static Action run(String name, Effect.Body body) {
    return new Action.Run(name, body);
  }

  @Test
  void fire_actions_runOnceTheMachineHasMoved() {
    List<String> log = new ArrayList<>();
    List<Instance<List<String>, String>> self = new ArrayList<>();
    Instance<List<String>, String> instance =
        Sketch.<List<String>>made(
                chart(
                    atomic("a").on("go", "b"),
                    atomic("b")
                        .entry(
                            run("e", (d, event, k) -> log.add(event + " " + self.get(0).state())))))
            .instance();
    self.add(instance);
    instance.fire("go");
    assertThat(log).containsExactly("go [b]");
  }

  @Test
  void fire_byAnActionOfItsOwn_isRefused() {
    for (boolean direct : new boolean[] {true, false}) {
      List<Instance<List<String>, String>> self = new ArrayList<>();
      Sketch a = atomic("a");
      a.on("go", arc -> arc.actions().add(run("again", (d, e, k) -> self.get(0).fire("go"))), "a");
      Instance<List<String>, String> instance =
          new ChartMachine<List<String>, String>(Compiler.compile(chart(a), direct)).instance();
      self.add(instance);
      assertThatThrownBy(() -> instance.fire("go"))
          .isInstanceOf(EffectFailedException.class)
          .hasMessageContaining("again of state a in machine chart")
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("fires an event at its own instance");
      assertThat(instance.fire("other")).isEqualTo(new Outcome.Ignored(false));
    }
  }

  @Test
  void fire_actionsThatThrow_areToldTogether_andTheOthersRun() {
    for (boolean direct : new boolean[] {true, false}) {
      List<String> log = new ArrayList<>();
      Sketch a = atomic("a");
      a.on(
          "go",
          arc ->
              arc.actions()
                  .addAll(
                      List.of(
                          run(
                              "one",
                              (d, e, k) -> {
                                throw new IllegalStateException("1");
                              }),
                          run("two", (d, e, k) -> log.add("two")),
                          run(
                              "three",
                              (d, e, k) -> {
                                throw new java.io.IOException("3");
                              }))),
          "b");
      Instance<List<String>, String> instance =
          new ChartMachine<List<String>, String>(Compiler.compile(chart(a, atomic("b")), direct))
              .instance();
      Throwable thrown = catchThrowable(() -> instance.fire("go"));
      assertThat(thrown).isInstanceOf(EffectFailedException.class).hasMessageContaining("one");
      assertThat(thrown).hasCauseInstanceOf(IllegalStateException.class);
      assertThat(thrown.getSuppressed()).hasSize(1);
      assertThat(log).containsExactly("two");
      assertThat(instance.state()).containsExactly("b");
    }
  }

  @Test
  void fire_keys_areNeverTheSame() {
    List<String> keys = new ArrayList<>();
    Sketch a = atomic("a").on("go", "a");
    a.entry(run("x", (d, e, key) -> keys.add(key)));
    var machine = Sketch.<List<String>>made(chart(a));
    for (int i = 0; i < 3; i++) {
      machine.instance().fire("go");
    }
    assertThat(keys).hasSize(6).doesNotHaveDuplicates().allMatch(key -> key.endsWith("/x"));
  }

  @Test
  void instance_ofParallelStates_goesOn() {
    Instance<List<String>, String> instance =
        Sketch.<List<String>>made(
                chart(
                    parallel(
                        "p",
                        compound("a", atomic("a1").on("go", "a2"), atomic("a2")),
                        compound("b", atomic("b1").on("go", "b2"), atomic("b2")))))
            .instance();
    assertThat(instance.fire("go"))
        .isEqualTo(new Outcome.Transitioned(List.of("b1", "a1"), List.of("a2", "b2")));
    assertThat(instance.state()).containsExactly("a2", "b2");
    assertThat(instance.snapshot().active()).containsExactly("chart", "p", "a", "a2", "b", "b2");
  }

  @Test
  void state_byKey_isThatOfTheLeaf_andOfSeveralThatOfTheParallelState() {
    Sketch p = parallel("p", compound("a", atomic("a1")), compound("b", atomic("b1")));
    p.spec.key("P");
    Sketch s = atomic("s").on("go", "p");
    s.spec.key("S");
    ChartSpec chart = chart(new ChartSpec("keys", new Names(false), Form.KEY), s, p);
    Instance<String, String> instance = Sketch.<String>made(chart).instance();
    assertThat(instance.state()).isEqualTo("S");
    instance.fire("go");
    assertThat(instance.state()).isEqualTo("P");
    assertThat(instance.snapshot().state()).isEqualTo("P");
  }
}
