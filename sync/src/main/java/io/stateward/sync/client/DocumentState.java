package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a document is here: its replica, what was taken in, what is pending, what was refused; and
 * every step of it as a record, by which it is made again after a restart.
 *
 * <p>Thread safety: guarded by the lock of its document.
 */
final class DocumentState {

  private final DocumentContext context;
  private final Replica replica;
  private final PendingList pending;
  private final DeadLetters letters;
  private final LongSupplier stored;
  private Recorder recorder = record -> 0; // while records are replayed
  private @Nullable Position position;
  private boolean forgotten; // by the hub; whoever forgets this by a restart is told it again

  DocumentState(DocumentContext context, Replica replica, int mostLetters, LongSupplier stored) {
    this.context = context;
    this.replica = replica;
    this.letters = new DeadLetters(context.document(), mostLetters);
    this.stored = stored;
    this.pending = new PendingList(stored);
  }

  PendingList pending() {
    return pending;
  }

  @Nullable Position position() {
    return position;
  }

  /** Returns the dead letters: another list when they have changed. */
  List<DeadLetter> letters() {
    return letters.shown();
  }

  private long known() {
    Position at = position;
    return at == null ? 0 : at.sequence();
  }

  private void moveTo(long sequence) {
    Position at = position;
    position = new Position(at == null ? "" : at.epoch(), sequence);
  }

  // What happens.

  Pending edit(Tree change) {
    Pending made = pending.next(change, known());
    replica.edit(made.asMutation(context.client()));
    pending.add(made);
    made.recorded(recorder.put(OutboxForm.edit(context.document(), made)));
    return made;
  }

  /** Takes in the next update, or says after what the events are lacking. */
  @Nullable Long take(Mutation update) {
    Long lacking = replica.take(update);
    if (lacking == null) {
      moveTo(update.sequence());
      recorder.put(OutboxForm.update(context.document(), update));
    }
    return lacking;
  }

  void history(long after, List<Mutation> events) {
    replica.history(after, events);
    recorder.put(OutboxForm.history(context.document(), after, events));
  }

  /** The oldest of the pending has the next place. */
  void confirm(long sequence, @Nullable Tree change) {
    Pending first = pending.confirm();
    replica.confirm(first.id, sequence, change == null ? first.change : change);
    moveTo(sequence);
    recorder.put(OutboxForm.confirmed(context.document(), first.id, sequence, change));
    settle(first, new Settled.Durable(sequence));
  }

  /** One of the pending never will have a place. Nothing happens if it is not pending. */
  void refuse(long id, Verdict.Refused why, boolean here) {
    PendingList.Refusal refusal = pending.refuse(id, here);
    if (refusal == null) {
      return;
    }
    List<Tree> changes = changes(refusal.followers());
    List<Tree> now = replica.refuse(id, why, changes);
    boolean same = now.equals(changes);
    List<Pending> rest = replacement(refusal.followers(), now, known());
    pending.rewrite(refusal, rest);
    bury(refusal.refused(), id, why);
    long ticket =
        recorder.put(
            same
                ? OutboxForm.refused(context.document(), id, why, here, refusal.from() - 1)
                : checkpoint());
    renumber(ticket, rest);
  }

  /** Something that a change stood on was refused without this client knowing: it goes again. */
  void supersede(long id) {
    PendingList.Refusal refusal = pending.refuse(id, false);
    if (refusal == null) {
      return;
    }
    List<Pending> again = new ArrayList<>();
    refusal.refused().recall();
    again.add(refusal.refused());
    again.addAll(refusal.followers());
    pending.rewrite(refusal, again);
    renumber(recorder.put(checkpoint()), again);
  }

