package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.optimistic.MutationId;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
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
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One record on a client: what the hub has confirmed, and what was done here on top of it. */
final class RecordReplica implements Replica {

  /*
   * Confirmed and pending changes are an optimistic store: what shows is its fold, made anew where
   * something arrives. It is answered from outside, by the client, which numbers, keeps and sends
   * what is pending for every kind of document alike; so it needs no executor and no timekeeper, and
   * nothing of it is stored. A change that does not fit what it came to stand on shows no effect,
   * until the hub says what becomes of it. One that is confirmed as it was guessed, but for its
   * version, which nobody can guess, leaves the fold as it is.
   *
   * Nobody subscribes to that store, which moves under the document's lock. Subscribers are told
   * outside of the lock, from an ordinary one. Each moment has a number, so whoever tells of one late
   * tells nothing. Order of locks: that of the document, then that of the optimistic store.
   */

  /**
   * What shows at a moment.
   *
   * @param confirmedVersion the version that the hub is known to have
   */
  record Shown(long moment, RecordState state, long confirmedVersion) {}

  /** A pending change: its number among those of the client, and what it is in the store. */
  private record Mine(long id, MutationId mutation) {}

  private static final TreeCodec<RecordChange> CHANGES =
      RecordChange.codec(RecordLimits.unlimited());
  private static final MutationPlan<RecordState, RecordState> ANSWERED_BY_THE_HUB =
      MutationPlan.whole();

  private final DocumentContext context;
  private final RecordContext me;
  private final Store<Shown> shown;
  private OptimisticStore<RecordState> record;
  private Deque<Mine> mine = new ArrayDeque<>(); // in order
  private long moment;

  RecordReplica(DocumentContext context) {
    this.context = context;
    this.me = new RecordContext(context.client(), RecordContext.UNKNOWN, RecordLimits.unlimited());
    this.record = over(RecordState.unwritten());
    this.shown = Store.of("record '" + context.document() + "'", moment());
  }

  private OptimisticStore<RecordState> over(RecordState confirmed) {
    return OptimisticStore.over("record '%s', log".formatted(context.document()), confirmed)
        .origin(context.client())
        .timekeeper(context.timekeeper())
        .guessed(this::isAsGuessed)
        .open();
  }

  /** Whether changes of this client come to the same on both, whatever is the version. */
  private boolean isAsGuessed(RecordState guessed, RecordState found) {
    return guessed == found
        || (guessed.author().equals(found.author())
            && guessed.others() == found.others()
            && guessed.versionOfOthersThan(me.client()) == found.versionOfOthersThan(me.client())
            && Objects.equals(guessed.value(), found.value()));
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
    return record.visible().get();
  }

  private RecordState confirmed() {
    return record.confirmed().get();
  }

  /** Judges a change on what shows, as the hub will; within the document's lock. */
  RecordResult judge(RecordChange change) {
    return visible().apply(change, me);
  }

  /** Returns what shows, moment by moment. */
  Signal<Shown> shown() {
    return shown;
  }

  /** Returns what there is to tell at this moment; within the document's lock. */
  Shown moment() {
    return new Shown(moment, visible(), confirmed().version());
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

  private MutationId pend(OptimisticStore<RecordState> on, Tree form) {
    RecordChange change = CHANGES.fromTree(form);
    return on.mutate(state -> effect(state, change), ANSWERED_BY_THE_HUB).id();
  }

  /** Returns what a change makes of a record; the same one if it does not fit. */
  private RecordState effect(RecordState before, RecordChange change) {
    return before
        .apply(change, me)
        .fold(RecordResult.Changed::state, conflict -> before, refused -> before);
  }

  @Override
  public void edit(Mutation mutation) {
    mine.add(new Mine(mutation.id(), pend(record, mutation.change())));
    moved();
  }

  @Override
  public List<Tree> reset(long sequence, Tree state, List<Tree> unsettled) {
    OptimisticStore<RecordState> anew = over(RecordState.codec().fromTree(state));
    Deque<Mine> pending = new ArrayDeque<>();
    unsettled.forEach(change -> pending.add(new Mine(0, pend(anew, change)))); // numbers follow
    record = anew;
    mine = pending;
    moved();
    return unsettled;
  }

  @Override
  public @Nullable Long take(Mutation update) {
    RecordState next = RecordReplay.next(confirmed(), update);
    record.external(before -> next);
    moved();
    return null;
  }

  @Override
  public void confirm(long id, long sequence, Tree change) {
    RecordState next =
        RecordReplay.next(
            confirmed(), new Mutation(context.client(), id, sequence - 1, sequence, change));
    Mine settled = remove(id);
    record.external(before -> next, settled.mutation());
    moved();
  }

  @Override
  public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> unsettled) {
    record.reject(remove(id).mutation(), refusal.reason());
    moved();
    return unsettled;
  }

  private Mine remove(long id) {
    for (Iterator<Mine> all = mine.iterator(); all.hasNext(); ) {
      Mine each = all.next();
      if (each.id() == id) {
        all.remove();
        return each;
      }
    }
    throw new IllegalArgumentException(
        "Change %d of '%s' is not pending; pending are %s."
            .formatted(id, context.document(), mine.stream().map(Mine::id).toList()));
  }

  @Override
  public void renumber(List<Mutation> unsettled) {
    Iterator<Mutation> numbers = unsettled.iterator();
    Deque<Mine> renumbered = new ArrayDeque<>();
    mine.forEach(each -> renumbered.add(new Mine(numbers.next().id(), each.mutation())));
    mine = renumbered;
  }

  @Override
  public Tree store() {
    return RecordState.codec().toTree(confirmed());
  }

  @Override
  public void restore(long sequence, @Nullable Tree stored, List<Mutation> unsettled) {
    Tree state = stored == null ? RecordState.codec().toTree(RecordState.unwritten()) : stored;
    reset(sequence, state, unsettled.stream().map(Mutation::change).toList());
    renumber(unsettled);
  }
}
