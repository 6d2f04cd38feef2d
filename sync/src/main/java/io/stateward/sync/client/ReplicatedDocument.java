package io.stateward.sync.client;

import io.stateward.signal.Signal;
import io.stateward.store.WriteResult;
import io.stateward.sync.crdt.Replicated;
import io.stateward.sync.crdt.ReplicatedType;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A replicated value that is shared with others: changes of it merge, and none conflicts.
 *
 * <pre>{@code
 * ReplicatedDocument<ObservedRemoveSet<String>> shopping = client.replicated("list", SHOPPING);
 * shopping.change((set, me) -> set.add(me, "milk"));
 * shopping.change((set, me) -> set.remove("tea"));
 * shopping.value().subscribe(change -> show(change.now().elements()));
 * }</pre>
 *
 * <p>What is done shows at once, and is stored and sent when it can be. Only what it adds to the
 * value is sent. A change that the hub refuses vanishes, and those made on top of it are made again
 * without it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> When a change returns, {@link #value()} shows it.
 *
 * @param <S> the type of the value
 * @since 0.1
 */
public final class ReplicatedDocument<S extends Replicated<S>> implements AutoCloseable {

  private final DocumentChannel<ReplicatedReplica<S>> channel;

  private ReplicatedDocument(DocumentChannel<ReplicatedReplica<S>> channel) {
    this.channel = channel;
  }

  @SuppressWarnings("unchecked") // a replica of this kind has values of this type
  static <S extends Replicated<S>> ReplicatedDocument<S> open(
      SyncClient client, String id, ReplicatedType<S> type) {
    DocumentChannel<?> channel =
        client.document(
            id, ReplicatedReplica.class, context -> new ReplicatedReplica<>(type, context));
    DocumentChannel<ReplicatedReplica<S>> typed = (DocumentChannel<ReplicatedReplica<S>>) channel;
    if (!typed.replica().type().equals(type.name())) {
      typed.close();
      throw new IllegalArgumentException(
          "The document '%s' is open as '%s', and was to be opened as '%s'."
              .formatted(id, typed.replica().type(), type.name()));
    }
    return over(typed);
  }

  static <S extends Replicated<S>> ReplicatedDocument<S> over(
      DocumentChannel<ReplicatedReplica<S>> channel) {
    return new ReplicatedDocument<>(channel);
  }

  /**
   * Returns the id of the document.
   *
   * @return the id
   */
  public String id() {
    return channel.document();
  }

  /**
   * Returns the value, with what was done here so far.
   *
   * @return the value
   */
  public S now() {
    return channel.exclusively(() -> channel.replica().visible());
  }

  /**
   * Returns the value, with what was done here.
   *
   * @return the value, which moves
   */
  public Signal<S> value() {
    return channel.replica().shown().map(ReplicatedReplica.Shown::value);
  }

  /**
   * Changes the value.
   *
   * @param change given the value and the name under which this client changes it; returns the
   *     changed value. Pure and short: it runs under the document's lock
   * @return what becomes of it: {@link WriteResult.Saved} with what shows once the hub has it and
   *     no crash takes it back, or {@link WriteResult.Rejected} with the reason. It never fails
   * @throws RuntimeException what the change throws; then nothing has happened
   */
  public CompletionStage<WriteResult<S>> change(
      BiFunction<? super S, ? super String, ? extends S> change) {
    Objects.requireNonNull(change, "change");
    Supplier<CompletionStage<WriteResult<S>>> made =
        channel.exclusively(
            () -> {
              S before = channel.replica().visible();
              S after = change.apply(before, channel.client());
              return before.includes(after) ? unchanged(before) : submitted(after.since(before));
            });
    return made.get();
  }

  private static <S> Supplier<CompletionStage<WriteResult<S>>> unchanged(S value) {
    return () -> CompletableFuture.completedFuture(new WriteResult.Saved<>(value));
  }

  /** Makes a change, and returns what is to be done outside of the document's lock. */
  private Supplier<CompletionStage<WriteResult<S>>> submitted(S news) {
    ReplicatedReplica<S> replica = channel.replica();
    Submission submission = channel.submit(replica.kind().codec().toTree(news));
    ReplicatedReplica.Shown<S> now = replica.moment();
    return () -> {
      replica.tell(now); // who writes sees it, even while another thread is telling others
      return submission.settled().thenApply(this::resultOf);
    };
  }

  private WriteResult<S> resultOf(Settled settled) {
    return settled.fold(
        durable -> new WriteResult.Saved<>(now()),
        refused -> new WriteResult.Rejected<>(refused.reason()),
        WriteResult.Cancelled::new);
  }

  /**
   * Returns the open document: how it stands, what is pending, who else is in it.
   *
   * @return the channel that this document is on
   */
  public DocumentChannel<?> channel() {
    return channel;
  }

  /** Lets go of the document, see {@link DocumentChannel#close}. Closing again does nothing. */
  @Override
  public void close() {
    channel.close();
  }
}
