package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordContext;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One record on a client: what the hub has confirmed, and what was done here on top of it. */
final class RecordReplica implements Replica {

  /*
   * The log of what is pending is the client's, with its numbers and its outbox; here stands what it
   * comes to. What shows is the fold of the pending changes over the confirmed record. A change that
   * is confirmed as it was guessed leaves the fold as it is; anything else makes it stale, and it is
   * folded again when somebody looks. A change that does not fit what it came to stand on shows no
   * effect, until the hub says what becomes of it.
   *
   * Subscribers are told outside of the document's lock, from an ordinary store. Each moment has a
   * number, so whoever tells of one late tells nothing.
   */

  /** What shows at a moment. */
  record Shown(long moment, RecordState state, long confirmedVersion) {}

  private record Entry(long id, RecordChange change, RecordState after) {}

  private static final TreeCodec<RecordChange> CHANGES =
      RecordChange.codec(RecordLimits.unlimited());

  private final DocumentContext context;
  private final RecordContext me;
  private final Store<Shown> shown;
  private final Deque<Entry> pending = new ArrayDeque<>();
  private RecordState confirmed = RecordState.unwritten();
  private @Nullable RecordState visible = confirmed; // null if it has to be folded again
  private long moment;

  RecordReplica(DocumentContext context) {
    this.context = context;
    this.me = new RecordContext(context.client(), RecordContext.UNKNOWN, RecordLimits.unlimited());
    this.shown =
        Store.of(
            "record '" + context.document() + "'", new Shown(0, confirmed, confirmed.version()));
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
    RecordState now = visible;
    if (now == null) {
      now = folded();
      visible = now;
    }
    return now;
  }

  private RecordState folded() {
    RecordState state = confirmed;
    int size = pending.size();
    for (int i = 0; i < size; i++) { // each goes to the end, with what it comes to now
      Entry entry = pending.remove();
      state = effect(state, entry.change());
      pending.add(new Entry(entry.id(), entry.change(), state));
    }
    return state;
  }

  private RecordState effect(RecordState state, RecordChange change) {
    return state
        .apply(change, me)
        .fold(RecordResult.Changed::state, conflict -> state, refused -> state);
  }

  /** Judges a change on what shows, as the hub will; within the document's lock. */
  RecordResult judge(RecordChange change) {
    return visible().apply(change, me);
  }

  /** Returns the version that the hub has confirmed; within the document's lock. */
  long version() {
    return confirmed.version();
  }

  /** Returns what shows, moment by moment. */
  Signal<Shown> shown() {
    return shown;
  }

  /** Returns what there is to tell at this moment; within the document's lock. */
  Shown moment() {
    return new Shown(moment, visible(), confirmed.version());
  }

  /** Tells subscribers of a moment, unless they know of a later one; outside of the lock. */
  void tell(Shown now) {
    shown.update(before -> before.moment() < now.moment() ? now : before);
  }

  private void moved() {
    moment++;
    Shown now = moment();
    context.afterwards(() -> tell(now));
  }

  @Override
  public void edit(Mutation mutation) {
    add(mutation);
    moved();
  }

  private void add(Mutation mutation) {
    RecordChange change = CHANGES.fromTree(mutation.change());
    RecordState after = effect(visible(), change);
    pending.add(new Entry(mutation.id(), change, after));
    visible = after;
  }

  @Override
  public List<Tree> reset(long sequence, Tree state, List<Tree> unsettled) {
    confirmed = RecordState.codec().fromTree(state);
    pending.clear(); // they come again, with their numbers
    unsettled.forEach(change -> pending.add(new Entry(0, CHANGES.fromTree(change), confirmed)));
    visible = null;
    moved();
    return unsettled;
  }

  @Override
  public @Nullable Long take(Mutation update) {
    confirmed = RecordReplay.next(confirmed, update);
    visible = null;
    moved();
    return null;
  }

  @Override
  public void confirm(long id, long sequence, Tree change) {
    RecordState next =
        RecordReplay.next(confirmed, new Mutation(me.client(), id, sequence - 1, sequence, change));
    Entry head = pending.peek();
    if (head == null || head.id() != id || !isAsGuessed(head.after(), next)) {
      visible = null;
    }
    pending.removeIf(entry -> entry.id() == id);
    confirmed = next;
    visible = pending.isEmpty() ? next : visible; // whose version is known
    moved();
  }

  /** Whether what is pending was folded over this record already, but for its version. */
  private static boolean isAsGuessed(RecordState guess, RecordState now) {
    return guess.others() == now.others()
        && guess.author().equals(now.author())
        && Objects.equals(guess.value(), now.value());
  }

  @Override
  public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> unsettled) {
    pending.removeIf(entry -> entry.id() == id);
    visible = null;
    moved();
    return unsettled;
  }

  @Override
  public void renumber(List<Mutation> unsettled) {
    pending.clear();
    visible = confirmed;
    unsettled.forEach(this::add);
  }

  @Override
  public Tree store() {
    return RecordState.codec().toTree(confirmed);
  }

  @Override
  public void restore(long sequence, @Nullable Tree stored, List<Mutation> unsettled) {
    confirmed = stored == null ? RecordState.unwritten() : RecordState.codec().fromTree(stored);
    renumber(unsettled);
    moved();
  }
}
