package io.stateward.sync.simulation;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.StorageException;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.protocol.ProtocolException;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's hub in the shortest form that is right: everything at once in the listener, all of
 * a document in memory for ever, no limits. It shows that the simulation finds its flaws.
 */
final class NaiveHub implements Subject.Hub {

  private final SimulatedProcess process;
  private final SimulatedDisk disk;
  private final Set<Flaw> flaws;
  private final Map<String, Document> documents = new LinkedHashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  NaiveHub(SimulatedProcess process, SimulatedDisk disk, Set<Flaw> flaws) {
    this.process = process;
    this.disk = disk;
    this.flaws = flaws;
  }

  @Override
  public ConnectionListener accept(Connection connection, Peer peer) {
    return new Session(connection);
  }

  @Override
  public void close() {
    sessions.values().forEach(session -> session.line.close(1001, "The hub goes."));
  }

  private boolean has(Flaw flaw) {
    return flaws.contains(flaw);
  }

  private Document document(String id) {
    Document found = documents.get(id);
    if (found == null) {
      found = new Document(id, disk.journal(process, "hub-" + id));
      found.load();
      documents.put(id, found);
    }
    return found;
  }

  /** What became of a mutation, as it is journaled. */
  private record Entry(
      String client, long id, long base, long sequence, Tree change, @Nullable String refusal) {

    byte[] bytes() {
      Tree tree =
          Tree.object(Map.of("client", Tree.of(client), "id", Tree.of(id), "base", Tree.of(base)))
              .with("/sequence", Tree.of(sequence))
              .with("/change", change);
      return (refusal == null ? tree : tree.with("/refusal", Tree.of(refusal))).toBytes();
    }

    static Entry of(Tree tree) {
      return new Entry(
          tree.at("/client").asString(),
          tree.at("/id").asLong(),
          tree.at("/base").asLong(),
          tree.at("/sequence").asLong(),
          tree.at("/change"),
          tree.find("/refusal").map(Tree::asString).orElse(null));
    }

    Mutation mutation() {
      return new Mutation(client, id, base, sequence, change);
    }
  }

  /** A document with all that ever happened to it. */
  private final class Document {
    final String id;
    final Journal journal;
    final SharedState state = new LedgerType().create();
    final List<Entry> events = new ArrayList<>();
    final Map<String, List<Entry>> ofClient = new HashMap<>();
    final Map<String, Long> epochs = new LinkedHashMap<>(); // to the sequence at which each ended
    final Set<Session> subscribers = new LinkedHashSet<>();
    String epoch = "";

    Document(String id, Journal journal) {
      this.id = id;
      this.journal = journal;
    }

    void load() {
      for (JournalEntry each : journal.read(journal.first(), Integer.MAX_VALUE)) {
        Tree tree = Tree.parse(each.bytes());
        if (tree.find("/epoch").isPresent()) {
          begin(tree.at("/epoch").asString());
        } else {
          note(Entry.of(tree), true);
        }
      }
      if (epoch.isEmpty() || !has(Flaw.KEEPS_EPOCH)) {
        String next = "e" + disk.world.scheduler.random.nextInt(Integer.MAX_VALUE);
        journal.append(Tree.object(Map.of("epoch", Tree.of(next))).toBytes());
        begin(next);
      }
    }

    private void begin(String next) {
      epochs.put(epoch, (long) events.size());
      epoch = next;
      epochs.put(next, Long.MAX_VALUE);
    }

    void note(Entry entry, boolean replay) {
      ofClient.computeIfAbsent(entry.client, c -> new ArrayList<>()).add(entry);
      if (entry.refusal == null) {
        events.add(entry);
        if (replay) {
          state.replay(entry.mutation());
        }
      }
    }

    long last(String client) {
      List<Entry> all = ofClient.getOrDefault(client, List.of());
      return all.isEmpty() ? 0 : all.get(all.size() - 1).id;
    }

    long refused(String client) {
      return ofClient.getOrDefault(client, List.of()).stream()
          .filter(entry -> entry.refusal != null && !entry.refusal.equals("superseded"))
          .mapToLong(Entry::id)
          .max()
          .orElse(0);
    }

    Entry judge(String client, Frame.Mutate mutate) {
      long sequence = events.size() + 1L;
      Mutation mutation =
          new Mutation(client, mutate.id(), mutate.base(), sequence, mutate.change());
      if (mutate.afterRejection() < refused(client) && !has(Flaw.IGNORES_REJECTIONS)) {
        return entry(mutation, 0, mutate.change(), "superseded");
      }
      try {
        Verdict verdict = state.judge(mutation);
        return verdict instanceof Verdict.Accepted accepted
            ? entry(mutation, sequence, accepted.change(), null)
            : entry(mutation, 0, mutate.change(), ((Verdict.Refused) verdict).code());
      } catch (RuntimeException poison) {
        return entry(mutation, 0, mutate.change(), "failed");
      }
    }

    private Entry entry(Mutation m, long sequence, Tree change, @Nullable String refusal) {
      return new Entry(m.client(), m.id(), m.base(), sequence, change, refusal);
    }

    void store(Entry entry) {
      if (entry.refusal != null && has(Flaw.FORGETS_REFUSALS)) {
        return;
      }
      if (has(Flaw.ACKNOWLEDGES_BEFORE_JOURNAL)) {
        process.schedule(Duration.ofMillis(30), () -> journal.append(entry.bytes()));
      } else {
        journal.append(entry.bytes());
      }
    }
  }

