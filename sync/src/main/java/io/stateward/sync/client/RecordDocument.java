package io.stateward.sync.client;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.signal.Versioned;
import io.stateward.store.WriteResult;
import io.stateward.sync.record.MergeRules;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordState;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A record that is shared with others, of a type of your own or as a {@link Tree}.
 *
 * <pre>{@code
 * RecordDocument<Task> task = client.record("task/7", Task.CODEC);
 * task.value().subscribe(change -> show(change.now()));
 * task.set("/title", Tree.of("Milk"));                                    // the last one wins
 * task.increment("/votes", 1);                                            // none is lost
 * Versioned<Task> seen = task.read();
 * task.put(seen.version(), seen.value().done())                           // only if nobody else
 *     .thenAccept(result -> tell(result));                                // Saved, Conflict, ...
 * }</pre>
 *
 * <p>What is done shows at once, is stored and sent when it can be, and is carried out again on
 * whatever the hub says of others meanwhile. What the hub refuses vanishes as if it had never been,
 * and its result says why.
 *
 * <p><b>Results.</b> The stage of a write completes when the hub has it and no crash takes it back,
 * or it was refused; offline, that may take long. It is {@link WriteResult.Saved} with what shows
 * by then; {@link WriteResult.Conflict} with what the hub has instead, at once where that is known
 * here already; {@link WriteResult.Gone} if there is no record now, as after {@link #delete()};
 * {@link WriteResult.Rejected} with the reason; {@link WriteResult.Failed} if what the hub has is
 * none of the type's. It never fails.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> When a write returns, {@link #value()} and {@link #read()} show it.
 *
 * <p><b>Failure.</b> A write that an updater of a store makes, or the body of an atomic update, is
 * refused by a {@link NestedUpdateException}, and nothing has changed: make it afterwards. A record
 * that the codec cannot read makes {@link #value()} throw what it says until somebody changes it;
 * {@link #state()} has it all the same.
 *
 * <p><b>Cost.</b> A change is judged under the document's lock, where it costs what it does to the
 * record, a merge what the record has; no code of yours runs there, as codecs are called without
 * it. A change of somebody else carries out what is pending here anew; the record as it was after
 * each pending change is kept.
 *
 * @param <T> the type of the record
 * @since 0.1
 */
public final class RecordDocument<T> implements AutoCloseable {

  private final DocumentChannel<RecordReplica> channel;
  private final TreeCodec<T> codec;

  private RecordDocument(DocumentChannel<RecordReplica> channel, TreeCodec<T> codec) {
    this.channel = channel;
    this.codec = codec;
  }

  static <T> RecordDocument<T> open(SyncClient client, String id, TreeCodec<T> codec) {
    return over(client.document(id, RecordReplica.class, RecordReplica::new), codec);
  }

  static <T> RecordDocument<T> over(DocumentChannel<RecordReplica> channel, TreeCodec<T> codec) {
    return new RecordDocument<>(channel, Objects.requireNonNull(codec, "codec"));
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
   * Returns what the record is, with what was done here so far.
   *
   * @return the value; null if there is no record
   * @throws CodecException if the record is none of the type
   */
  public @Nullable T now() {
    return read().value();
  }

  /**
   * Returns what the record is, with what was done here.
   *
   * @return the value; null while there is no record
   */
  public Signal<@Nullable T> value() {
    return state().<@Nullable T>map(this::decoded);
  }

  /**
   * Returns the record as it shows, with its version.
   *
   * @return the record; its version is {@link Long#MAX_VALUE} if the last change has no place yet
   */
  public Signal<RecordState> state() {
    return channel.replica().shown().map(RecordReplica.Shown::state);
  }

  /**
   * Reads what the record is, and the version to name in {@link #put(long, Object)}: the last one
   * that was heard of. What is pending here does not count.
   *
   * @return the value, null if there is no record, and the version, 0 if there never was one
   * @throws CodecException if the record is none of the type
   */
  @SuppressWarnings("NullAway") // the type argument is nullable, which it does not see on 17
  public Versioned<@Nullable T> read() {
    RecordReplica.Shown now = channel.exclusively(() -> channel.replica().moment());
    return new Versioned<>(decoded(now.state()), now.confirmedVersion());
  }

  private @Nullable T decoded(RecordState state) {
    Tree value = state.value();
    return value == null ? null : codec.fromTree(value);
  }

  /**
   * Replaces the record, or creates it, whatever others do.
   *
   * @param value what it is to be
   * @return what becomes of it
   */
  public CompletionStage<WriteResult<T>> put(T value) {
    return change(new RecordChange.Put(codec.toTree(value), null));
  }

  /**
   * Replaces the record, or creates it, if nobody else has changed it.
   *
   * @param expected the version that the value was made of, see {@link #read()}
   * @param value what it is to be
   * @return what becomes of it
   * @throws IllegalArgumentException if the version is negative
   */
  public CompletionStage<WriteResult<T>> put(long expected, T value) {
    return change(new RecordChange.Put(codec.toTree(value), expected));
  }

  /**
   * Deletes the record, whatever others do.
   *
   * @return what becomes of it: {@link WriteResult.Gone} if all goes well
   */
  public CompletionStage<WriteResult<T>> delete() {
    return change(new RecordChange.Delete(null));
  }

  /**
   * Deletes the record if nobody else has changed it.
   *
   * @param expected the version that was seen, see {@link #read()}
   * @return what becomes of it: {@link WriteResult.Gone} if all goes well
   * @throws IllegalArgumentException if the version is negative
   */
  public CompletionStage<WriteResult<T>> delete(long expected) {
    return change(new RecordChange.Delete(expected));
  }

  /**
   * Sets a field, whatever is there.
   *
   * @param path where, a JSON Pointer
   * @param value what is to be there
   * @return what becomes of it
   * @throws IllegalArgumentException if the path is no JSON Pointer, or is {@code ""}
   */
  public CompletionStage<WriteResult<T>> set(String path, Tree value) {
    return change(new RecordChange.Set(path, value));
  }

  /**
   * Removes a field, if it is there.
   *
   * @param path where, a JSON Pointer
   * @return what becomes of it
   * @throws IllegalArgumentException if the path is no JSON Pointer, or is {@code ""}
   */
  public CompletionStage<WriteResult<T>> remove(String path) {
    return change(new RecordChange.Remove(path));
  }

  /**
   * Adds to a number.
   *
   * @param path where, a JSON Pointer
   * @param by how much; negative to go down
   * @return what becomes of it
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  public CompletionStage<WriteResult<T>> increment(String path, long by) {
    return increment(path, BigDecimal.valueOf(by));
  }

  /**
   * Adds to a number, exactly.
   *
   * @param path where, a JSON Pointer
   * @param by how much; negative to go down
   * @return what becomes of it
   * @throws IllegalArgumentException if the path is no JSON Pointer, or the number has too many
   *     digits
   */
  public CompletionStage<WriteResult<T>> increment(String path, BigDecimal by) {
    return change(new RecordChange.Increment(path, by));
  }

  /**
   * Puts an element into an array that is used as a set.
   *
   * @param path where the array is, a JSON Pointer
   * @param element what is to be in it
   * @return what becomes of it
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  public CompletionStage<WriteResult<T>> include(String path, Tree element) {
    return change(new RecordChange.Include(path, element));
  }

  /**
   * Takes an element out of an array.
   *
   * @param path where the array is, a JSON Pointer
   * @param element what is not to be in it
   * @return what becomes of it
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  public CompletionStage<WriteResult<T>> exclude(String path, Tree element) {
    return change(new RecordChange.Exclude(path, element));
  }

  /**
   * Brings what was made of an older version together with what stands, field by field.
   *
   * @param base the older version
   * @param mine what was made of it
   * @param rules decide what both changed
   * @return what becomes of it: {@link WriteResult.Conflict} if they leave something to ask
   */
  public CompletionStage<WriteResult<T>> merge(T base, T mine, MergeRules rules) {
    return change(new RecordChange.Merge(codec.toTree(base), codec.toTree(mine), rules));
  }

  /**
   * Makes any change.
   *
   * @param change what to do
   * @return what becomes of it
   * @throws NestedUpdateException if an updater of a store or an atomic update makes it
   */
  public CompletionStage<WriteResult<T>> change(RecordChange change) {
    Objects.requireNonNull(change, "change");
    Supplier<CompletionStage<WriteResult<T>>> made =
        channel.exclusively(
            () ->
                channel
                    .replica()
                    .judge(change)
                    .fold(
                        changed -> submitted(change),
                        conflict -> () -> refused("conflict", "", conflict.current()),
                        refused -> () -> refused(refused.code(), refused.reason(), null)));
    return made.get();
  }

  /** Makes a change, and returns what is to be done outside of the document's lock. */
  private Supplier<CompletionStage<WriteResult<T>>> submitted(RecordChange change) {
    RecordReplica replica = channel.replica();
    Submission submission = channel.submit(RecordReplica.form(change));
    RecordReplica.Shown now = replica.moment();
    return () -> {
      replica.tell(now); // who writes sees it, even while another thread is telling others
      return submission.settled().thenApply(this::resultOf);
    };
  }

  private WriteResult<T> resultOf(Settled settled) {
    try {
      return settled.fold(
          durable -> present(read().value(), WriteResult.Saved::new),
          refused -> resultOf(refused.code(), refused.reason(), current(refused)),
          WriteResult.Cancelled::new);
    } catch (CodecException e) {
      return new WriteResult.Failed<>(e);
    }
  }

  private static @Nullable RecordState current(Settled.Refused refused) {
    Tree current = refused.current();
    return current == null ? null : RecordState.codec().fromTree(current);
  }

  private CompletionStage<WriteResult<T>> refused(
      String code, String reason, @Nullable RecordState current) {
    try {
      return CompletableFuture.completedFuture(resultOf(code, reason, current));
    } catch (CodecException e) {
      return CompletableFuture.completedFuture(new WriteResult.Failed<>(e));
    }
  }

  private WriteResult<T> resultOf(String code, String reason, @Nullable RecordState current) {
    return switch (code) {
      case "gone" -> new WriteResult.Gone<>();
      case "conflict" ->
          present(current == null ? read().value() : decoded(current), WriteResult.Conflict::new);
      default -> new WriteResult.Rejected<>(reason);
    };
  }

  private static <T> WriteResult<T> present(@Nullable T value, Function<T, WriteResult<T>> result) {
    return value == null ? new WriteResult.Gone<>() : result.apply(value);
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
