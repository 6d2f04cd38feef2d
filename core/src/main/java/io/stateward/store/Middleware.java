package io.stateward.store;

import io.stateward.time.Timekeeper;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a reducing store runs besides its reducer: around a dispatch, before a commit, or after one.
 *
 * <pre>{@code
 * store.use(Middleware.logging(LoggerFactory.getLogger("board")));
 * store.use(Middleware.checking((before, after) -> after.balance() < 0 ? "overdrawn" : null));
 * store.use(Middleware.recording(commit -> journal.append(commit.actions())));
 * }</pre>
 *
 * <p>Three kinds exist, because they run at three places. {@link Around} runs outside of any lock
 * and may do anything: pass the action on, change it, hold it back. {@link Check} is pure and runs
 * under the lock, between the reducer and the commit, so what it accepts is what gets committed.
 * {@link Recorder} is told after each commit, in the order of versions.
 *
 * <p><b>Thread safety.</b> A store calls it on the threads that dispatch: {@link Around} on any
 * number at once, so that it has to be safe for that; {@link Check} and {@link Recorder} one at a
 * time for each store.
 *
 * <p><b>Ordering.</b> Within a kind, what was {@linkplain ReducingStore#use used} first comes
 * first: it is the outermost around a dispatch, the first to object, the first to record.
 *
 * <p><b>Failure.</b> What throws before the commit reaches who dispatched, and nothing is
 * committed. What throws after it is reported: the commit stands, and who dispatched is told so.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @since 0.1
 */
public sealed interface Middleware<S, A> {

  /**
   * Runs around each dispatch. Plain updates of a reducing store have no action and pass it by.
   *
   * <p>No lock is held, unless the dispatch is made in the body of {@link Store#atomically}, which
   * holds some already.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   */
  @FunctionalInterface
  non-sealed interface Around<S, A> extends Middleware<S, A> {

    /**
     * Takes an action.
     *
     * @param action the action
     * @param next the rest of its way
     * @return what came of it: most often what {@code next} returned
     */
    Dispatched<S> around(A action, Next<S, A> next);
  }

  /**
   * Looks at each next state before it is committed, that of a plain update as well.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   */
  @FunctionalInterface
  non-sealed interface Check<S, A> extends Middleware<S, A> {

    /**
     * Says what is wrong with a state. Pure: it runs under the lock of the store.
     *
     * @param before the state that stands
     * @param after the state that is to be committed; not the identical one
     * @return why not, as a part of a sentence; null if nothing is wrong
     */
    @Nullable String objection(S before, S after);
  }

  /**
   * Is told of each commit, that of a plain update as well: once, in the order of versions, one at
   * a time, on a thread that commits. If it throws, that is reported, and it is told of the next
   * one all the same.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   */
  @FunctionalInterface
  non-sealed interface Recorder<S, A> extends Middleware<S, A> {

    /**
     * Takes a commit.
     *
     * @param commit the commit
     */
    void committed(Commit<S, A> commit);
  }

  /**
   * Makes a middleware that runs around each dispatch.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param around what to run
   * @return the middleware
   */
  static <S, A> Middleware<S, A> around(Around<S, A> around) {
    return Objects.requireNonNull(around, "around");
  }

  /**
   * Makes a middleware that may refuse a commit.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param check says what is wrong with the next state, or returns null; pure
   * @return the middleware
   */
  static <S, A> Middleware<S, A> checking(Check<S, A> check) {
    return Objects.requireNonNull(check, "check");
  }

  /**
   * Makes a middleware that is told of every commit.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param recorder called with each commit
   * @return the middleware
   */
  static <S, A> Middleware<S, A> recording(Recorder<S, A> recorder) {
    return Objects.requireNonNull(recorder, "recorder");
  }

  /**
   * Makes a middleware that logs what came of each dispatch, at level DEBUG.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param logger where to; while it does not log at that level, nothing is formatted
   * @return the middleware
   */
  static <S, A> Middleware<S, A> logging(Logger logger) {
    return new Logging<>(Objects.requireNonNull(logger, "logger"));
  }

  /**
   * Makes a middleware that measures how long each dispatch takes: the middleware after it, the
   * reducer, and the subscribers that are told inline.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param timekeeper whose time it is
   * @param taken called after each dispatch, one that threw included, with the action and the
   *     nanoseconds that it took
   * @return the middleware
   */
  static <S, A> Middleware<S, A> timing(Timekeeper timekeeper, ObjLongConsumer<? super A> taken) {
    return new Timing<>(
        Objects.requireNonNull(timekeeper, "timekeeper"), Objects.requireNonNull(taken, "taken"));
  }
}
