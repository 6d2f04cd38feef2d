package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.Verdict;
import java.util.random.RandomGenerator;

/** A kind of document that users have, of which all is taken down, and which fails now and then. */
record WatchedType(SharedType type, Judgements judgements, RandomGenerator random)
    implements SharedType {

  @Override
  public String name() {
    return type.name();
  }

  @Override
  public SharedState create() {
    return new Watched(type.create());
  }

  @Override
  public SharedState restore(Tree stored) {
    return new Watched(type.restore(stored));
  }

  private final class Watched implements SharedState {
    private final SharedState state;

    Watched(SharedState state) {
      this.state = state;
    }

    @Override
    public Verdict judge(Mutation mutation) {
      if (random.nextInt(60) == 0) {
        throw new IllegalStateException(LedgerType.POISON);
      }
      Verdict verdict = state.judge(mutation);
      judgements.judged(mutation, verdict);
      return verdict;
    }

    @Override
    public void replay(Mutation mutation) {
      judgements.replayed(mutation);
      state.replay(mutation);
    }

    @Override
    public Tree snapshot() {
      return state.snapshot();
    }

    @Override
    public Tree store() {
      return state.store();
    }

    @Override
    public long context(long sequence) {
      return state.context(sequence);
    }

    @Override
    public long trim(long sequence) {
      return state.trim(sequence);
    }
  }
}
