package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where in the journal events are: of one in every {@link #EVERY}, exactly.
 *
 * <p>Thread safety: one thread at a time changes it; any number look.
 */
final class Positions {

  static final int EVERY = 64;

  private final ConcurrentSkipListMap<Long, Long> known = new ConcurrentSkipListMap<>();

  void note(long sequence, long position) {
    if (known.isEmpty() || sequence % EVERY == 0) {
      known.put(sequence, position);
    }
  }

  /** Returns a position at which, or after which, the event of a sequence is. */
  long atMost(long sequence, long otherwise) {
    Map.Entry<Long, Long> before = known.floorEntry(sequence);
    return before == null ? otherwise : before.getValue();
  }

  /** Forgets those of which the journal has no more. */
  void forgetBefore(long position) {
    while (!known.isEmpty() && known.firstEntry().getValue() < position) {
      known.pollFirstEntry();
    }
  }

  void clear() {
    known.clear();
  }

  Tree store() {
    List<Tree> pairs = new ArrayList<>();
    known.forEach((sequence, at) -> pairs.add(Tree.array(Tree.of(sequence), Tree.of(at))));
    return Tree.array(pairs);
  }

  void restore(Tree stored) {
    for (Tree pair : stored.asArray().elements()) {
      List<Tree> both = pair.asArray().elements();
      known.put(both.get(0).asLong(), both.get(1).asLong());
    }
  }
}