  /** What was asked for of a change that is not pending in the replica any more. */
  boolean resolve(long id, long sequence, Verdict.@Nullable Refused why) {
    Pending known = pending.resolve(id);
    if (known == null) {
      return false;
    }
    if (why == null) {
      settle(known, new Settled.Durable(sequence == 0 ? known() : sequence));
    } else {
      bury(known, id, why);
    }
    recorder.put(OutboxForm.resolved(context.document(), id, why));
    return true;
  }

  /** The hub goes on from where this is. */
  void resume(Position at, long last, long refused) {
    resume(at, last, refused, pending.arrived(last));
  }

  private void resume(Position at, long last, long refused, long arrived) {
    boolean newEpoch = !at.equals(position);
    position = at;
    boolean renumbered = pending.resume(last, refused, arrived);
    if (renumbered || newEpoch) {
      long ticket =
          recorder.put(OutboxForm.resumed(context.document(), at.epoch(), last, refused, arrived));
      if (renumbered) {
        renumber(ticket, pending.all());
      }
    }
  }

  /**
   * The hub knows nothing of this client any more, and so not what it did of what it was sent. That
   * is given up where the hub begins anew, and not before: what was done since stands on it.
   */
  void forgotten() {
    forgotten = true;
  }

  boolean isForgotten() {
    return forgotten;
  }

  private void giveUpWhatWasSent() {
    Verdict.Refused why =
        new Verdict.Refused(
            "forgotten",
            "The client was away for so long that the hub cannot tell whether this took place.",
            null);
    pending.forget().forEach(each -> bury(each, each.id, why));
  }

  /** The hub begins anew. */
  void reset(Position at, long last, long refused, Tree state) {
    if (forgotten) {
      giveUpWhatWasSent();
    }
    List<Pending> settled = new ArrayList<>();
    List<Pending> rest = pending.reset(last, refused, settled);
    settled.forEach(each -> settle(each, new Settled.Durable(at.sequence())));
    position = at;
    try {
      rest = withoutGivenUp(rest, state);
      List<Tree> now = replica.reset(at.sequence(), state, changes(rest));
      rest = replacement(rest, now, at.sequence());
    } finally { // if it throws, nothing that is pending is lost
      pending.put(rest);
    }
    forgotten = false;
    renumber(recorder.put(checkpoint()), pending.all());
  }

  private List<Pending> withoutGivenUp(List<Pending> rest, Tree state) {
    Replica.GivenUp given = rest.isEmpty() ? null : replica.giveUp(state, changes(rest));
    if (given == null) {
      return rest;
    }
    Verdict.Refused why = given.why();
    letters.add(given.change(), rest.get(0).id, why);
    Settled refused = new Settled.Refused(why.code(), why.reason(), why.current());
    rest.forEach(each -> settle(each, refused));
    return List.of();
  }

  /** Dead letters were dealt with. */
  void dismissIf(Predicate<DeadLetter> which) {
    for (int later = letters.find(which); later >= 0; later = letters.find(which)) {
      letters.remove(later);
      recorder.put(OutboxForm.dismissed(context.document(), later));
    }
  }

  // What follows from it.

  private static List<Tree> changes(List<Pending> pending) {
    return pending.stream().map(each -> each.change).toList();
  }

  /**
   * Keeps who waits for a change with what stands in its place, where it is one for one. All of it
   * counts as made after the base, also what stays as it was: so the replica sees it.
   */
  private List<Pending> replacement(List<Pending> before, List<Tree> now, long base) {
    if (now.size() == before.size()) {
      for (int i = 0; i < now.size(); i++) {
        before.get(i).change = now.get(i);
        before.get(i).base = base;
      }
      return before;
    }
    List<Pending> replacement = new ArrayList<>();
    for (Tree change : now) {
      replacement.add(new Pending(0, base, 0, change, stored));
    }
    before.forEach(each -> settle(each, new Settled.Superseded()));
    return replacement;
  }

  private void renumber(long ticket, List<Pending> those) {
    those.forEach(each -> each.recorded(ticket));
    replica.renumber(
        pending.all().stream().map(each -> each.asMutation(context.client())).toList());
  }

