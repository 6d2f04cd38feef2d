package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordLimits;
import io.stateward.sync.record.RecordReplay;
import io.stateward.sync.record.RecordResult;
import io.stateward.sync.record.RecordState;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record on a client: what the hub has confirmed, and what was done here on top of it. */
final class RecordReplica implements Replica {

  /*
   * The log of what is pending is the client's, with its numbers and its outbox; here stands what it
   * comes to. What shows is the fold of the pending changes over the confirmed record, made when
   * somebody looks. A change that is confirmed as it was guessed leaves the fold as it is. One that
   * does not fit what it came to stand on shows no effect, until the hub says what becomes of it.
   *
   * Subscribers are told outside of the document's lock, from an ordinary store. Each moment has a
   * number, so whoever tells of one late tells nothing.
   */

  /** What shows at a moment. */
  record Shown(long moment, RecordFold fold) {
    RecordState state() {
      return fold.state();
    }

    long confirmedVersion() {
      return fold.confirmed().version();
    }
  }

  private static final TreeCodec<RecordChange> CHANGES =
      RecordChange.codec(RecordLimits.unlimited());

  private final DocumentContext context;
  private final Store<Shown> shown;
  private final Deque<Long> ids = new ArrayDeque<>(); // of what is pending, in its order
  private RecordFold fold;
  private long moment;

  RecordReplica(DocumentContext context) {
    this.context = context;
    this.fold = RecordFold.over(RecordState.unwritten(), context.client());
    this.shown = Store.of("record '" + context.document() + "'", new Shown(0, fold));
  }

  @Override
  public String type() {
    return RecordType.NAME;
  }

  /** Returns a change as it is sent. */
  static Tree form(RecordChange change) {
    return CHANGES.toTree(change);
  }

  /** Returns what shows; within the document's lock. */
  RecordState visible() {
    return fold.state();
  }

  /** Judges a change on what shows, as the hub will; within the document's lock. */
  RecordResult judge(RecordChange change) {
    return fold.judge(change);
  }

  /** Returns what shows, moment by moment. */
  Signal<Shown> shown() {
    return shown;
  }

  /** Returns what there is to tell at this moment; within the document's lock. */
  Shown moment() {
    return new Shown(moment, fold);
  }

  /** Tells subscribers of a moment, unless they know of a later one; outside of the lock. */
  void tell(Shown now) {
    shown.update(before -> before.moment() < now.moment() ? now : before);
  }

  private void moved(RecordFold next) {
    fold = next;
    moment++;
    Shown now = moment();
    context.afterwards(() -> tell(now));
  }

  @Override
  public void edit(Mutation mutation) {
    RecordFold next = fold.plus(CHANGES.fromTree(mutation.change()));
    ids.add(mutation.id());
    moved(next);
  }

  @Override
  public List<Tree> reset(long sequence, Tree state, List<Tree> unsettled) {
    RecordFold next = RecordFold.over(RecordState.codec().fromTree(state), context.client());
    ids.clear(); // the numbers follow
    for (Tree change : unsettled) {
      next = next.plus(CHANGES.fromTree(change));
      ids.add(0L);
    }
    moved(next);
    return unsettled;
  }

  @Override
  public @Nullable Long take(Mutation update) {
    moved(fold.on(RecordReplay.next(fold.confirmed(), update)));
    return null;
  }

  @Override
  public void confirm(long id, long sequence, Tree change) {
    RecordState next =
        RecordReplay.next(
            fold.confirmed(), new Mutation(context.client(), id, sequence - 1, sequence, change));
    Long head = ids.peek();
    RecordFold after = head != null && head == id ? fold.confirmedHead(next) : without(id).on(next);
    ids.remove(id);
    moved(after);
  }

  @Override
  public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> unsettled) {
    RecordFold next = without(id);
    ids.remove(id);
    moved(next);
    return unsettled;
  }

  private RecordFold without(long id) {
    int index = 0;
    for (long each : ids) {
      if (each == id) {
        return fold.without(index);
      }
      index++;
    }
    return fold;
  }

  @Override
  public void renumber(List<Mutation> unsettled) {
    ids.clear();
    unsettled.forEach(mutation -> ids.add(mutation.id()));
  }

  @Override
  public Tree store() {
    return RecordState.codec().toTree(fold.confirmed());
  }

  @Override
  public void restore(long sequence, @Nullable Tree stored, List<Mutation> unsettled) {
    Tree state = stored == null ? RecordState.codec().toTree(RecordState.unwritten()) : stored;
    reset(sequence, state, unsettled.stream().map(Mutation::change).toList());
    renumber(unsettled);
  }
}
