package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.simulation.Subject.Outcome;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A document of the {@link NaiveClient}. */
final class NaiveDocument implements Subject.Ledger {

  static final Tree NOTHING =
      Tree.object(Map.of("next", Tree.of(1), "refused", Tree.of(0), "pending", Tree.array()))
          .with("/dead", Tree.array());

  final String id;
  private final NaiveClient client;
  private final LedgerReplica replica;
  private final List<Pending> pending = new ArrayList<>(); // what the hub has not judged
  private final List<Pending> asked = new ArrayList<>(); // judged, but how is not known
  private final List<Tree> dead;
  private final List<Frame.Update> held = new ArrayList<>(); // while history is awaited
  private long next;
  private long refused;
  private @Nullable Position position;
  private boolean live;
  private boolean awaitsHistory;

  /** A change that is not settled. */
  private static final class Pending implements Subject.Ticket {
    long id;
    long base;
    long after;
    Tree change;
    boolean stored;
    boolean sent;
    @Nullable Outcome outcome;
    Consumer<Outcome> told = outcome -> {};

    Pending(long id, long base, long after, Tree change) {
      this.id = id;
      this.base = base;
      this.after = after;
      this.change = change;
    }

    @Override
    public boolean isStored() {
      return stored;
    }

    @Override
    public void whenSettled(Consumer<Outcome> listener) {
      told = listener;
      if (outcome != null) {
        told.accept(outcome);
      }
    }

    void settle(Outcome now) {
      if (outcome == null) {
        outcome = now;
        told.accept(now);
      }
    }
  }

  NaiveDocument(NaiveClient client, String id, Tree stored) {
    this.client = client;
    this.id = id;
    replica = new LedgerReplica(client.process.world, client.process.name + " " + id);
    next = stored.at("/next").asLong();
    refused = stored.at("/refused").asLong();
    dead = new ArrayList<>(stored.at("/dead").asArray().elements());
    for (Tree each : stored.at("/pending").asArray().elements()) {
      Pending found =
          new Pending(
              each.at("/id").asLong(),
              each.at("/base").asLong(),
              each.at("/after").asLong(),
              each.at("/change"));
      found.stored = true;
      pending.add(found);
    }
    replica.restore(0, null, pending.stream().map(NaiveDocument::mutation).toList());
  }

  Tree store() {
    List<Pending> all = new ArrayList<>(asked);
    all.addAll(pending);
    Tree list =
        Tree.array(
            all.stream()
                .map(
                    p ->
                        (Tree)
                            Tree.object(
                                Map.of(
                                    "id",
                                    Tree.of(p.id),
                                    "base",
                                    Tree.of(p.base),
                                    "after",
                                    Tree.of(p.after),
                                    "change",
                                    p.change)))
                .toList());
    return Tree.object(
        Map.of(
            "next",
            Tree.of(next),
            "refused",
            Tree.of(refused),
            "pending",
            list,
            "dead",
            Tree.array(dead)));
  }

  void saved() {
    pending.forEach(each -> each.stored = true);
  }

  @Override
  public LedgerReplica replica() {
    return replica;
  }

  @Override
  public Subject.Ticket submit(Tree change) {
    Pending made = new Pending(next++, position == null ? 0 : position.sequence(), refused, change);
    pending.add(made);
    replica.edit(mutation(made));
    if (client.has(Flaw.SENDS_BEFORE_STORING)) {
      client.process.schedule(Duration.ofMillis(50), client::save);
      made.stored = true;
    } else {
      client.save();
    }
    send();
    return made;
  }

  void send() {
    if (!live || position == null) {
      return;
    }
    for (Pending each : pending) {
      if (each.stored && !each.sent) {
        each.sent = tell(each);
        if (client.has(Flaw.SETTLES_ON_SENDING)) {
          each.settle(Outcome.DURABLE);
        }
      }
    }
  }

  private boolean tell(Pending each) {
    String epoch = Objects.requireNonNull(position).epoch();
    return client.tell(new Frame.Mutate(id, epoch, each.id, each.base, each.after, each.change));
  }

  void subscribe() {
    live = false;
    awaitsHistory = false;
    held.clear();
    client.tell(new Frame.Subscribe(id, "ledger", position));
  }

  void disconnected() {
    live = false;
  }

  void take(Frame.OfHub frame) {
    if (frame instanceof Frame.Snapshot snapshot && snapshot.document().equals(id)) {
      take(snapshot);
    } else if (frame instanceof Frame.Resumed resumed && resumed.document().equals(id)) {
      position = resumed.at();
      begin(resumed.last());
    } else if (frame instanceof Frame.Lapsed lapsed && lapsed.document().equals(id)) {
      live = false;
      client.process.schedule(Duration.ofMillis(lapsed.retryMillis()), this::subscribe);
    } else if (live) {
      takeLive(frame);
    }
  }

  private void takeLive(Frame.OfHub frame) {
    if (frame instanceof Frame.Update update && update.document().equals(id)) {
      take(update);
    } else if (frame instanceof Frame.Acknowledged ack && ack.document().equals(id)) {
      take(ack);
    } else if (frame instanceof Frame.Rejected rejected && rejected.document().equals(id)) {
      take(rejected);
    } else if (frame instanceof Frame.History history && history.document().equals(id)) {
      take(history);
    }
  }

