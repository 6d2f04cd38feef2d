package io.stateward.optimistic;

import io.stateward.collection.EntityTable;
import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.history.Timeline;
import io.stateward.persist.PersistenceBuilder;
import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.store.Keyed;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A state that shows what is under way as if it were confirmed, and can take any of it back.
 *
 * <pre>{@code
 * OptimisticStore<Board> board = OptimisticStore.of("board", loaded);
 * board.visible().subscribe(change -> show(change.now()));
 * Mutation<Card> moved = board.mutate(
 *     b -> b.moved(7, DONE),                                     // visible now
 *     MutationPlan.about(Board.card(7))
 *         .answeredBy(Call.blocking(executor, sent -> api.save(sent.mine()))));
 * WriteResult<Card> result = moved.await();                      // saved, or taken back
 * }</pre>
 *
 * <p>The store holds a confirmed state and a log of mutations under way, in the order in which they
 * were made. What is visible is the fold of their commands over the confirmed state. Settling one
 * changes the confirmed state, the log, or both, in one commit, and folds again only what stands
 * behind it. So mutations may be answered in any order; one that fails is gone without a trace,
 * whatever else was done meanwhile; and a guess that was right notifies nobody. This is how <a
 * href="https://doc.replicache.dev/concepts/how-it-works">Replicache</a> rebases mutations and
 * Apollo Client keeps optimistic layers.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Commands run one at a time, under the
 * store's lock.
 *
 * <p><b>Ordering.</b> When {@link #mutate} returns, its effect is visible to everyone. Answers and
 * pushes take effect in the order in which they arrive: by then, the server's state is taken to
 * include whatever was acknowledged before.
 *
 * <p><b>Failure.</b> A command that throws when it is first executed changes nothing, and the
 * exception reaches the caller. One that throws later is settled by its {@link ReplayPolicy}. What
 * did not take effect is kept in {@link #deadLetters}.
 *
 * <p><b>Cost.</b> With n mutations in the log: mutating and acknowledging the oldest O(log n),
 * independent of the size of the state; rejecting the i-th executes the n - i commands behind it; a
 * push executes all n, once for all pushes that arrive while another one is taken.
 *
 * @param <S> the type of the state; immutable, for example a record
 * @since 0.1
 */
public interface OptimisticStore<S> extends AutoCloseable {

  /** How many dead letters are kept; older ones are forgotten. */
  int DEAD_LETTERS = 100;

  /**
   * Opens a store.
   *
   * @param <S> the type of the state
   * @param name the name, which errors and probes say
   * @param confirmed the state that is confirmed to begin with
   * @return the store
   */
  static <S> OptimisticStore<S> of(String name, S confirmed) {
    return over(name, confirmed).open();
  }

  /**
   * Begins a store with settings of your own.
   *
   * @param <S> the type of the state
   * @param name the name, which errors and probes say
   * @param confirmed the state that is confirmed to begin with
   * @return a builder
   */
  static <S> OptimisticBuilder<S> over(String name, S confirmed) {
    return new OptimisticBuilder<>(name, confirmed);
  }

  /**
   * Returns what is visible: the confirmed state with everything that is under way.
   *
   * @return a signal of the state
   */
  Signal<S> visible();

  /**
   * Returns what is confirmed.
   *
   * @return a signal of the state
   */
  Signal<S> confirmed();

  /**
   * Returns what is under way, oldest first.
   *
   * @return a signal of the mutations in the log
   */
  Signal<List<Pending>> pending();

  /**
   * Returns the latest mutations that did not take effect, oldest first.
   *
   * @return a signal of at most {@value #DEAD_LETTERS} of them
   */
  Signal<List<DeadLetter<S>>> deadLetters();

  /**
   * Returns the signal of a function of the visible state.
   *
   * @param <T> the type of the part
   * @param selector a pure function
   * @return the signal; it moves only when the part is not equal to the one before
   */
  <T extends @Nullable Object> Signal<T> select(Function<? super S, ? extends T> selector);

  /**
   * Returns the entities of a table in the visible state, to follow one by one.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param table selects the table; a pure function
   * @return the entities by id
   */
  <K, V> Keyed<K, V> entities(Function<? super S, EntityTable<K, V>> table);

  /**
   * Executes a command, shows the outcome, and sends the mutation as the plan says.
   *
   * @param <T> the type of what the mutation is about
   * @param command what to do; executed at once, and again whenever something before it changes
   * @param plan how it reaches the server, and what is done with the answer
   * @return the mutation
   * @throws RuntimeException what the command throws; then nothing has happened
   * @throws NullPointerException if the command returns null
   * @throws NonrepeatableCommandException if the store is {@linkplain OptimisticBuilder#repeatable
   *     checking} and executing the command twice gives different states
   * @throws IllegalArgumentException if the store takes {@linkplain OptimisticBuilder#commands
   *     commands of certain types} alone and this is none
   * @throws NestedUpdateException if an updater or a command makes it
   * @throws ClosedException if the store is closed
   */
  <T> Mutation<T> mutate(Command<S> command, MutationPlan<S, T> plan);

  /**
   * Says that the server has carried out a mutation as it was guessed.
   *
   * @param id the mutation
   * @return what that has done
   * @throws ClosedException if the store is closed
   */
  Settlement acknowledge(MutationId id);

  /**
   * Says that the server has carried out a mutation, and what it has now.
   *
   * @param id the mutation
   * @param server puts what the server sent into the confirmed state; pure. If it throws, nothing
   *     has happened, and the exception reaches the caller
   * @return what that has done
   * @throws ClosedException if the store is closed
   */
  Settlement acknowledge(MutationId id, UnaryOperator<S> server);

  /**
   * Says that the server has refused a mutation.
   *
   * @param id the mutation
   * @param reason why, as a sentence
   * @return what that has done; never {@link Settlement#LATE}
   * @throws ClosedException if the store is closed
   */
  Settlement reject(MutationId id, String reason);

  /**
   * Takes a mutation out, as {@link Mutation#cancel} does; also one that an earlier run has stored.
   *
   * @param id the mutation
   * @return whether this call settled it
   * @throws ClosedException if the store is closed
   */
  boolean cancel(MutationId id);

  /**
   * Takes what the server sent of its own accord. What is under way is executed anew on top of it.
   *
   * @param patch puts what the server sent into the confirmed state; pure. If it throws, nothing
   *     has happened, and the exception reaches the caller
   * @param includes mutations of this store whose effect is in the patch; they are settled in the
   *     same commit. Ids that were settled before, or that are others', are left alone
   * @throws ClosedException if the store is closed
   */
  void external(UnaryOperator<S> patch, MutationId... includes);

  /**
   * Says which id the server gave to something that was created under a temporary one, where a
   * {@linkplain MutationPlan#creates plan} cannot read it from the answer. Call it before {@link
   * #external} or {@link #acknowledge} brings what was created.
   *
   * @param temporaryId the id of this client's own
   * @param realId the id that the server gave; of the same type
   * @throws ClosedException if the store is closed
   */
  void identify(Object temporaryId, Object realId);

  /**
   * Reads from the server and confirms the answer, unless it may be older than a mutation: making
   * one cancels the read, which begins again when nothing is under way any more.
   *
   * @param <R> the type of the answer
   * @param call reads; given the confirmed state
   * @param patch puts the answer into the confirmed state; pure
   * @return the read; it ends when its answer is confirmed. If mutations never end, neither does it
   * @throws ClosedException if the store is closed
   */
  <R> Task<R> refresh(Call<S, R> call, BiFunction<? super S, ? super R, ? extends S> patch);

  /**
   * Starts to describe how the log is kept in a file: the confirmed state and what is under way,
   * never what is visible.
   *
   * <pre>{@code
   * Persistence kept = board.persistence()
   *     .open(folder.resolve("board.json"), SavedLog.codec(Board.CODEC), executor);
   * }</pre>
   *
   * <p>What is loaded comes to stand under what was done meanwhile: all of it is in the log then,
   * what was stored first. It is sent again as {@link OptimisticBuilder#resuming} says. What this
   * version of the application cannot read is reported, becomes a {@linkplain
   * DeadLetter.Kind#UNKNOWN dead letter}, and stays stored.
   *
   * <p>The share that a mutation of another store has in this one is stored there, with the
   * mutation, and not here. Dead letters are not stored.
   *
   * @return the settings, with the timekeeper of this store
   * @throws IllegalStateException if the store takes any command: only those of {@linkplain
   *     OptimisticBuilder#commands types} can be stored
   */
  PersistenceBuilder<?, SavedLog<S>> persistence();

  /**
   * Starts a timeline of what is visible. While its view stays at an earlier moment, mutations,
   * answers and pushes go on in the store; {@link Timeline#resume} shows where it is by then. An
   * answer that changed nothing visible is no moment.
   *
   * @return the timeline, to close when it is no longer wanted
   */
  Timeline<S, Void> timeline();

  /**
   * Returns what names the mutations of this store.
   *
   * @return the origin of their ids
   */
  String origin();

  /**
   * Returns the real ids that are known.
   *
   * @return the ids as of now
   */
  TemporaryIds ids();

  /**
   * Closes the store: it takes no more mutations, and its signals end. What is under way is
   * cancelled as far as this process is concerned; what was stored is sent again by the next one.
   * Closing again does nothing.
   */
  @Override
  void close();
}