  private void bury(Pending refused, long id, Verdict.Refused why) {
    letters.add(refused.change, id, why);
    settle(refused, new Settled.Refused(why.code(), why.reason(), why.current()));
  }

  private void settle(Pending pending, Settled outcome) {
    context.afterwards(() -> pending.settle(outcome));
  }

  // The form in which it is kept.

  /** All of it in one record. */
  OutboxForm.Builder checkpoint() {
    OutboxForm.Builder record =
        new OutboxForm.Builder("state")
            .with("d", context.document())
            .with("type", replica.type())
            .with("next", pending.nextId())
            .with("rejected", pending.rejected())
            .with("pending", OutboxForm.pending(pending.all()))
            .with("doubtful", OutboxForm.pending(pending.doubtful()))
            .with("letters", OutboxForm.letters(letters.all()));
    Position at = position;
    return at == null
        ? record
        : record.with("epoch", at.epoch()).with("s", at.sequence()).with("state", replica.store());
  }

  /** Makes it again out of its records, and keeps records from now on. */
  void restore(List<TreeObject> records, Recorder to) {
    List<TreeObject> rest = records;
    if (!records.isEmpty() && OutboxForm.text(records.get(0), "k").equals("state")) {
      begin(records.get(0));
      rest = records.subList(1, records.size());
    } else {
      replica.restore(0, null, List.of());
    }
    rest.forEach(this::replay);
    pending.all().forEach(Pending::restored);
    recorder = to;
  }

  private void begin(TreeObject record) {
    List<Pending> all = OutboxForm.pending(record, "pending", stored);
    pending.restore(
        all,
        OutboxForm.pending(record, "doubtful", stored),
        OutboxForm.number(record, "next"),
        OutboxForm.number(record, "rejected"));
    letters.restore(OutboxForm.letters(context.document(), record));
    List<Mutation> mutations = all.stream().map(each -> each.asMutation(context.client())).toList();
    boolean confirmed = OutboxForm.has(record, "epoch");
    if (confirmed) {
      position = new Position(OutboxForm.text(record, "epoch"), OutboxForm.number(record, "s"));
    }
    replica.restore(known(), confirmed ? record.at("/state") : null, mutations);
  }

  private void replay(TreeObject record) {
    switch (OutboxForm.text(record, "k")) {
      case "edit" -> replayEdit(OutboxForm.pending(record, stored));
      case "update" -> replayUpdate(OutboxForm.mutation(record));
      case "history" ->
          replica.history(OutboxForm.number(record, "after"), OutboxForm.events(record));
      case "own" -> confirm(OutboxForm.number(record, "s"), record.members().get("c"));
      case "refused" -> {
        pending.reached(OutboxForm.number(record, "reached"));
        boolean here = record.at("/here").asBoolean();
        refuse(OutboxForm.number(record, "i"), OutboxForm.why(record), here);
      }
      case "resumed" ->
          resume(
              new Position(OutboxForm.text(record, "epoch"), known()),
              OutboxForm.number(record, "last"),
              OutboxForm.number(record, "refused"),
              OutboxForm.number(record, "arrived"));
      case "resolved" ->
          resolve(
              OutboxForm.number(record, "i"),
              known(),
              OutboxForm.has(record, "code") ? OutboxForm.why(record) : null);
      case "dismissed" -> letters.remove((int) OutboxForm.number(record, "later"));
      default -> {} // what opened it says nothing more
    }
  }

  private void replayEdit(Pending made) {
    replica.edit(made.asMutation(context.client()));
    pending.add(made);
  }

  private void replayUpdate(Mutation update) {
    Long lacking = take(update);
    if (lacking != null) {
      throw new IllegalStateException(
          "It took in the update %d before, and now lacks what is after %d. A replica has to be a pure function of its calls."
              .formatted(update.sequence(), lacking));
    }
  }
}
