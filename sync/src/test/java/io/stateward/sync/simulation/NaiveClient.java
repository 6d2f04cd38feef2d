package io.stateward.sync.simulation;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.persist.StorageException;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.ProtocolException;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Transport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's client in the shortest form that is right: its outbox is written anew with each
 * change of it, and it begins with a snapshot. It shows that the simulation finds its flaws.
 */
final class NaiveClient implements Subject.Client {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  final SimulatedProcess process;
  final Set<Flaw> flaws;
  private final Transport transport;
  private final Journal journal;
  private final String id;
  private final Map<String, NaiveDocument> documents = new LinkedHashMap<>();
  private final Map<String, Tree> stored;
  private @Nullable Session session;
  private boolean online = true;
  private boolean isSaving;

  NaiveClient(SimulatedProcess process, SimulatedDisk disk, Transport transport, Set<Flaw> flaws) {
    this.process = process;
    this.transport = transport;
    this.flaws = flaws;
    journal = disk.journal(process, "outbox");
    Tree last =
        journal.next() == journal.first()
            ? Tree.object(
                Map.of(
                    "client",
                    Tree.of(process.name + disk.world.scheduler.random.nextInt(Integer.MAX_VALUE))))
            : Tree.parse(journal.read(journal.next() - 1, 1).get(0).bytes());
    id = last.at("/client").asString();
    stored = last.find("/documents").map(d -> d.asObject().members()).orElse(Map.of());
    journal.append(last.toBytes());
    connect();
  }

  boolean has(Flaw flaw) {
    return flaws.contains(flaw);
  }

  @Override
  public Subject.Ledger ledger(String document) {
    NaiveDocument opened =
        documents.computeIfAbsent(
            document,
            d -> new NaiveDocument(this, d, stored.getOrDefault(d, NaiveDocument.NOTHING)));
    if (session != null && session.welcome) {
      opened.subscribe();
    }
    return opened;
  }

  /** Writes the whole outbox, now or when the disk works again. */
  boolean save() {
    Map<String, Tree> all = new LinkedHashMap<>(stored);
    documents.values().forEach(document -> all.put(document.id, document.store()));
    Tree content = Tree.object(Map.of("client", Tree.of(id), "documents", Tree.object(all)));
    try {
      if (!has(Flaw.FORGETS_PENDING)) {
        journal.append(content.toBytes());
      }
      documents.values().forEach(NaiveDocument::saved);
      return true;
    } catch (StorageException e) {
      retry();
      return false;
    }
  }

  private void retry() {
    if (!isSaving) {
      isSaving = true;
      process.schedule(
          Duration.ofMillis(700),
          () -> {
            isSaving = false;
            if (save()) {
              documents.values().forEach(NaiveDocument::send);
            }
          });
    }
  }

  boolean tell(Frame frame) {
    if (session == null || !session.welcome || session.line == null) {
      return false;
    }
    session.line.send(frame);
    return true;
  }

  private void connect() {
    if (!online || session != null) {
      return;
    }
    Session opening = new Session();
    session = opening;
    process.schedule(Duration.ofSeconds(10), () -> opening.giveUp("No welcome"));
    var unused =
        transport
            .connect(opening)
            .whenComplete(
                (connection, problem) -> {
                  if (problem == null) {
                    opening.opened(connection);
                  } else {
                    opening.ended();
                  }
                });
  }

  @Override
  public boolean isSentAway() {
    return false;
  }

  @Override
  public void disconnect() {
    online = false;
    if (session != null) {
      session.giveUp("Offline on purpose");
    }
  }

  @Override
  public void reconnect() {
    online = true;
    connect();
  }

  @Override
  public void close() {
    disconnect();
    journal.close();
  }

  /** A connection, from the attempt to its end. */
  private final class Session implements ConnectionListener {
    @Nullable Line line;
    boolean welcome;
    long heardNanos;

    void opened(Connection connection) {
      line = new Line(connection);
      if (session != this) {
        line.close(1000, "Too late.");
        return;
      }
      line.send(new Frame.Hello(List.of(1), id, null));
    }

    @Override
    public void onFrame(String text) {
      heardNanos = process.nanoTime();
      try {
        if (session == this) {
          take(Frames.ofHub(text, JsonLimits.standard()));
        }
      } catch (ProtocolException e) {
        giveUp("What you said is no frame");
      }
    }

    private void take(Frame.OfHub frame) {
      if (frame instanceof Frame.Welcome) {
        welcome = true;
        beat();
        documents.values().forEach(NaiveDocument::subscribe);
      } else if (frame instanceof Frame.Ping ping && line != null) {
        line.send(new Frame.Pong(ping.number()));
      } else {
        documents.values().forEach(document -> document.take(frame));
      }
    }

    private void beat() {
      if (session != this || line == null) {
        return;
      }
      boolean silent = process.nanoTime() - heardNanos > HEARTBEAT.multipliedBy(5).toNanos() / 2;
      if (silent && !has(Flaw.TRUSTS_SILENCE)) {
        giveUp("Silence");
      } else {
        line.send(new Frame.Ping(1));
        process.schedule(HEARTBEAT, this::beat);
      }
    }

    void giveUp(String reason) {
      if (session == this && (!welcome || !reason.equals("No welcome"))) {
        if (line != null) {
          line.close(1000, reason);
        }
        ended();
      }
    }

    @Override
    public void onClosed(int code, String reason) {
      ended();
    }

    void ended() {
      if (session == this) {
        session = null;
        documents.values().forEach(NaiveDocument::disconnected);
        long pause = 100 + process.world.scheduler.random.nextInt(2_000);
        process.schedule(Duration.ofMillis(pause), NaiveClient.this::connect);
      }
    }
  }
}