  private void take(Frame.Snapshot snapshot) {
    position = snapshot.at();
    asked.addAll(pending.stream().filter(each -> each.id <= snapshot.last()).toList());
    pending.removeAll(asked);
    rewrite(
        replica.reset(snapshot.at().sequence(), snapshot.state(), changes()),
        snapshot.at().sequence());
    begin(snapshot.last());
  }

  private List<Tree> changes() {
    return pending.stream().map(each -> each.change).toList();
  }

  /** Follows from here on; what the hub has not judged gets the ids that it expects. */
  private void begin(long last) {
    live = true;
    next = last + 1;
    for (Pending each : pending) {
      if (each.sent && client.has(Flaw.NEVER_RESENDS)) {
        continue;
      }
      if (each.id > last) {
        each.id = next++;
        each.stored = false;
      }
      each.sent = false;
    }
    number();
    client.save();
    asked.forEach(this::tell);
    send();
  }

  private void rewrite(List<Tree> changes, long base) {
    for (int i = 0; i < pending.size(); i++) {
      Pending each = pending.get(i);
      if (each.change != changes.get(i)) {
        each.change = changes.get(i);
        each.base = base;
      }
    }
  }

  private boolean isNext(long sequence) {
    long known = Objects.requireNonNull(position).sequence();
    if (sequence <= known && !client.has(Flaw.TAKES_DUPLICATES)) {
      return false;
    }
    if (sequence > known + 1 && !client.has(Flaw.SKIPS_GAPS)) {
      subscribe();
      return false;
    }
    return true;
  }

  private void moved(long sequence) {
    position = new Position(Objects.requireNonNull(position).epoch(), sequence);
  }

  private void take(Frame.Update update) {
    if (awaitsHistory) {
      held.add(update);
      return;
    }
    if (!isNext(update.sequence())) {
      return;
    }
    Long needed =
        replica.take(
            new Mutation(
                update.client(), update.id(), update.base(), update.sequence(), update.change()));
    if (needed == null) {
      moved(update.sequence());
      return;
    }
    awaitsHistory = true;
    held.add(update);
    client.tell(new Frame.AskHistory(id, needed, Objects.requireNonNull(position).sequence()));
  }

  private void take(Frame.History history) {
    if (!awaitsHistory || history.events() == null) {
      return;
    }
    replica.history(
        history.after(),
        history.events().stream()
            .map(e -> new Mutation(e.client(), e.id(), e.base(), e.sequence(), e.change()))
            .toList());
    awaitsHistory = false;
    List<Frame.Update> now = List.copyOf(held);
    held.clear();
    now.forEach(this::take);
  }

  private void take(Frame.Acknowledged ack) {
    if (ack.level() != Level.DURABLE) {
      return;
    }
    if (awaitsHistory) {
      subscribe(); // simpler than to hold it
      return;
    }
    asked.stream()
        .filter(each -> each.id == ack.id())
        .forEach(each -> each.settle(Outcome.DURABLE));
    asked.removeIf(each -> each.id == ack.id());
    if (!isNext(ack.sequence())) {
      return;
    }
    Tree change = Objects.requireNonNull(ack.change());
    replica.confirm(ack.id(), ack.sequence(), change);
    moved(ack.sequence());
    if (!pending.isEmpty() && pending.get(0).id == ack.id()) {
      pending.remove(0).settle(Outcome.DURABLE);
    }
    client.save();
  }

  private void take(Frame.Rejected rejected) {
    List<Pending> found = new ArrayList<>(asked);
    found.addAll(pending);
    found.removeIf(each -> each.id != rejected.id());
    if (found.isEmpty()) {
      return;
    }
    Pending gone = found.get(0);
    refused = Math.max(refused, gone.id);
    if (asked.remove(gone)) {
      gone.base = 0;
    } else {
      pending.remove(gone);
      rewrite(
          replica.refuse(
              gone.id, new Verdict.Refused(rejected.code(), rejected.reason(), null), changes()),
          Objects.requireNonNull(position).sequence());
    }
    dead.add(gone.change);
    renumber(gone.id);
    gone.settle(Outcome.REFUSED);
    send();
  }

  /** What comes after something refused is sent again, under new ids. */
  private void renumber(long gone) {
    next = gone + 1;
    pending.stream().filter(each -> each.sent).forEach(each -> next = Math.max(next, each.id + 1));
    for (Pending each : pending) {
      each.id = next++;
      each.sent = false;
      each.after = refused;
      each.stored = false;
    }
    number();
    client.save();
  }

  private void number() {
    replica.renumber(pending.stream().map(NaiveDocument::mutation).toList());
  }

  private static Mutation mutation(Pending each) {
    return new Mutation("", each.id, each.base, 0, each.change);
  }

  @Override
  public boolean isQuiet() {
    return live && !awaitsHistory && pending.isEmpty() && asked.isEmpty();
  }

  @Override
  public String standing() {
    return "live %s, awaits history %s, at %s, pending %s, asked %s"
        .formatted(live, awaitsHistory, position, changes(), asked.size());
  }

  @Override
  public List<Tree> deadLetters() {
    return dead;
  }
}
