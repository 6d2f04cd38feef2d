package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * All that hubs have judged of one document, one life after the other: what a hub judges at a place
 * takes the place of what was judged there and got lost.
 */
final class Judgements {

  /** What was accepted: what was asked for, and what took place. */
  record Accepted(Mutation asked, Tree taken) {}

  private final World world;
  private final TreeMap<Long, Accepted> accepted = new TreeMap<>();
  private final List<BiConsumer<Mutation, Verdict>> witnesses = new ArrayList<>();

  Judgements(World world) {
    this.world = world;
  }

  /** Has somebody told of each judgement, before it counts. */
  void witness(BiConsumer<Mutation, Verdict> witness) {
    witnesses.add(witness);
  }

  void judged(Mutation mutation, Verdict verdict) {
    accepted.tailMap(mutation.sequence(), true).clear(); // it was lost
    if (mutation.sequence() > 1 && !accepted.containsKey(mutation.sequence() - 1)) {
      world.fail("A hub judges at %d what follows nothing".formatted(mutation.sequence()), null);
    }
    witnesses.forEach(witness -> witness.accept(mutation, verdict));
    if (verdict instanceof Verdict.Accepted is) {
      accepted.put(mutation.sequence(), new Accepted(mutation, is.change()));
    }
  }

  void replayed(Mutation mutation) {
    Accepted before = accepted.get(mutation.sequence());
    if (before == null || !before.taken.equals(mutation.change())) {
      world.fail("A hub replays %s where it accepted %s".formatted(mutation, before), null);
    }
  }

  /** Returns what was accepted up to a place, by place. */
  Map<Long, Accepted> upTo(long sequence) {
    return accepted.headMap(sequence, true);
  }
}
