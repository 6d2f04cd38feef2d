package io.stateward.benchmarks.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.benchmarks.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MachineWorkloadsTest {

  private static final List<String> GUARDING =
      List.of(
          "stateward",
          "typed",
          "actor",
          "stateless4j",
          "cola",
          "tinder",
          "squirrel",
          "kstatemachine",
          "spring");
  private static final List<String> NESTING =
      List.of("stateward", "stateless4j", "squirrel", "kstatemachine", "spring");
  private static final List<String> PARALLEL =
      List.of("stateward", "squirrel", "kstatemachine", "spring");
  private static final List<String> TOGETHER = List.of("stateward", "squirrel");
  private static final List<String> MAKING =
      List.of(
          "stateward",
          "begin",
          "actor",
          "easystates",
          "stateless4j",
          "tinder",
          "squirrel",
          "kstatemachine",
          "spring");

  @Test
  void events_eachContenderAndChart_leadWhereTheyShould() {
    GUARDING.forEach(contender -> runTwice(contender, "turnstile"));
    runTwice("easystates", "turnstile");
    runTwice("queue", "turnstile");
    NESTING.forEach(contender -> runTwice(contender, "towers"));
    PARALLEL.forEach(contender -> runTwice(contender, "regions"));
    TOGETHER.forEach(contender -> runTwice(contender, "both"));
  }

  @Test
  void turnstile_shutGate_refusesWithoutAnAction() {
    for (String contender : GUARDING) {
      Gate gate = new Gate();
      Automaton turnstile = MachineWorkloads.automata(contender).turnstile(gate);

      gate.open = false;
      turnstile.first();

      assertThat(turnstile.where()).as(contender).isEqualTo("LOCKED");
      assertThat(gate.passed).as(contender).isZero();

      gate.open = true;
      turnstile.first();

      assertThat(turnstile.where()).as(contender).isEqualTo("UNLOCKED");
      assertThat(gate.passed).as(contender).isEqualTo(1);
    }
  }

  @Test
  void towers_stepAndCross_leaveOneStateAndThree() {
    for (String contender : NESTING) {
      Gate gate = new Gate();
      Automaton towers = MachineWorkloads.automata(contender).towers(gate);
      long entered = gate.entered;

      towers.first();

      assertThat(towers.where()).as(contender).isEqualTo("LEFT_DOOR");
      assertThat(gate.left).as(contender).isEqualTo(1);
      assertThat(gate.entered - entered).as(contender).isEqualTo(1);

      towers.second();

      assertThat(towers.where()).as(contender).isEqualTo("RIGHT_DESK");
      assertThat(gate.left).as(contender).isEqualTo(4);
      assertThat(gate.entered - entered).as(contender).isEqualTo(4);
    }
  }

  @Test
  void radio_knobsByTurns_changeTheirRegions() {
    for (String contender : PARALLEL) {
      Gate gate = new Gate();
      Automata automata = MachineWorkloads.automata(contender);
      Automaton turns = automata.radio(gate, Automata.Knobs.BY_TURNS);

      turns.first();
      assertThat(turns.where()).as(contender).isEqualTo("BRIGHT MUTE");
      turns.second();
      assertThat(turns.where()).as(contender).isEqualTo("BRIGHT LOUD");
      turns.first();
      assertThat(turns.where()).as(contender).isEqualTo("DARK LOUD");
      assertThat(gate.passed).as(contender).isEqualTo(3);
    }
  }

  @Test
  void radio_oneKnobForBoth_changesBothRegions() {
    for (String contender : TOGETHER) {
      Gate gate = new Gate();
      Automaton radio = MachineWorkloads.automata(contender).radio(gate, Automata.Knobs.TOGETHER);

      radio.first();

      assertThat(radio.where()).as(contender).isEqualTo("BRIGHT LOUD");
      assertThat(gate.passed).as(contender).isEqualTo(2);
    }
  }

  @Test
  void make_eachThatHasInstances_makesOthersEachTime() {
    for (String contender : MAKING) {
      runTwice(MachineWorkloads.make(contender));
    }
  }

  @Test
  void make_cola_hasNone() {
    Workload cola = MachineWorkloads.make("cola");

    assertThatThrownBy(cola::run).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void unknownContenderAndInexpressibleChart_areRefused() {
    assertThatThrownBy(() -> MachineWorkloads.events("nobody", "turnstile"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
    for (Map.Entry<String, String> each :
        Map.of(
                "tinder", "towers",
                "easystates", "towers",
                "cola", "towers",
                "stateless4j", "regions",
                "kstatemachine", "both")
            .entrySet()) {
      assertThatThrownBy(() -> MachineWorkloads.events(each.getKey(), each.getValue()))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void step_manyOfThem_doNothingAndSayWhatIsToBeDone() {
    runTwice(new MachineWorkloads.StepWorkload());
  }

  @Test
  void store_snapshots_areTheSameAgain() {
    runTwice(MachineWorkloads.store());
  }

  private static void runTwice(String contender, String chart) {
    runTwice(MachineWorkloads.events(contender, chart));
  }

  private static void runTwice(Workload workload) {
    try (workload) {
      workload.verify();
      workload.run();
      workload.verify();
      workload.run();
      workload.verify();
    }
  }
}
