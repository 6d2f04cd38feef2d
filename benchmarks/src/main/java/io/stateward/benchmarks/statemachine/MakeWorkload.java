package io.stateward.benchmarks.statemachine;

import io.stateward.benchmarks.Workload;
import io.stateward.statemachine.Step;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes turnstiles, each ready for its first event. */
final class MakeWorkload implements Workload {

  private final Supplier<Object> maker;
  private final Function<Object, String> where;
  // they are kept for a while, so that none is made for nothing
  private final @Nullable Object[] made = new Object[MachineWorkloads.MADE];

  MakeWorkload(String contender) {
    Gate gate = new Gate();
    if (contender.equals("begin")) {
      maker = () -> StatewardAutomata.TURNSTILE.begin(gate, Instant.EPOCH);
      where = step -> StatewardAutomata.leaves(((Step<?>) step).snapshot());
    } else {
      Automata automata = MachineWorkloads.automata(contender);
      maker = () -> automata.make(gate);
      where = automata::where;
    }
  }

  @Override
  public void run() {
    for (int i = 0; i < MachineWorkloads.MADE; i++) {
      made[i] = maker.get();
    }
  }

  @Override
  public long operations() {
    return MachineWorkloads.MADE;
  }

  @Override
  public void verify() {
    for (int i = 1; i < made.length; i++) {
      Object one = made[i];
      if (one != null) {
        Workload.require("Where what was made is", "LOCKED", where.apply(one));
        Workload.require("Whether it is another one", true, one != made[i - 1]);
      }
    }
  }
}
