package io.stateward.store;

import io.stateward.signal.internal.Replayable;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One action, or one plain update, while it changes the state: the updater of a reducing store. */
final class Step<S, A> implements Replayable<S> {

  private final ReducingRoot<S, A> store;
  private final @Nullable A action;
  private final @Nullable UnaryOperator<S> updater;
  private @Nullable Dispatched<S> outcome;

  private Step(ReducingRoot<S, A> store, @Nullable A action, @Nullable UnaryOperator<S> updater) {
    this.store = store;
    this.action = action;
    this.updater = updater;
  }

  static <S, A> Step<S, A> of(ReducingRoot<S, A> store, A action) {
    return new Step<>(store, Objects.requireNonNull(action, "action"), null);
  }

  static <S, A> Step<S, A> ofUpdate(ReducingRoot<S, A> store, UnaryOperator<S> updater) {
    return new Step<>(store, null, Objects.requireNonNull(updater, "updater"));
  }

  /** Returns what came of it, once it was applied. */
  Dispatched<S> outcome() {
    return Objects.requireNonNull(outcome);
  }

  @Override
  public S apply(S before) {
    Pipeline<S, A> pipeline = store.pipeline(); // under the lock, so that it is not an old one
    S after = compute(pipeline, before);
    Dispatched<S> result = judge(pipeline, before, after);
    outcome = result;
    return result.state();
  }

  /** Does it again on another state, as a part of the update that loads that state. */
  @Override
  public S replay(S before) {
    Pipeline<S, A> pipeline = store.pipeline();
    S after = compute(pipeline, before);
    return after == before || pipeline.objection(before, after) == null ? after : before;
  }

  private S compute(Pipeline<S, A> pipeline, S before) {
    S after = null;
    if (action != null) {
      after = pipeline.reduce(before, action);
    } else if (updater != null) {
      after = updater.apply(before);
    }
    if (after == null) {
      throw store.returnedNull(action);
    }
    return after;
  }

  private Dispatched<S> judge(Pipeline<S, A> pipeline, S before, S after) {
    if (after == before) {
      return action == null || pipeline.handles(action)
          ? new Dispatched.Unchanged<>(before)
          : new Dispatched.Unhandled<>(before);
    }
    String objection = pipeline.objection(before, after);
    if (objection != null) {
      return new Dispatched.Vetoed<>(before, objection);
    }
    long version = store.versionUnderWay();
    List<Entry<Recording<S, A>>> recordings = pipeline.recordings();
    for (int i = 0; i < recordings.size(); i++) {
      recordings.get(i).it.note(version, before, after, action);
    }
    return new Dispatched.Committed<>(after, version);
  }
}
