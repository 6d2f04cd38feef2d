package io.stateward.sync.crdt;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import java.util.Set;

/** One replicated value on a hub. */
final class SharedReplicated<S extends Replicated<S>> implements SharedState {

  private final TreeCodec<S> codec;
  private final int limit;
  private S state;
  private long size = -1; // at least that of the state; -1 if it was not measured yet

  SharedReplicated(S state, TreeCodec<S> codec, int limit) {
    this.state = state;
    this.codec = codec;
    this.limit = limit;
  }

  @Override
  public Verdict judge(Mutation mutation) {
    try {
      S change = codec.fromTree(mutation.change());
      Set<String> authors = change.authorsSince(state);
      if (!Set.of(mutation.client()).containsAll(authors)) {
        return new Verdict.Refused(
            "foreign",
            "A client sends its own changes, under its id '%s'; these are of %s."
                .formatted(mutation.client(), Form.excerpt(authors.toString())),
            null);
      }
      return accepted(mutation.change(), state.merge(change));
    } catch (CodecException | IllegalArgumentException e) {
      return new Verdict.Refused("malformed", String.valueOf(e.getMessage()), null);
    }
  }

  private Verdict accepted(Tree change, S merged) {
    long estimate = size < 0 ? Long.MAX_VALUE : size + length(change);
    if (estimate > limit) { // an upper bound until it comes near the limit
      estimate = length(codec.toTree(merged));
    }
    if (estimate > limit) {
      return new Verdict.Refused(
          "too-large",
          "The value has at most %d characters of JSON, and this would make it %d."
              .formatted(limit, estimate),
          null);
    }
    state = merged;
    size = estimate;
    return new Verdict.Accepted(change);
  }

  private static long length(Tree tree) {
    return tree.toJson().length();
  }

  @Override
  public void replay(Mutation mutation) {
    state = state.merge(codec.fromTree(mutation.change()));
    size = -1;
  }

  @Override
  public Tree snapshot() {
    return codec.toTree(state);
  }

  @Override
  public Tree store() {
    return snapshot();
  }
}
