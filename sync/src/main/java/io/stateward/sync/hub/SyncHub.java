package io.stateward.sync.hub;

import io.stateward.persist.RecordPage;
import io.stateward.persist.StorageException;
import io.stateward.signal.Probe;
import io.stateward.sync.internal.WorkPool;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The server of live documents: it orders, stores and hands on what clients change.
 *
 * <pre>{@code
 * SyncHub hub = SyncHub.named("notes")
 *     .types(TextType.standard())
 *     .storage(DocumentStorage.files(folder))
 *     .authorizer(authorizer)
 *     .open();
 * ConnectionListener listener = hub.accept(connection, peer);   // what a transport calls
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> The changes of a document have one order, their sequence. Each subscriber
 * hears of them in it, of each once; of its own it hears as acknowledgements in their place. Of one
 * client they take place in the order of their ids, each once, however often they come.
 *
 * <p><b>Failure.</b> Nobody but its author hears of a change that is not durable. If storage fails,
 * the document is dropped, subscribers are told to come again, and it is loaded anew. What cannot
 * be read is refused and left as it is. Whatever a client sends harms that client alone.
 *
 * <p><b>Who is who.</b> Everybody who shares a document sees the client ids of the others: an id is
 * a name and no secret. With it a client says its key, a secret that it made itself: only who has
 * the key, and comes as the same principal of the {@link Authorizer}, can take over a connection,
 * and go on with the id in a document. The hub stores a digest of both; keys are neither stored nor
 * told to anybody, nor are credentials.
 *
 * <p><b>Cost.</b> A change is one entry in a journal; those that wait while an append is under way
 * share the next. An update is encoded once, and waits for no reader: who lags reads it from memory
 * or from the journal.
 *
 * @since 0.1
 */
public final class SyncHub implements AutoCloseable {

  /*
   * Concurrency
   * -----------
   * There is no lock in here. Three kinds of work have a turn each (Turn: one thread at a time, on
   * the executor): what a session takes in, what a sender sends, what is done with a
   * document. They hand things over through concurrent queues, each bounded by a limit, and ask for
   * each other's turn. Between them a few volatile fields are read: published and floor of a
   * document, sent of a subscription. Foreign code runs in turns alone: the authorizer in that of
   * the session, states and storage in that of the document (the journal is also read in that of a
   * sender), connections in that of a sender.
   *
   *     transport -> Inbox -> session's turn -> document's queue -> document's turn
   *                                                                  | published
   *     transport <- Connection.send <- sender's turn <- in line <---'
   */

  private static final int PAGE = 256;

  private final HubSetting setting;
  private final @Nullable WorkPool pool; // if it is its own
  private final Sessions sessions;
  private final Documents documents;
  private final AtomicReference<@Nullable CompletableFuture<Void>> ending = new AtomicReference<>();
  private volatile boolean ended; // no session is begun any more

  SyncHub(HubSetting setting, @Nullable WorkPool pool) {
    this.setting = setting;
    this.pool = pool;
    this.sessions = new Sessions(setting.limits());
    this.documents = new Documents(setting);
  }

  /**
   * Begins a hub.
   *
   * @param name what it is called in messages
   * @return a builder of it
   */
  public static SyncHubBuilder named(String name) {
    return new SyncHubBuilder(name);
  }

  /**
   * Takes a connection. If the hub is closing, or has too many, it is closed at once.
   *
   * @param connection the hub's end of the connection
   * @param peer what the transport knows of the other end
   * @return what the transport calls with what comes
   */
  public ConnectionListener accept(Connection connection, Peer peer) {
    Session session = new Session(setting, sessions, documents, connection, peer);
    if (sessions.isClosing()) {
      session.end(CloseCode.RESTART, setting.comeAgain("The server restarts."));
    } else if (sessions.size() >= setting.limits().connections()) {
      session.end(CloseCode.BUSY, setting.comeAgain("There are too many connections."));
    } else {
      begin(session);
    }
    return session;
  }

  private void begin(Session session) {
    if (!sessions.add(session)) {
      session.end(
          CloseCode.BUSY, setting.comeAgain("There are too many connections from your address."));
      return;
    }
    session.begin();
    if (ended) { // while this was under way
      session.end(CloseCode.RESTART, setting.comeAgain("The server restarts."));
    }
  }

  /**
   * Asks the authorizer again about everybody who has subscribed to a document, and ends what is no
   * longer allowed.
   *
   * @param document its id
   */
  public void recheckDocument(String document) {
    sessions.all().forEach(each -> each.recheck(document));
  }

  /**
   * Asks the authorizer again about all that somebody has subscribed to, and ends what is no longer
   * allowed.
   *
   * @param principal who
   */
  public void recheckPrincipal(String principal) {
    sessions.all().stream()
        .filter(each -> each.principal().equals(principal))
        .forEach(each -> each.recheck(null));
  }

  /**
   * Ends all connections of somebody, whose credentials are not good any more.
   *
   * @param principal who
   * @param reason a sentence for people
   */
  public void expel(String principal, String reason) {
    sessions.all().stream()
        .filter(each -> each.principal().equals(principal))
        .forEach(each -> each.end(CloseCode.UNAUTHENTICATED, reason));
  }

  /**
   * Returns the ids of all documents. It reads the storage, so it blocks.
   *
   * @return the ids, in order
   * @throws StorageException if they cannot be read
   */
  public List<String> documents() {
    List<String> ids = new ArrayList<>();
    @Nullable String after = null;
    do {
      RecordPage page = setting.storage().records().list("", after, PAGE);
      page.records().forEach(each -> ids.add(each.key()));
      after = page.next();
    } while (after != null);
    return ids;
  }

  /**
   * Deletes a document for good. Its subscribers are told that it is {@code deleted}; a document of
   * that id may be created anew.
   *
   * @param document its id
   * @return completes when it is deleted; fails if there is none, or it cannot be
   */
  public CompletionStage<Void> delete(String document) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    documents.put(
        document,
        turn -> {
          try {
            turn.delete();
            done.complete(null);
          } catch (Throwable t) { // storage
            done.completeExceptionally(t);
          }
        });
    return done;
  }

  /**
   * Returns how much there is, and how much was done.
   *
   * @return the figures as they are now
   */
  public HubFigures figures() {
    return Figures.of(setting.counters(), sessions, documents);
  }

  /**
   * Begins to close: takes no connection any more, stores what was taken in, saves the documents,
   * tells the clients to come again, and lets go of the storage.
   *
   * @return completes when all of that is done
   */
  public CompletionStage<Void> shutdown() {
    return end(true);
  }

  /**
   * Ends at once, as if the process had: what waits is given up, and nothing more is stored. It is
   * for tests of what comes after.
   *
   * @return completes when nothing of it is left
   */
  public CompletionStage<Void> halt() {
    return end(false);
  }

  Sessions sessions() {
    return sessions;
  }

  Documents allDocuments() {
    return documents;
  }

  private CompletionStage<Void> end(boolean save) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!ending.compareAndSet(null, done)) {
      CompletableFuture<Void> begun = ending.get();
      return begun == null ? done : begun;
    }
    sessions.close();
    CompletionStage<Void> before = save ? CompletableFuture.completedStage(null) : endSessions();
    before
        .thenCompose(nothing -> documents.end(save))
        .whenComplete((nothing, problem) -> letGo(done));
    return done;
  }

  private void letGo(CompletableFuture<Void> done) {
    endSessions().whenComplete((nothing, problem) -> closeStorage(done));
  }

  private void closeStorage(CompletableFuture<Void> done) {
    try {
      setting.storage().close();
    } catch (Throwable t) { // foreign code
      Probe.report("Hub '%s'".formatted(setting.name()), "Its storage could not be closed.", t);
    }
    if (pool != null) {
      pool.close();
    }
    done.complete(null);
  }

  private CompletionStage<Void> endSessions() {
    ended = true;
    List<Session> all = List.copyOf(sessions.all());
    all.forEach(each -> each.end(CloseCode.RESTART, setting.comeAgain("The server restarts.")));
    return CompletableFuture.allOf(
        all.stream().map(Session::gone).toArray(CompletableFuture[]::new));
  }

  /** Closes it as {@link #shutdown} does, and waits for that. Closing again only waits. */
  @Override
  public void close() {
    end(true).toCompletableFuture().join();
  }
}
