package io.stateward.sync.client;

import io.stateward.codec.TreeObject;
import io.stateward.collection.PersistentMap;
import io.stateward.flow.Backoff;
import io.stateward.persist.Journal;
import io.stateward.signal.Delivery;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.spi.Replica;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client: its documents, and how they share one connection and one outbox. */
final class LiveClient
    implements SyncClient,
        Replicated.Surroundings,
        Uplink.Surroundings,
        Outbox.Owner,
        Backlog.Surroundings {

  /*
   * Concurrency. Everything that the network, the timekeeper and the outbox bring is done in `turns`,
   * one thing at a time, on the executor. Whoever edits does it on his own thread, under the lock of
   * the document; what he changed is put into the outbox in that order, is written on the executor
   * by one at a time, and only then does the client, in its turn, ask the document what to send.
   *
   * Order of locks: the lock of a document, then that of the outbox's queue. Nothing foreign runs
   * under either but the replica.
   */

  private static final int LONGEST_ID = 512;
  private static final int SHORTEST_KEY = 16;
  private static final int LONGEST_KEY = 128;
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final SyncClientBuilder settings;
  private final String id;
  private final String key; // to be shown to the hub alone
  private final Turns turns;
  private final Backoff backoff;
  private final Outbox outbox;
  private final Uplink uplink;
  private final Backlog backlog;
  private final LostTexts texts;
  private final Map<String, Replicated> documents = new ConcurrentHashMap<>();
  private final Map<String, List<TreeObject>> kept = new ConcurrentHashMap<>(); // not open
  private final Store<Integer> pending;
  private final Store<Integer> unsaved = Store.of(0);
  private final Store<PersistentMap<String, List<DeadLetter>>> letters;
  private final Signal<ConnectionStatus> status;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  private LiveClient(SyncClientBuilder settings, Journal journal, OutboxContent content) {
    this.settings = settings;
    Random random = settings.random;
    String known = content.client();
    this.id = known == null ? newId(random) : known;
    String secret = content.key();
    this.key = secret == null ? newKey(settings) : secret;
    this.backoff = Backoff.exponential(FIRST_RETRY, LONGEST_RETRY, new Random(random.nextLong()));
    this.turns = new Turns(settings.name, settings.executor);
    this.outbox =
        new Outbox(
            settings,
            journal,
            Backoff.exponential(FIRST_RETRY, LONGEST_RETRY, new Random(random.nextLong())),
            this,
            content);
    this.uplink = new Uplink(settings, this, backoff);
    kept.putAll(content.documents());
    this.texts = new LostTexts(this, settings.name, settings.lostHistory);
    this.backlog =
        new Backlog(settings.name, this, settings.kinds(texts::replica), content.documents());
    this.letters = Store.of(keptLetters(content));
    this.pending =
        Store.of(content.documents().values().stream().mapToInt(OutboxContent::pending).sum());
    this.status = Signal.combine(uplink.status(), pending, LiveClient::withPending);
    if (known == null) {
      outbox.put(OutboxForm.client(id, key), null);
    }
  }

  static LiveClient open(SyncClientBuilder settings) {
    Journal journal = Objects.requireNonNull(settings.outbox.get(), "journal");
    LiveClient client = new LiveClient(settings, journal, OutboxContent.read(journal));
    client.outbox.work();
    client.inTurn(client.uplink::connect);
    return client;
  }

  private static String newId(Random random) {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  private static String newKey(SyncClientBuilder settings) {
    String key = Objects.requireNonNull(settings.keys.get(), "key");
    if (key.length() < SHORTEST_KEY || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "The key of a client has from %d to %d characters; this has %d."
              .formatted(SHORTEST_KEY, LONGEST_KEY, key.length()));
    }
    return key;
  }

  private PersistentMap<String, List<DeadLetter>> keptLetters(OutboxContent content) {
    PersistentMap<String, List<DeadLetter>> all = PersistentMap.of();
    for (Map.Entry<String, List<TreeObject>> each : content.documents().entrySet()) {
      List<DeadLetter> letters =
          KeptLetters.of(each.getKey(), id, each.getValue(), settings.deadLetters);
      all = letters.isEmpty() ? all : all.plus(each.getKey(), letters);
    }
    return all;
  }

  private static ConnectionStatus withPending(ConnectionStatus status, int pending) {
    return status instanceof ConnectionStatus.Offline
        ? new ConnectionStatus.Offline(pending)
        : status;
  }

  // What users call.

  @Override
  public String id() {
    return id;
  }

  @Override
  public Signal<ConnectionStatus> status() {
    return status;
  }

  @Override
  public Signal<Integer> pending() {
    return pending;
  }

  @Override
  public Map<String, Integer> unsettled() {
    Map<String, Integer> unsettled = new TreeMap<>();
    kept.forEach((document, records) -> unsettled.put(document, OutboxContent.pending(records)));
    documents.forEach((document, open) -> unsettled.put(document, open.signals().pending().get()));
    unsettled.values().removeIf(count -> count == 0);
    return unsettled;
  }

  @Override
  public Signal<List<DeadLetter>> deadLetters() {
    return letters.select(
        all ->
            all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> each.getValue().stream())
                .toList());
  }

  @Override
  public void lettersMoved(String document, List<DeadLetter> now) {
    letters.update(all -> now.isEmpty() ? all.minus(document) : all.plus(document, now));
  }

  @Override
  public Signal<Integer> unsaved() {
    return unsaved;
  }

  @Override
  public <R extends Replica> Handle<R> document(
      String document, Class<R> kind, Function<? super DocumentContext, ? extends R> factory) {
    if (document.isEmpty() || document.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "The id of a document has from 1 to %d characters; this has %d."
              .formatted(LONGEST_ID, document.length()));
    }
    while (true) {
      if (isClosed()) {
        throw new IllegalStateException("The client is closed; open another one.");
      }
      Replicated entry = documents.computeIfAbsent(document, each -> new Replicated(each, this));
      R replica = open(entry, kind, factory);
      if (replica != null) {
        return new Handle<>(entry, replica, this);
      }
    }
  }

  @Override
  public TextDocument text(String document) {
    return TextDocument.over(document(document, TextReplica.class, texts::replica));
  }

  private <R extends Replica> @Nullable R open(
      Replicated entry, Class<R> kind, Function<? super DocumentContext, ? extends R> factory) {
    String document = entry.document();
    R replica = null;
    try {
      replica = entry.open(kind, factory, kept);
      return replica;
    } finally {
      if (replica != null) {
        inTurn(() -> follow(entry));
      } else if (entry.isGone()) {
        documents.remove(document, entry);
      }
    }
  }

  private void follow(Replicated document) {
    if (uplink.connected()) {
      document.tell(Following::opened);
    }
  }

  @Override
  public void reconnect() {
    inTurn(
        () -> {
          documents.values().forEach(each -> each.tell(Following::insist));
          uplink.reconnect();
        });
  }

  @Override
  public void disconnect() {
    inTurn(uplink::disconnect);
  }

  @Override
  public CompletionStage<Void> whenSettled() {
    return whenZero(pending);
  }

  static CompletionStage<Void> whenZero(Signal<Integer> count) {
    CompletableFuture<Void> zero = new CompletableFuture<>();
    Subscription watching =
        count.subscribe(
            Delivery.every().withCurrent(),
            change -> {
              if (change.now() == 0) {
                zero.complete(null);
              }
            });
    CompletionStage<Void> stage = zero.minimalCompletionStage();
    stage.whenComplete((done, never) -> watching.close());
    return stage;
  }

  @Override
  public CompletionStage<Integer> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public boolean isClosed() {
    return closing.get();
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    inTurn(uplink::end);
    outbox.close(() -> inTurn(this::farewell));
  }

  private void farewell() {
    int lost = documents.values().stream().mapToInt(Replicated::unsavedNow).sum();
    if (lost > 0) {
      Probe.report(
          settings.name,
          "It is closed, and %d changes are lost, as the outbox could not be written."
              .formatted(lost),
          null);
    }
    closed.complete(lost);
  }

  // What the documents call.

  @Override
  public void inTurn(Runnable task) {
    turns.add(task);
  }

  @Override
  public String clientId() {
    return id;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Timekeeper timekeeper() {
    return settings.timekeeper;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  int held() {
    return documents.values().stream().mapToInt(Replicated::held).max().orElse(0);
  }

  @Override
  public int mostDeadLetters() {
    return settings.deadLetters;
  }

  @Override
  public Turns announcements(String document) {
    return new Turns("%s, document '%s'".formatted(settings.name, document), Runnable::run);
  }

  @Override
  public Following following(Replicated document, String type, DocumentState state) {
    return new Following(
        settings.name,
        document,
        type,
        state,
        new Following.Surroundings() {
          @Override
          public long nanoTime() {
            return settings.timekeeper.nanoTime();
          }

          @Override
          public void askAgain(int retry, Duration atLeast, int wait) {
            settings.timekeeper.schedule(
                atLeast.plus(backoff.delay(retry)),
                () -> inTurn(() -> document.tell(each -> each.wanted(wait))));
          }
        });
  }

  @Override
  public void pendingMoved(int difference) {
    pending.update(before -> before + difference);
  }

  @Override
  public void unsavedMoved(int difference) {
    unsaved.update(before -> before + difference);
  }

  @Override
  public void wake(Replicated document) {
    uplink.wake(document);
  }

  /** Ends a document that nobody holds, once nothing of it is pending. */
  void letGo(Replicated document) {
    if (document.detach(kept)) {
      documents.remove(document.document(), document);
      uplink.forget(document);
    }
  }

  // What the backlog calls.

  @Override
  public @Nullable List<TreeObject> kept(String document) {
    return kept.get(document);
  }

  @Override
  public Replicated openUnheld(
      String document, Function<? super DocumentContext, ? extends Replica> factory) {
    try (Handle<Replica> opened = document(document, Replica.class, factory)) {
      return opened.of();
    }
  }

  // What the connection calls.

  @Override
  public void connected() {
    documents.values().forEach(each -> each.tell(Following::connected));
    backlog.work();
  }

  @Override
  public void disconnected() {
    documents.values().forEach(each -> each.tell(Following::disconnected));
  }

  @Override
  public void received(String document, Frame.OfHub frame) {
    Replicated open = documents.get(document);
    if (open != null) {
      open.tell(following -> following.on(frame));
      look(open);
    }
  }

  private void look(Replicated document) {
    backlog.moved(document);
    if (document.isIdle()) {
      letGo(document);
    }
  }

  @Override
  public void tick() {
    documents.values().forEach(each -> each.tell(Following::tick));
    documents.values().forEach(this::look);
  }

  @Override
  public boolean settledDown(Duration during) {
    return documents.values().stream().allMatch(each -> each.settledDown(during));
  }

  @Override
  public void calm() {
    documents.values().forEach(each -> each.tell(Following::calm));
    backlog.calm();
  }

  // What the outbox calls.

  @Override
  public void stored(Set<Replicated> those) {
    inTurn(() -> those.forEach(this::wake));
  }

  @Override
  public void failing(boolean now) {
    inTurn(() -> documents.values().forEach(Replicated::announce));
  }

  @Override
  public void putAll() {
    outbox.put(OutboxForm.client(id, key), null);
    Set<String> all = new HashSet<>(kept.keySet());
    all.addAll(documents.keySet());
    for (String each : all) {
      // Whoever opens it takes it out of these before anything is changed: so the copy comes first.
      kept.computeIfPresent(each, this::putCopy);
      Replicated open = documents.get(each);
      if (open != null) {
        open.checkpoint();
      }
    }
  }

  private List<TreeObject> putCopy(String document, List<TreeObject> records) {
    outbox.put(OutboxForm.copy(document, records), null);
    return records;
  }
}
