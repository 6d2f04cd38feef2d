package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.crdt.PositiveNegativeCounter;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.simulation.Deeds.Deed;
import java.util.LinkedHashMap;
import java.util.Map;

/** The naive model of a counter: what each added and took away. */
final class CounterBook extends ValueBook<PositiveNegativeCounter> {

  static final ReplicatedType<PositiveNegativeCounter> TYPE =
      ReplicatedType.of("count", PositiveNegativeCounter.empty(), PositiveNegativeCounter.codec());

  private final Map<Deed, Integer> amounts = new LinkedHashMap<>();

  CounterBook(World world, String document) {
    super(world, document, TYPE);
  }

  @Override
  Change<PositiveNegativeCounter> change(PositiveNegativeCounter value, String replica) {
    int amount = 1 + world.scheduler.random.nextInt(9);
    int signed = world.scheduler.random.nextInt(3) == 0 ? -amount : amount;
    return new Change<>(value.add(replica, signed), "", signed);
  }

  @Override
  void made(Deed deed, Object meaning) {
    amounts.put(deed, (Integer) meaning);
  }

  @Override
  void check(PositiveNegativeCounter value) {
    Tree parts = TYPE.codec().toTree(value);
    check("added", sum(parts.at("/up")), 1);
    check("taken away", sum(parts.at("/down")), -1);
  }

  private static long sum(Tree counts) {
    return counts.asObject().members().values().stream().mapToLong(Tree::asLong).sum();
  }

  private void check(String what, long counted, int sign) {
    long least = 0;
    long most = 0;
    for (Map.Entry<Deed, Integer> each : amounts.entrySet()) {
      int amount = Math.max(0, sign * each.getValue());
      most += each.getKey().isRefused() ? 0 : amount;
      least += each.getKey().isCertain() && isComplete() ? amount : 0;
    }
    if (counted < least || counted > most) {
      fail("%d was %s, and not from %d to %d".formatted(counted, what, least, most));
    }
  }
}
