package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Signal;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Replica;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open document as its kind sees it: the replica, a way to change it, and how it stands.
 *
 * <pre>{@code
 * DocumentChannel<Tally> votes = client.document("votes", Tally.class, Tally::new);
 * Submission vote = votes.submit(Tree.of(1));                       // shows at once
 * long count = votes.exclusively(() -> votes.replica().total());
 * vote.settled().thenAccept(outcome -> log(outcome));               // Durable, Refused, Superseded
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. The replica is only touched within
 * {@link #exclusively}.
 *
 * <p><b>Ordering.</b> A change shows when {@link #submit} returns. It is stored in the outbox
 * before it is sent; changes are sent in the order in which they were made.
 *
 * <p><b>Failure.</b> A change that cannot be stored stays visible, is not sent, is counted as
 * unsaved in the {@link #status}, and is tried again.
 *
 * @param <R> the type of the replica
 * @since 0.1
 */
public interface DocumentChannel<R extends Replica> extends DocumentContext, AutoCloseable {

  /**
   * Returns the replica, to be used within {@link #exclusively} alone.
   *
   * @return the one replica of this document on this client
   */
  R replica();

  /**
   * Does something with the replica while nobody else does, such as reading it, or reading it and
   * submitting what follows from that. May be nested.
   *
   * @param <T> the type of the result
   * @param action what to do; it returns soon and waits for nothing
   * @return what it returned
   */
  <T extends @Nullable Object> T exclusively(Supplier<T> action);

  /**
   * Makes a change: the replica takes it at once ({@link Replica#edit}), the outbox soon, the hub
   * when it can be reached.
   *
   * @param change what to do, in the form of the kind
   * @return the change on its way
   * @throws RuntimeException what the replica throws if it cannot make the change; nothing has
   *     happened then
   * @throws IllegalStateException if the channel is closed, or the replica itself asks
   */
  Submission submit(Tree change);

  /**
   * Returns what was taken in of the hub.
   *
   * @return the position, or null if nothing was
   */
  @Nullable Position position();

  /**
   * Returns how the document stands with the hub.
   *
   * @return the status, which moves
   */
  Signal<DocumentStatus> status();

  /**
   * Returns how many changes made here are not settled.
   *
   * @return the number, which moves
   */
  Signal<Integer> pending();

  /**
   * Returns what was refused, the oldest first; the oldest go when there are too many.
   *
   * @return the letters, at most as many as {@link SyncClientBuilder#deadLetters} says
   */
  Signal<List<DeadLetter>> deadLetters();

  /**
   * Removes a dead letter that was dealt with.
   *
   * @param letter the letter
   */
  void dismiss(DeadLetter letter);

  /**
   * Lets the others in the document know something of this client, such as a name and a cursor. It
   * takes the place of what was shared before, is told again after a reconnection, is not stored,
   * and is taken back when everybody here has closed the document.
   *
   * @param state what they may know; JSON null takes it back
   */
  void share(Tree state);

  /**
   * Returns what the others let know.
   *
   * @return what each says, by client; empty while the document does not follow the hub
   */
  Signal<Map<String, Tree>> presence();

  /**
   * Returns when nothing made here is pending.
   *
   * @return completes at the first moment at which all changes are settled; at once if they are
   */
  CompletionStage<Void> whenSettled();

  /**
   * Lets go of the document. Once everybody who opened it has, and what is pending is settled, it
   * is no longer followed; what is stored of it stays in the outbox. Closing again does nothing.
   */
  @Override
  void close();
}
