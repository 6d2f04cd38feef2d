package io.stateward.sync.client;

import io.stateward.codec.TreeObject;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final SyncClientBuilder settings;
  private final Identity me;
  private final Turns turns;
  private final Backoff backoff;
  private final Outbox outbox;
  private final Uplink uplink;
  private final Backlog backlog;
  private final LostTexts texts;
  private final Documents documents;
  private final Store<Integer> pending;
  private final Store<Integer> unsaved = Store.of(0);
  private final ClientLetters letters;
  private final Signal<ConnectionStatus> status;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  private LiveClient(SyncClientBuilder settings, Journal journal, OutboxContent content) {
    this.settings = settings;
    Random random = settings.random;
    this.me = Identity.of(content, settings);
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
    this.documents = new Documents(this, content.documents());
    this.texts = new LostTexts(this, settings.name, settings.lostHistory);
    this.backlog =
        new Backlog(settings.name, this, settings.kinds(texts::replica), content.documents());
    this.letters = new ClientLetters(me.id, settings.deadLetters, content.documents());
    this.pending =
        Store.of(content.documents().values().stream().mapToInt(OutboxContent::pending).sum());
    this.status = Signal.combine(uplink.status(), pending, LiveClient::withPending);
    if (me.isNew) {
      outbox.put(OutboxForm.client(me.id, me.key), null);
    }
  }

  static LiveClient open(SyncClientBuilder settings) {
    Journal journal = Objects.requireNonNull(settings.outbox.get(), "journal");
    LiveClient client = new LiveClient(settings, journal, OutboxContent.read(journal));
    client.outbox.work();
    client.inTurn(client.uplink::connect);
    return client;
  }

  private static ConnectionStatus withPending(ConnectionStatus status, int pending) {
    return status instanceof ConnectionStatus.Offline
        ? new ConnectionStatus.Offline(pending)
        : status;
  }

  // What users call.

  @Override
  public String id() {
    return me.id;
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
    return documents.unsettled();
  }

  @Override
  public Signal<List<DeadLetter>> deadLetters() {
    return letters.all();
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
      Documents.Opened<R> opened = documents.open(document, kind, factory);
      if (opened != null) {
        inTurn(() -> follow(opened.document()));
        return new Handle<>(opened.document(), opened.replica(), this);
      }
    }
  }

  @Override
  public TextDocument text(String document) {
    return TextDocument.over(document(document, TextReplica.class, texts::replica));
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
          documents.tellAll(Following::insist);
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
    int lost = documents.unsavedNow();
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
  public void lettersMoved(String document, List<DeadLetter> now) {
    letters.moved(document, now);
  }

  @Override
  public String clientId() {
    return me.id;
  }

  @Override
  public Timekeeper timekeeper() {
    return settings.timekeeper;
  }

  @Override
  public String key() {
    return me.key;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  int held() {
    return documents.all().stream().mapToInt(Replicated::held).max().orElse(0);
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

  /** The last holder of a document has let go of it. */
  void released(Replicated document) {
    letGo(document);
    document.withdraw();
  }

  /** Ends a document that nobody holds, once nothing of it is pending. */
  private void letGo(Replicated document) {
    if (documents.letGo(document)) {
      uplink.forget(document);
      backlog.moved(document);
    }
  }

  // What the backlog calls.

  @Override
  public @Nullable List<TreeObject> kept(String document) {
    return documents.kept(document);
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
    documents.tellAll(Following::connected);
    backlog.work();
  }

  @Override
  public void disconnected() {
    documents.tellAll(Following::disconnected);
  }

  @Override
  public void received(String document, Frame.OfHub frame) {
    Replicated open = documents.find(document);
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
    documents.tellAll(Following::tick);
    documents.all().forEach(this::look);
  }

  @Override
  public boolean settledDown(Duration during) {
    return documents.settledDown(during);
  }

  @Override
  public void calm() {
    documents.tellAll(Following::calm);
    backlog.calm();
  }

  // What the outbox calls.

  @Override
  public void stored(Set<Replicated> those) {
    inTurn(() -> those.forEach(this::wake));
  }

  @Override
  public void failing(boolean now) {
    inTurn(() -> documents.all().forEach(Replicated::announce));
  }

  @Override
  public void putAll() {
    outbox.put(OutboxForm.client(me.id, me.key), null);
    documents.putAll(outbox);
  }
}
