package io.stateward.benchmarks.statemachine;

import io.stateward.benchmarks.Workload;
import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.durable.MachineCodec;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Snapshots that become JSON and snapshots again. */
final class StoreWorkload implements Workload {

  private static final int SNAPSHOTS = 64;

  private final MachineCodec<TypedAutomata.Stile, TypedAutomata.Deed> codec;
  private Snapshot<TypedAutomata.Stile> at;

  StoreWorkload() {
    var machine = TypedAutomata.turnstiles(new Gate());
    codec = MachineCodec.of(machine, StoreWorkload::codec);
    at = machine.step(machine.begin().snapshot(), new TypedAutomata.Coin()).snapshot();
  }

  private static Codec<?> codec(Class<?> type) {
    return type == TypedAutomata.LOCKED.class
        ? moves(TypedAutomata.LOCKED::moves, TypedAutomata.LOCKED::new)
        : moves(TypedAutomata.UNLOCKED::moves, TypedAutomata.UNLOCKED::new);
  }

  private static <T> Codec<T> moves(ToLongFunction<T> moves, LongFunction<T> state) {
    return TreeCodec.of(
        "moves",
        value -> Tree.object().plus("moves", moves.applyAsLong(value)),
        tree -> state.apply(tree.at("/moves").asLong()));
  }

  @Override
  public void run() {
    for (int i = 0; i < SNAPSHOTS; i++) {
      at = codec.decode(codec.encode(at));
    }
  }

  @Override
  public long operations() {
    return SNAPSHOTS;
  }

  @Override
  public void verify() {
    Workload.require("The state", new TypedAutomata.UNLOCKED(1), at.state());
  }
}
