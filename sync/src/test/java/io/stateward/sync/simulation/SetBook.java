package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.sync.crdt.ObservedRemoveSet;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.simulation.Deeds.Deed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The naive model of a set: each element is added once, and perhaps removed by somebody. */
final class SetBook extends ValueBook<ObservedRemoveSet<String>> {

  static final ReplicatedType<ObservedRemoveSet<String>> TYPE =
      ReplicatedType.of(
          "things",
          ObservedRemoveSet.empty(),
          ObservedRemoveSet.codec(TreeCodec.of("string/1", Tree::of, Tree::asString)));

  private final Map<String, Deed> additions = new LinkedHashMap<>();
  private final Map<String, Set<Deed>> removals = new LinkedHashMap<>();
  private int next;

  SetBook(World world, String document) {
    super(world, document, TYPE);
  }

  /** What was done. */
  private record Move(boolean adds, String element) {}

  @Override
  Change<ObservedRemoveSet<String>> change(ObservedRemoveSet<String> set, String replica) {
    Random random = world.scheduler.random;
    if (set.size() > 0 && random.nextInt(3) == 0) {
      List<String> elements = set.elements().stream().sorted().toList();
      String element = elements.get(random.nextInt(elements.size()));
      return new Change<>(set.remove(element), "", new Move(false, element));
    }
    String element = "e" + next++;
    return new Change<>(set.add(replica, element), "\"" + element + "\"", new Move(true, element));
  }

  @Override
  void made(Deed deed, Object meaning) {
    Move move = (Move) meaning;
    if (move.adds) {
      additions.put(move.element, deed);
    } else {
      removals.computeIfAbsent(move.element, e -> new LinkedHashSet<>()).add(deed);
    }
  }

  @Override
  void check(ObservedRemoveSet<String> set) {
    additions.forEach(
        (element, addition) -> {
          Set<Deed> removing = removals.getOrDefault(element, Set.of());
          boolean perhapsRemoved = removing.stream().anyMatch(deed -> !deed.isRefused());
          boolean removed = removing.stream().anyMatch(Deed::isCertain);
          boolean there = set.contains(element);
          if (there && addition.isRefused()) {
            fail(element + " was refused, but is there");
          }
          if (isComplete() && there && removed) {
            fail(element + " was removed, but is there");
          }
          if (isComplete() && !there && addition.isCertain() && !perhapsRemoved) {
            fail(element + " was added, but is not there");
          }
        });
  }
}
