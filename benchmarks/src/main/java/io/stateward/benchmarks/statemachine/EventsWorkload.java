package io.stateward.benchmarks.statemachine;

import io.stateward.benchmarks.Workload;

/** Events for one machine, by turns, which lead it back to where it began. */
final class EventsWorkload implements Workload {

  private static final int TURNS = MachineWorkloads.EVENTS / 2;

  private final Automaton automaton;
  private final Gate gate;
  private final Chart chart;
  private final String home;
  private final Gate before = new Gate();
  private long runs;

  EventsWorkload(String contender, Chart chart) {
    this.chart = chart;
    gate = new Gate();
    automaton = chart.of(MachineWorkloads.automata(contender), gate);
    home = automaton.where();
    before.passed = gate.passed;
    before.entered = gate.entered;
    before.left = gate.left;
  }

  Gate gate() {
    return gate;
  }

  Automaton automaton() {
    return automaton;
  }

  @Override
  public void run() {
    for (int i = 0; i < TURNS; i++) {
      automaton.first();
      automaton.second();
    }
    runs++;
  }

  @Override
  public long operations() {
    return MachineWorkloads.EVENTS;
  }

  @Override
  public void verify() {
    long events = runs * MachineWorkloads.EVENTS;
    Workload.require("Where the machine is", home, automaton.where());
    Workload.require("The initial state", chart.home, home);
    Workload.require("Passed", chart.passed(events), gate.passed - before.passed);
    Workload.require("Entered", chart.entered(events), gate.entered - before.entered);
    Workload.require("Left", chart.entered(events), gate.left - before.left);
  }

  /** What is driven. */
  enum Chart {
    /** Flat, with a guard and an action. */
    TURNSTILE("LOCKED", 2, 0) {
      @Override
      Automaton of(Automata automata, Gate gate) {
        return automata.turnstile(gate);
      }
    },
    /** Three levels, with entry and exit actions: one state and three states are left by turns. */
    TOWERS("LEFT_DESK", 0, 4) {
      @Override
      Automaton of(Automata automata, Gate gate) {
        return automata.towers(gate);
      }
    },
    /** Two regions, with events for one at a time. */
    REGIONS("DARK MUTE", 2, 0) {
      @Override
      Automaton of(Automata automata, Gate gate) {
        return automata.radio(gate, Automata.Knobs.BY_TURNS);
      }
    },
    /** Two regions, with an event for both. */
    BOTH("DARK MUTE", 4, 0) {
      @Override
      Automaton of(Automata automata, Gate gate) {
        return automata.radio(gate, Automata.Knobs.TOGETHER);
      }
    };

    private final String home;
    private final int passedByTwo;
    private final int enteredByTwo;

    Chart(String home, int passedByTwo, int enteredByTwo) {
      this.home = home;
      this.passedByTwo = passedByTwo;
      this.enteredByTwo = enteredByTwo;
    }

    abstract Automaton of(Automata automata, Gate gate);

    long passed(long events) {
      return events / 2 * passedByTwo;
    }

    long entered(long events) {
      return events / 2 * enteredByTwo;
    }
  }
}
