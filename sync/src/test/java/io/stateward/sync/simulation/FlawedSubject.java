package io.stateward.sync.simulation;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.sync.client.DocumentChannel;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.HubLimits;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The hub and the client that users have, with one mistake put between them and the world. */
record FlawedSubject(Flaw flaw) implements Subject {

  private static final LiveSubject LIVE = new LiveSubject();

  @Override
  public Set<Kind> kinds() {
    return flaw.kinds();
  }

  @Override
  public boolean shares() {
    return flaw == Flaw.KEEPS_THE_DEAD;
  }

  @Override
  public Hub hub(SimulatedProcess process, SimulatedDisk disk) {
    if (flaw == Flaw.ACKNOWLEDGES_BEFORE_JOURNAL) {
      disk.forgetsAtDeath(Duration.ofMillis(300));
    }
    return flaw == Flaw.QUEUES_WITHOUT_END
        ? LIVE.hub(
            process,
            disk,
            limits -> limits.withEachDocument(each -> each.withWaiting(10)),
            HubLimits.standard())
        : LIVE.hub(process, disk);
  }

  @Override
  public Client client(SimulatedProcess process, SimulatedDisk disk, Transport transport) {
    if (flaw == Flaw.FORGETS_PENDING) {
      disk.forgetsAtDeath(Duration.ofSeconds(5));
    }
    Map<String, Tree> sent = new HashMap<>();
    Transport flawed =
        listener ->
            transport
                .connect(new FlawedListener(process, listener, sent))
                .thenApply(connection -> new FlawedConnection(process, connection, sent));
    Client client = LIVE.client(process, disk, flawed);
    return new FlawedClient(flaw, client);
  }

  /**
   * Returns the frames of a message; what is none, after a fault of the line, is one all the same.
   */
  private static List<String> frames(String message) {
    try {
      return message.startsWith("[")
          ? Tree.parse(message).asArray().elements().stream().map(Tree::toJson).toList()
          : List.of(message);
    } catch (IllegalArgumentException e) {
      return List.of(message);
    }
  }

  private static String place(Tree frame) {
    return frame.at("/doc").asString() + "/" + frame.at("/id").asLong();
  }

  /** What the client says, with the mistake in it. */
  private final class FlawedConnection implements Connection {
    private final SimulatedProcess process;
    private final Connection connection;
    private final Map<String, Tree> sent; // what is not what it was, by document and id

    FlawedConnection(SimulatedProcess process, Connection connection, Map<String, Tree> sent) {
      this.process = process;
      this.connection = connection;
      this.sent = sent;
    }

    @Override
    public CompletionStage<Void> send(String message) {
      List<String> frames = frames(message).stream().map(this::changed).toList();
      return connection.send(
          frames.size() == 1 ? frames.get(0) : "[" + String.join(",", frames) + "]");
    }

    private String changed(String frame) {
      Tree tree = Tree.parse(frame);
      return switch (tree.at("/t").asString()) {
        case "hello" -> hello(tree);
        case "mutate" -> noted(frame, mutate(frame, tree));
        case "subscribe" -> subscribe(tree.asObject());
        default -> frame;
      };
    }

    private String noted(String frame, String changed) {
      Tree tree = Tree.parse(changed);
      if (!frame.equals(changed)) {
        sent.put(place(tree), tree.at("/change"));
      }
      return changed;
    }

    private String hello(Tree hello) {
      return flaw == Flaw.DOUBLE_EFFECT
          ? hello.with("/client", Tree.of("c" + random().nextInt(Integer.MAX_VALUE))).toJson()
          : hello.toJson();
    }

    private Random random() {
      return process.world.scheduler.random;
    }

    private String mutate(String frame, Tree mutation) {
      return switch (flaw) {
        case IGNORES_REJECTIONS -> mutation.with("/after", Tree.of(1_000_000)).toJson();
        case LOSES_INCREMENTS ->
            frame
                .replace("\"op\":\"increment\"", "\"op\":\"set\"")
                .replace("\"by\":", "\"value\":");
        case LOSES_CONFLICTS -> frame.replaceAll(",\"expected\":\\d+", "");
        case LOSES_ADDITIONS ->
            random().nextInt(10) == 0
                ? mutation.with("/change/content", Tree.array(List.of())).toJson()
                : frame;
        default -> frame;
      };
    }

    private String subscribe(TreeObject wish) {
      boolean claims = flaw == Flaw.SKIPS_ON_RESUME && wish.find("/seq").isPresent();
      if (claims) {
        return wish.update("/seq", n -> Tree.of(n.asLong() + 1)).toJson();
      }
      return flaw == Flaw.REPEATS_THE_FORGOTTEN
          ? wish.minus("epoch").minus("seq").minus("anew").toJson()
          : wish.toJson();
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
    private final Map<String, Tree> sent;
    private final Map<String, Long> hidden = new HashMap<>();
    private boolean open = true;

    FlawedListener(SimulatedProcess process, ConnectionListener listener, Map<String, Tree> sent) {
      this.process = process;
      this.listener = listener;
      this.sent = sent;
    }

    @Override
    public void onFrame(String message) {
      frames(message).forEach(frame -> onOne(confirming(frame)));
    }

    /** Makes the author believe that it has sent what took place. */
    private String confirming(String frame) {
      if (sent.isEmpty() || !frame.startsWith("{\"t\":\"ack\"")) {
        return frame;
      }
      Tree tree = Tree.parse(frame);
      Tree change = sent.get(place(tree));
      boolean durable = frame.contains("\"level\":\"durable\"");
      return change == null || !durable ? frame : tree.with("/change", change).toJson();
    }

    private void onOne(String frame) {
      hear(frame);
      if (flaw == Flaw.TRUSTS_SILENCE && frame.startsWith("{\"t\":\"welcome\"")) {
        comfort();
      }
    }

    private void hear(String frame) {
      boolean leaves = frame.startsWith("{\"t\":\"presence\"") && frame.contains("\"state\":null");
      if (leaves && flaw == Flaw.KEEPS_THE_DEAD) {
        return;
      }
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

  /** A client with a mistake of its own. */
  private record FlawedClient(Flaw flaw, Client client) implements Client {

    @Override
    public Ledger ledger(String document) {
      Ledger ledger = client.ledger(document);
      return flaw == Flaw.SETTLES_ON_SENDING ? new HastyLedger(ledger) : ledger;
    }

    @Override
    public Optional<Submission> undo(TextDocument text) {
      return flaw == Flaw.UNDOES_OTHERS && text.now().length() > 0
          ? Optional.of(text.delete(0, 1))
          : text.undo();
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

  /** A ledger that is content too early. */
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
