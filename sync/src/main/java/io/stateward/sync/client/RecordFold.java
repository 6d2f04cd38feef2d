package io.stateward.sync.client;

import io.stateward.collection.PersistentVector;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordContext;
import io.stateward.sync.record.RecordLimits;
import io.stateward.sync.record.RecordResult;
import io.stateward.sync.record.RecordState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed record, the changes pending on top of it, and what both come to, which is made when
 * somebody asks.
 *
 * <p>Thread safety: immutable but for that; threads that ask at once make the same.
 */
final class RecordFold {

  private final RecordState confirmed;
  private final PersistentVector<RecordChange> pending;
  private final RecordContext me;
  private volatile @Nullable RecordState state; // null until somebody asks

  private RecordFold(
      RecordState confirmed,
      PersistentVector<RecordChange> pending,
      RecordContext me,
      @Nullable RecordState state) {
    this.confirmed = confirmed;
    this.pending = pending;
    this.me = me;
    this.state = pending.isEmpty() ? confirmed : state;
  }

  static RecordFold over(RecordState confirmed, String client) {
    RecordContext me = new RecordContext(client, RecordContext.UNKNOWN, RecordLimits.unlimited());
    return new RecordFold(confirmed, PersistentVector.of(), me, confirmed);
  }

  RecordState confirmed() {
    return confirmed;
  }

  RecordState state() {
    RecordState known = state;
    if (known == null) {
      known = confirmed;
      for (RecordChange change : pending) {
        known = effect(known, change);
      }
      state = known;
    }
    return known;
  }

  RecordResult judge(RecordChange change) {
    return state().apply(change, me);
  }

  /** Returns what a change makes of a record; the same one if it does not fit. */
  private RecordState effect(RecordState before, RecordChange change) {
    return before
        .apply(change, me)
        .fold(RecordResult.Changed::state, conflict -> before, refused -> before);
  }

  RecordFold plus(RecordChange change) {
    RecordState known = state;
    return new RecordFold(
        confirmed, pending.append(change), me, known == null ? null : effect(known, change));
  }

  RecordFold without(int index) {
    return new RecordFold(confirmed, pending.without(index), me, null);
  }

  RecordFold on(RecordState next) {
    return new RecordFold(next, pending, me, null);
  }

  /** Returns the fold once the first pending change has taken place. */
  RecordFold confirmedHead(RecordState next) {
    RecordState guess = effect(confirmed, pending.get(0));
    boolean guessed = // all but the version, which nobody could know
        guess.others() == next.others()
            && guess.author().equals(next.author())
            && Objects.equals(guess.value(), next.value());
    return new RecordFold(next, pending.slice(1, pending.size()), me, guessed ? state : null);
  }
}
