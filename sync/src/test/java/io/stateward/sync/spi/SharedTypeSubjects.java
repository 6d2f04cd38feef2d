package io.stateward.sync.spi;

import io.stateward.codec.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the rules of kinds of documents are checked on, and the histories that they need. */
interface SharedTypeSubjects {

  SharedType type();

  Tree change(Random random, Tree snapshot);

  List<Tree> nonsense();

  /** A mutation as it was judged, the change as it came, and what became of it. */
  record Judged(Mutation sent, @Nullable Tree accepted) {

    Mutation replayed() {
      return new Mutation(
          sent.client(),
          sent.id(),
          sent.base(),
          sent.sequence(),
          accepted == null ? sent.change() : accepted);
    }
  }

  /** A document that several clients change, each after what it had taken in by then. */
  final class History {
    final SharedState state;
    final List<Judged> judged = new ArrayList<>();
    final List<Tree> snapshots = new ArrayList<>(); // by sequence
    private final Random random;
    private final SharedTypeSubjects subjects;
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, Long> bases = new HashMap<>();

    History(SharedTypeSubjects subjects, long seed) {
      this.subjects = subjects;
      this.random = new Random(seed);
      this.state = subjects.type().create();
      snapshots.add(state.snapshot());
    }

    long sequence() {
      return snapshots.size() - 1L;
    }

    /** The least base that a client may still have. */
    long floor() {
      return bases.values().stream().mapToLong(each -> each).min().orElse(0);
    }

    /** Has somebody make a change, at most {@code late} changes behind. */
    History step(int late) {
      String client = "client" + random.nextInt(3);
      long known = bases.getOrDefault(client, 0L);
      long base = Math.max(known, sequence() - random.nextInt(late + 1));
      long id = ids.merge(client, 1L, Long::sum);
      Tree change = subjects.change(random, snapshots.get((int) base));
      Mutation mutation = new Mutation(client, id, base, sequence() + 1, change);
      Tree accepted = accepted(state, mutation);
      judged.add(new Judged(mutation, accepted));
      if (accepted != null) {
        snapshots.add(state.snapshot());
        bases.put(client, sequence()); // what it makes next is made after its own
      }
      return this;
    }

    History steps(int count, int late) {
      for (int i = 0; i < count; i++) {
        step(late);
      }
      return this;
    }
  }

  /** Has a mutation judged; answers what was accepted, or null if it was refused. */
  static @Nullable Tree accepted(SharedState state, Mutation mutation) {
    return state.judge(mutation) instanceof Verdict.Accepted is ? is.change() : null;
  }
}
