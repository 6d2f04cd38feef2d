package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.sync.crdt.Replicated;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replicated value on a client. */
final class ReplicatedReplica<S extends Replicated<S>> implements Replica {

  /*
   * A pending change is what the value had then and had not before, so what shows is the join of all
   * of it, and nothing is ever folded again; but for a refusal. What was made on top of a refused
   * change may carry it along, as the sum of a counter does: it is made again on what is left, from
   * what the value would be before and after it. That follows from what is confirmed and pending,
   * so it is the same after a restart.
   */

  /** What shows at a moment. */
  record Shown<S>(long moment, S value) {}

  private record Entry<S>(long id, S change) {}

  private final ReplicatedType<S> type;
  private final TreeCodec<S> codec;
  private final DocumentContext context;
  private final Store<Shown<S>> shown;
  private List<Entry<S>> pending = new ArrayList<>();
  private S confirmed;
  private S visible;
  private long moment;

  ReplicatedReplica(ReplicatedType<S> type, DocumentContext context) {
    this.type = type;
    this.codec = type.codec();
    this.context = context;
    this.confirmed = type.empty();
    this.visible = confirmed;
    this.shown = Store.of("replicated '" + context.document() + "'", new Shown<>(0, visible));
  }

  @Override
  public String type() {
    return type.name();
  }

  ReplicatedType<S> kind() {
    return type;
  }

  /** Returns what shows; within the document's lock. */
  S visible() {
    return visible;
  }

  /** Returns what shows, moment by moment. */
  Signal<Shown<S>> shown() {
    return shown;
  }

  /** Returns what there is to tell at this moment; within the document's lock. */
  Shown<S> moment() {
    return new Shown<>(moment, visible);
  }

  /** Tells subscribers of a moment, unless they know of a later one; outside of the lock. */
  void tell(Shown<S> now) {
    shown.update(before -> before.moment() < now.moment() ? now : before);
  }

  private void moved() {
    moment++;
    Shown<S> now = moment();
    context.afterwards(() -> tell(now));
  }

  @Override
  public void edit(Mutation mutation) {
    add(mutation.id(), codec.fromTree(mutation.change()));
    moved();
  }

  private void add(long id, S change) {
    visible = visible.merge(change);
    pending.add(new Entry<>(id, change));
  }

  @Override
  public List<Tree> reset(long sequence, Tree state, List<Tree> unsettled) {
    restart(codec.fromTree(state));
    unsettled.forEach(change -> add(0, codec.fromTree(change)));
    moved();
    return unsettled;
  }

  private void restart(S value) {
    confirmed = value;
    visible = value;
    pending = new ArrayList<>();
  }

  @Override
  public @Nullable Long take(Mutation update) {
    S change = codec.fromTree(update.change());
    confirmed = confirmed.merge(change);
    visible = visible.merge(change);
    moved();
    return null;
  }

  @Override
  public void confirm(long id, long sequence, Tree change) {
    S made = codec.fromTree(change);
    pending.removeIf(entry -> entry.id() == id);
    confirmed = confirmed.merge(made);
    visible = visible.merge(made);
    moved();
  }

  @Override
  public List<Tree> refuse(long id, Verdict.Refused refusal, List<Tree> unsettled) {
    List<Entry<S>> all = pending;
    restart(confirmed);
    S before = confirmed; // with the refused one, and all before each
    List<Tree> again = new ArrayList<>();
    for (Entry<S> entry : all) {
      S after = before.merge(entry.change());
      if (entry.id() < id) {
        add(entry.id(), entry.change());
      } else if (entry.id() > id) {
        S change = after.redone(before, visible).since(visible);
        add(entry.id(), change);
        again.add(codec.toTree(change));
      }
      before = after;
    }
    moved();
    return again;
  }

  @Override
  public void renumber(List<Mutation> unsettled) {
    List<Entry<S>> renumbered = new ArrayList<>();
    for (int i = 0; i < unsettled.size(); i++) {
      renumbered.add(new Entry<>(unsettled.get(i).id(), pending.get(i).change()));
    }
    pending = renumbered;
  }

  @Override
  public Tree store() {
    return codec.toTree(confirmed);
  }

  @Override
  public void restore(long sequence, @Nullable Tree stored, List<Mutation> unsettled) {
    restart(stored == null ? type.empty() : codec.fromTree(stored));
    unsettled.forEach(mutation -> add(mutation.id(), codec.fromTree(mutation.change())));
    moved();
  }
}
