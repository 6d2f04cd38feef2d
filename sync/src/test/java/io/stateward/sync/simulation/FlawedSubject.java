package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.sync.client.DocumentChannel;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The hub and the client that users have, with one mistake put between them and the world. */
record FlawedSubject(Flaw flaw) implements Subject {

  private static final LiveSubject LIVE = new LiveSubject();

  @Override
  public Hub hub(SimulatedProcess process, SimulatedDisk disk) {
    if (flaw == Flaw.ACKNOWLEDGES_BEFORE_JOURNAL) {
      disk.forgetsAtDeath(Duration.ofMillis(300));
    }
    return LIVE.hub(process, disk);
  }

  @Override
  public Client client(SimulatedProcess process, SimulatedDisk disk, Transport transport) {
    if (flaw == Flaw.FORGETS_PENDING) {
      disk.forgetsAtDeath(Duration.ofSeconds(5));
    }
    Transport flawed =
        listener ->
            transport
                .connect(new FlawedListener(process, listener))
                .thenApply(connection -> new FlawedConnection(process, connection));
    Client client = LIVE.client(process, disk, flawed);
    return flaw == Flaw.SETTLES_ON_SENDING ? new HastyClient(client) : client;
  }

  /** What the client says, with the mistake in it. */
  private final class FlawedConnection implements Connection {
    private final SimulatedProcess process;
    private final Connection connection;

    FlawedConnection(SimulatedProcess process, Connection connection) {
      this.process = process;
      this.connection = connection;
    }

    @Override
    public CompletionStage<Void> send(String frame) {
      Tree tree = Tree.parse(frame);
      String kind = tree.at("/t").asString();
      if (flaw == Flaw.DOUBLE_EFFECT && kind.equals("hello")) {
        String other = "c" + process.world.scheduler.random.nextInt(Integer.MAX_VALUE);
        return connection.send(tree.with("/client", Tree.of(other)).toJson());
      }
      if (flaw == Flaw.IGNORES_REJECTIONS && kind.equals("mutate")) {
        return connection.send(tree.with("/after", Tree.of(1_000_000)).toJson());
      }
      boolean claims =
          flaw == Flaw.SKIPS_ON_RESUME && kind.equals("subscribe") && tree.find("/seq").isPresent();
      return claims
          ? connection.send(tree.update("/seq", n -> Tree.of(n.asLong() + 1)).toJson())
          : connection.send(frame);
    }

    @Override
    public void close(int code, String reason) {
      connection.close(code, reason);
    }
  }

  /** What the client hears, with the mistake in it. */
  private final class FlawedListener implements ConnectionListener {
    private final SimulatedProcess process;
    private final ConnectionListener listener;
    private final Map<String, Long> hidden = new HashMap<>();
    private boolean open = true;

    FlawedListener(SimulatedProcess process, ConnectionListener listener) {
      this.process = process;
      this.listener = listener;
    }

    @Override
    public void onFrame(String frame) {
      hear(frame);
      if (flaw == Flaw.TRUSTS_SILENCE && frame.startsWith("{\"t\":\"welcome\"")) {
        comfort();
      }
    }

    private void hear(String frame) {
      boolean counts = frame.contains("\"seq\":") && !frame.contains("\"events\":");
      if (!counts
          || !Set.of(Flaw.SKIPS_GAPS, Flaw.SKIPS_ON_RESUME, Flaw.TAKES_DUPLICATES).contains(flaw)) {
        listener.onFrame(frame);
        return;
      }
      Tree tree = Tree.parse(frame);
      String kind = tree.at("/t").asString();
      String document = tree.at("/doc").asString();
      if (kind.equals("snapshot") || kind.equals("resumed")) {
        hidden.put(document, kind.equals("resumed") && flaw == Flaw.SKIPS_ON_RESUME ? -1L : 0L);
      }
      if (kind.equals("update") && flaw != Flaw.SKIPS_ON_RESUME && random().nextInt(20) == 0) {
        boolean twice = flaw == Flaw.TAKES_DUPLICATES;
        if (twice) {
          tell(tree, document);
        }
        hidden.merge(document, twice ? 1L : -1L, Long::sum);
        if (!twice) {
          return;
        }
      }
      tell(tree, document);
    }

    /** Counts what is told as if nothing were missing, and nothing there twice. */
    private void tell(Tree tree, String document) {
      long by = hidden.getOrDefault(document, 0L);
      listener.onFrame(tree.update("/seq", n -> Tree.of(n.asLong() + by)).toJson());
    }

    private Random random() {
      return process.world.scheduler.random;
    }

    /** Tells the client again and again that somebody is there. */
    private void comfort() {
      if (open) {
        listener.onFrame("{\"t\":\"pong\",\"n\":0}");
        process.schedule(Duration.ofMillis(200), this::comfort);
      }
    }

    @Override
    public void onClosed(int code, String reason) {
      open = false;
      listener.onClosed(code, reason);
    }
  }

  /** A client that is content too early. */
  private record HastyClient(Client client) implements Client {

    @Override
    public Ledger ledger(String document) {
      return new HastyLedger(client.ledger(document));
    }

    @Override
    public SyncClient live() {
      return client.live();
    }

    @Override
    public String disk() {
      return client.disk();
    }

    @Override
    public boolean isSentAway() {
      return client.isSentAway();
    }

    @Override
    public void disconnect() {
      client.disconnect();
    }

    @Override
    public void reconnect() {
      client.reconnect();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private record HastyLedger(Ledger ledger) implements Ledger {

    @Override
    public LedgerReplica replica() {
      return ledger.replica();
    }

    @Override
    public Ticket submit(Tree change) {
      Ticket ticket = ledger.submit(change);
      return new Ticket() {
        @Override
        public boolean isStored() {
          return ticket.isStored();
        }

        @Override
        public void whenSettled(Consumer<Outcome> told) {
          told.accept(Outcome.DURABLE);
        }
      };
    }

    @Override
    public boolean isQuiet() {
      return ledger.isQuiet();
    }

    @Override
    public String standing() {
      return ledger.standing();
    }

    @Override
    public DocumentChannel<?> channel() {
      return ledger.channel();
    }
  }
}
