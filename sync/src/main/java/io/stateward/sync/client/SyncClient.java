package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.Signal;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.spi.Replica;
import io.stateward.sync.spi.Transport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A connection to a hub that comes back by itself, and the documents on it.
 *
 * <pre>{@code
 * SyncClient client = SyncClient.over(transport).outbox(Journal.file(path)).open();
 * DocumentChannel<Tally> votes = client.document("votes", Tally.class, Tally::new);
 * votes.submit(Tree.of(1));                                // visible, then stored, then sent
 * client.status().get();                                   // Connecting, Connected, Reconnecting, ...
 * client.whenSettled().thenRun(client::close);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. It has no thread of its own: it works on
 * the executor, the timekeeper, and the threads that call it.
 *
 * <p><b>Ordering.</b> A change is visible when it was made, is stored in the outbox before it is
 * sent, and is sent in the order of its document until the hub says that it is durable or refused.
 * It takes effect once, whatever is lost, sent twice or restarted in between.
 *
 * <p><b>Failure.</b> Nothing that the network, the hub or the disk does throws here: it shows in
 * {@link #status}, in the status of the documents and in their dead letters, and what went wrong is
 * reported through {@link io.stateward.signal.Probe}.
 *
 * @since 0.1
 */
public interface SyncClient extends AutoCloseable {

  /**
   * Begins a client.
   *
   * @param transport the way to the hub
   * @return its settings
   */
  static SyncClientBuilder over(Transport transport) {
    return new SyncClientBuilder(transport);
  }

  /**
   * Returns the id of this client.
   *
   * @return the id, which is kept in the outbox
   */
  String id();

  /**
   * Returns how the client stands with its hub.
   *
   * @return the status, which moves
   */
  Signal<ConnectionStatus> status();

  /**
   * Returns how many changes are not settled, in all documents, those in the outbox of documents
   * that are not open included.
   *
   * @return the number, which moves
   */
  Signal<Integer> pending();

  /**
   * Returns which documents have changes that are not settled. What is pending of documents that
   * are not open is sent as well, some documents at a time, if their kind is known: texts, records,
   * and what {@link SyncClientBuilder#kind} names. Of other kinds, it waits until the document is
   * opened, which is reported once.
   *
   * @return the numbers of changes that are not settled, more than 0, by the ids of documents
   */
  Map<String, Integer> unsettled();

  /**
   * Returns what was refused, in all documents, those that are not open included. To deal with a
   * letter, open its {@linkplain DeadLetter#document document}.
   *
   * @return the letters, by the ids of the documents, those of one the oldest first; of each as
   *     many as {@link SyncClientBuilder#deadLetters} says
   */
  Signal<List<DeadLetter>> deadLetters();

  /**
   * Returns how many changes could not be stored in the outbox so far, because it failed. They are
   * lost if the process ends now.
   *
   * @return the number, 0 while the outbox works
   */
  Signal<Integer> unsaved();

  /**
   * Opens a document. It can be read and edited at once, with what the outbox has of it. Whoever
   * opens it again is given the same replica.
   *
   * @param <R> the type of the replica
   * @param id the id of the document, from 1 to 512 characters
   * @param kind the class of the replica
   * @param factory makes the replica, if the document is not open yet
   * @return the open document, to close when it is no longer used
   * @throws IllegalArgumentException if it is open, or stored in the outbox, as another kind
   * @throws IllegalStateException if the client is closed
   */
  <R extends Replica> DocumentChannel<R> document(
      String id, Class<R> kind, Function<? super DocumentContext, ? extends R> factory);

  /**
   * Opens a text. It can be read and edited at once, with what the outbox has of it.
   *
   * @param id the id of the document, from 1 to 512 characters
   * @return the open text, to close when it is no longer used
   * @throws IllegalArgumentException if it is open, or stored in the outbox, as another kind
   * @throws IllegalStateException if the client is closed
   */
  TextDocument text(String id);

  /**
   * Opens a record as a tree. It can be read and changed at once, with what the outbox has of it.
   *
   * @param id the id of the document, from 1 to 512 characters
   * @return the open record, to close when it is no longer used
   * @throws IllegalArgumentException if it is open, or stored in the outbox, as another kind
   * @throws IllegalStateException if the client is closed
   */
  default RecordDocument<Tree> record(String id) {
    return record(id, Tree.codec());
  }

  /**
   * Opens a record of a type. It can be read and changed at once, with what the outbox has of it.
   *
   * @param <T> the type
   * @param id the id of the document, from 1 to 512 characters
   * @param codec takes values apart and makes them; pure
   * @return the open record, to close when it is no longer used
   * @throws IllegalArgumentException if it is open, or stored in the outbox, as another kind
   * @throws IllegalStateException if the client is closed
   */
  default <T> RecordDocument<T> record(String id, TreeCodec<T> codec) {
    return RecordDocument.open(this, id, codec);
  }

  /**
   * Opens a replicated value. It can be read and changed at once, with what the outbox has of it.
   *
   * @param <S> the type of the value
   * @param id the id of the document, from 1 to 512 characters
   * @param type the kind of the document, the same as on the hub
   * @return the open value, to close when it is no longer used
   * @throws IllegalArgumentException if it is open, or stored in the outbox, as another kind
   * @throws IllegalStateException if the client is closed
   */
  default <S extends io.stateward.sync.crdt.Replicated<S>> ReplicatedDocument<S> replicated(
      String id, ReplicatedType<S> type) {
    return ReplicatedDocument.open(this, id, type);
  }

  /**
   * Connects now, without waiting for the next attempt; also after {@link #disconnect()} and after
   * a refusal. Documents that were refused are asked for again. Does nothing while connected
   * otherwise.
   */
  void reconnect();

  /** Goes offline on purpose, until {@link #reconnect()}. Everything can be edited meanwhile. */
  void disconnect();

  /**
   * Returns when nothing is pending.
   *
   * @return completes at the first moment at which all changes are settled; at once if they are
   */
  CompletionStage<Void> whenSettled();

  /**
   * Returns the end of the client.
   *
   * @return completes after {@link #close()}, once the outbox has everything and is closed, or has
   *     failed to; with the number of changes that are lost because it failed
   */
  CompletionStage<Integer> closed();

  /**
   * Ends the connection, writes what the outbox lacks, and closes the outbox. Does not wait: see
   * {@link #closed()}. What could not be stored is reported. Closing again does nothing.
   */
  @Override
  void close();
}
