package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a document that is not open, out of its records, whatever kind it is of.
 *
 * <p>Thread safety: it has no state.
 */
final class KeptLetters {

  private KeptLetters() {}

  static List<DeadLetter> of(
      String document, String client, List<TreeObject> records, int mostLetters) {
    if (records.stream().noneMatch(KeptLetters::mayHaveOne)) {
      return List.of(); // of most documents
    }
    DocumentState state =
        new DocumentState(
            new Alone(document, client),
            new Blank(OutboxForm.text(records.get(0), "type")),
            mostLetters,
            () -> 0);
    state.restore(records, record -> 0);
    return state.letters();
  }

  private static boolean mayHaveOne(TreeObject record) {
    return switch (OutboxForm.text(record, "k")) {
      case "refused", "resolved" -> true;
      case "state" -> !record.at("/letters").asArray().elements().isEmpty();
      default -> false;
    };
  }

  /** Nobody is told of anything. */
  private record Alone(String document, String client) implements DocumentContext {
    @Override
    public void afterwards(Runnable announcement) {}
  }

  /** A replica of any kind, which takes whatever it took before, and keeps nothing of it. */
  private record Blank(String type) implements Replica {
    @Override
    public void edit(Mutation mutation) {}

    @Override
    public List<Tree> reset(long sequence, Tree state, List<Tree> pending) {
      return pending;
    }

    @Override
    public @Nullable Long take(Mutation update) {
      return null;
    }

    @Override
    public void confirm(long id, long sequence, Tree change) {}

    @Override
    public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> pending) {
      return pending; // where it was another list, there is a record of all of it instead
    }

    @Override
    public Tree store() {
      return Tree.object();
    }

    @Override
    public void restore(long sequence, @Nullable Tree stored, List<Mutation> pending) {}
  }
}