  /** A connection, and whose it is. */
  private final class Session implements ConnectionListener {
    final Line line;
    String client = "";

    Session(Connection connection) {
      line = new Line(connection);
    }

    @Override
    public void onFrame(String text) {
      try {
        take(Frames.ofClient(text, JsonLimits.standard()));
      } catch (ProtocolException e) {
        line.close(1011, "What you said is no frame.");
      }
    }

    private void take(Frame.OfClient frame) {
      if (!client.isEmpty()
          && sessions.get(client) != this
          && !has(Flaw.LISTENS_TO_OLD_CONNECTIONS)) {
        return;
      }
      if (frame instanceof Frame.Hello hello) {
        client = hello.client();
        Session before = sessions.put(client, this);
        if (before != null && !has(Flaw.LISTENS_TO_OLD_CONNECTIONS)) {
          before.onClosed(1006, "");
          before.line.close(4409, "You came again.");
        }
        line.send(new Frame.Welcome(1, "s", 5_000, 1 << 20));
      } else if (client.isEmpty()) {
        line.close(1011, "Say hello first.");
      } else if (frame instanceof Frame.Ping ping) {
        line.send(new Frame.Pong(ping.number()));
      } else {
        takeForDocument(frame);
      }
    }

    private void takeForDocument(Frame.OfClient frame) {
      if (frame instanceof Frame.Subscribe subscribe) {
        guarded(subscribe.document(), () -> subscribe(subscribe));
      } else if (frame instanceof Frame.Mutate mutate) {
        guarded(mutate.document(), () -> mutate(mutate));
      } else if (frame instanceof Frame.AskHistory ask) {
        guarded(ask.document(), () -> tellHistory(ask));
      }
    }

    private void guarded(String document, Runnable work) {
      try {
        work.run();
      } catch (StorageException e) {
        Document broken = documents.remove(document);
        Frame lapsed = new Frame.Lapsed(document, "unavailable", "The journal fails.", 500);
        line.send(lapsed);
        if (broken != null) {
          broken.journal.close();
          broken.subscribers.stream().filter(s -> s != this).forEach(s -> s.line.send(lapsed));
        }
      }
    }

    private void subscribe(Frame.Subscribe subscribe) {
      Document document = document(subscribe.document());
      long now = document.events.size();
      Position at = subscribe.at();
      boolean known =
          at != null
              && at.sequence() <= Math.min(now, document.epochs.getOrDefault(at.epoch(), -1L));
      long last = document.last(client);
      long refused = document.refused(client);
      if (known && at != null) {
        line.send(
            new Frame.Resumed(
                document.id, new Position(document.epoch, at.sequence()), last, refused));
        long from = has(Flaw.SKIPS_ON_RESUME) ? now : at.sequence();
        document.events.subList((int) from, (int) now).forEach(e -> publish(document, e));
      } else {
        line.send(
            new Frame.Snapshot(
                document.id,
                new Position(document.epoch, now),
                last,
                refused,
                document.state.snapshot()));
      }
      document.subscribers.add(this);
    }

    private void publish(Document document, Entry e) {
      line.send(
          e.client.equals(client)
              ? new Frame.Acknowledged(document.id, e.id, e.sequence, Level.DURABLE, e.change)
              : new Frame.Update(document.id, e.sequence, e.client, e.id, e.base, e.change));
    }

    private void mutate(Frame.Mutate mutate) {
      Document document = document(mutate.document());
      long last = document.last(client);
      if (!document.epoch.equals(mutate.epoch())) {
        line.send(new Frame.Lapsed(document.id, "unknown", "Another history.", 0));
        return;
      }
      if (mutate.id() <= last && !has(Flaw.DOUBLE_EFFECT)) {
        document.ofClient.get(client).stream()
            .filter(entry -> entry.id == mutate.id())
            .forEach(entry -> answer(document, entry));
        return;
      }
      if (mutate.id() > last + 1 && !has(Flaw.ACCEPTS_GAPS)) {
        document.subscribers.remove(this);
        line.send(new Frame.Lapsed(document.id, "unknown", "There is a gap.", 0));
        return;
      }
      Entry entry = document.judge(client, mutate);
      if (has(Flaw.PUBLISHES_BEFORE_JOURNAL)) {
        tell(document, entry);
      }
      document.store(entry);
      document.note(entry, false);
      if (!has(Flaw.PUBLISHES_BEFORE_JOURNAL)) {
        tell(document, entry);
      }
      answer(document, entry);
    }

    private void tell(Document document, Entry entry) {
      if (entry.refusal == null) {
        document.subscribers.stream()
            .filter(subscriber -> subscriber != this)
            .forEach(subscriber -> subscriber.publish(document, entry));
      }
    }

    private void answer(Document document, Entry entry) {
      if (entry.refusal == null) {
        publish(document, entry);
      } else {
        line.send(new Frame.Rejected(document.id, entry.id, entry.refusal, "No.", null));
      }
    }

    private void tellHistory(Frame.AskHistory ask) {
      Document document = document(ask.document());
      List<Frame.Update> events =
          document.events.subList((int) ask.after(), (int) ask.until()).stream()
              .map(e -> new Frame.Update(document.id, e.sequence, e.client, e.id, e.base, e.change))
              .toList();
      line.send(new Frame.History(document.id, ask.after(), events));
    }

    @Override
    public void onClosed(int code, String reason) {
      sessions.remove(client, this);
      documents.values().forEach(document -> document.subscribers.remove(this));
    }
  }
}
