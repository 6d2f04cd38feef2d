package io.stateward.sync.record;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import java.util.Objects;

/** One record on a hub. */
final class SharedRecord implements SharedState {

  private final RecordLimits limits;
  private final TreeCodec<RecordChange> changes;
  private RecordState state;

  SharedRecord(RecordState state, RecordLimits limits) {
    this.state = state;
    this.limits = limits;
    this.changes = RecordChange.codec(limits);
  }

  @Override
  public Verdict judge(Mutation mutation) {
    RecordChange change;
    try {
      change = changes.fromTree(mutation.change());
    } catch (CodecException e) {
      return new Verdict.Refused("malformed", String.valueOf(e.getMessage()), null);
    }
    RecordContext context = new RecordContext(mutation.client(), mutation.sequence(), limits);
    return state
        .apply(change, context)
        .fold(
            changed -> accepted(mutation, change, changed.state()),
            conflict ->
                new Verdict.Refused(
                    "conflict",
                    "Others have changed %s since."
                        .formatted(conflict.paths().contains("") ? "the record" : conflict.paths()),
                    snapshot()),
            refused -> new Verdict.Refused(refused.code(), refused.reason(), snapshot()));
  }

  private Verdict accepted(Mutation mutation, RecordChange change, RecordState next) {
    state = next;
    if (change instanceof RecordChange.Merge) { // what it came to is shorter than what it was
      Tree value = Objects.requireNonNull(next.value());
      return new Verdict.Accepted(changes.toTree(new RecordChange.Put(value, null)));
    }
    return new Verdict.Accepted(mutation.change());
  }

  @Override
  public void replay(Mutation mutation) {
    state = RecordReplay.next(state, mutation);
  }

  @Override
  public Tree snapshot() {
    return RecordState.codec().toTree(state);
  }

  @Override
  public Tree store() {
    return snapshot();
  }
}
