package io.stateward.history;

import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.store.Reducer;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.util.List;

/**
 * Time travel for developers: the latest commits of a store, and a view that can stay at any of
 * them while the store goes on.
 *
 * <pre>{@code
 * Timeline<Board, Move> timeline = Timeline.of(store);
 * Signal<Board> shown = timeline.view();          // what the page reads
 * timeline.jump(17);                              // shown stays at version 17
 * timeline.skip(12);                              // shown is 17 without what happened at 12
 * timeline.includeAll();
 * timeline.resume();                              // shown is the store again
 * }</pre>
 *
 * <p>A timeline writes nothing: the store is as it is, whatever is looked at. An application that
 * is to travel reads {@link #view} instead of its store.
 *
 * <p>Of a {@link ReducingStore}, commits can be skipped: the view then shows what the other actions
 * make without them. Only what follows the first skipped commit is computed anew, up to where it
 * makes no difference any more, and the states are kept. A plain update has no action to repeat, so
 * what it made is shown as it was. An action that changed nothing was no commit, and is not
 * repeated either.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> Moments are in the order of commits. A commit is in the timeline when it is
 * delivered, as for any subscriber.
 *
 * <p><b>Failure.</b> A reducer that throws when it is repeated is reported, and its action changes
 * nothing in the view.
 *
 * <p><b>Cost.</b> A commit costs O(log moments). Jumping is O(log moments), since every state is
 * kept; states that share structure are kept for what differs between them. Skipping costs one call
 * of the reducer for each action after it, at most.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions; {@link Void} where there are none
 * @since 0.1
 */
public interface Timeline<S, A> extends AutoCloseable {

  /** How many moments are kept unless chosen. */
  int DEFAULT_MOMENTS = 10_000;

  /**
   * Starts a timeline of a store without actions, or of a slice.
   *
   * @param <S> the type of the state
   * @param store the store
   * @return the timeline, to close when it is no longer wanted
   */
  static <S> Timeline<S, Void> of(Store<S> store) {
    return of(store, DEFAULT_MOMENTS, Timekeeper.system());
  }

  /**
   * Starts a timeline of a store without actions, or of a slice.
   *
   * @param <S> the type of the state
   * @param store the store
   * @param most how many moments are kept; one more drops the oldest; at least 1
   * @param timekeeper whose wall clock dates the moments; it is read under the store's lock
   * @return the timeline, to close when it is no longer wanted
   */
  static <S> Timeline<S, Void> of(Store<S> store, int most, Timekeeper timekeeper) {
    return RecordingTimeline.of(store, most, timekeeper);
  }

  /**
   * Starts a timeline of a store with actions, which are repeated by the reducer of the store.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param store the store
   * @return the timeline, to close when it is no longer wanted
   */
  static <S, A> Timeline<S, A> of(ReducingStore<S, A> store) {
    return of(store, store.reducer());
  }

  /**
   * Starts a timeline of a store with actions, which are repeated by a reducer of your own: one
   * that is put right, for example.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param store the store
   * @param reducer what follows from an action where the timeline repeats it
   * @return the timeline, to close when it is no longer wanted
   */
  static <S, A> Timeline<S, A> of(ReducingStore<S, A> store, Reducer<S, A> reducer) {
    return of(store, reducer, DEFAULT_MOMENTS, Timekeeper.system());
  }

  /**
   * Starts a timeline of a store with actions, which are repeated by a reducer of your own: one
   * that is put right, for example.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param store the store
   * @param reducer what follows from an action where the timeline repeats it
   * @param most how many moments are kept; one more drops the oldest; at least 1
   * @param timekeeper whose wall clock dates the moments; it is read under the store's lock
   * @return the timeline, to close when it is no longer wanted
   */
  static <S, A> Timeline<S, A> of(
      ReducingStore<S, A> store, Reducer<S, A> reducer, int most, Timekeeper timekeeper) {
    return RecordingTimeline.of(store, reducer, most, timekeeper);
  }

  /**
   * Opens a saved timeline, for example one that came with a report of a fault. It has no store;
   * the states after actions are computed by the reducer, as it is now.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param saved the timeline
   * @param reducer what follows from an action; {@code (state, action) -> state} where there are
   *     none
   * @return the timeline
   */
  static <S, A> Timeline<S, A> open(SavedTimeline<S, A> saved, Reducer<S, A> reducer) {
    return RecordingTimeline.open(saved, reducer);
  }

  /**
   * Returns the state that is looked at: that of the store, or the one that the view is pinned to,
   * without what is skipped.
   *
   * @return the same signal each time
   */
  Signal<S> view();

  /**
   * Returns what there is to show about this timeline.
   *
   * @return a signal of the status
   */
  Signal<TimelineStatus> status();

  /**
   * Returns the moments that are kept.
   *
   * @return the moments, oldest first: a list that does not change, whose elements are made as they
   *     are asked for
   */
  List<Moment<S, A>> moments();

  /**
   * Pins the view to the moment at a version, or to the latest before it.
   *
   * @param version a version of the store, not before the oldest one kept and not after the newest
   * @return the moment; for the oldest version, one that changes nothing
   */
  MomentResult<S, A> jump(long version);

  /**
   * Pins the view one moment before the one that it shows.
   *
   * @return the moment, if there is one
   */
  MomentResult<S, A> stepBack();

  /**
   * Pins the view one moment after the one that it shows.
   *
   * @return the moment, if there is one; the view stays pinned at the newest one too
   */
  MomentResult<S, A> stepForward();

  /** Lets the view follow the store again. What is skipped stays skipped. */
  void resume();

  /**
   * Leaves a commit out of what is shown.
   *
   * @param version the version of the commit, exactly
   * @return the moment, if it is kept
   */
  MomentResult<S, A> skip(long version);

  /**
   * Takes a commit that was skipped in again.
   *
   * @param version the version of the commit, exactly
   * @return the moment, if it is kept
   */
  MomentResult<S, A> include(long version);

  /** Takes everything in again that was skipped, also what was dropped since; calls no reducer. */
  void includeAll();

  /**
   * Runs a body and labels the commits that this thread makes in it. For commits without an action
   * it is the only cause that is known.
   *
   * @param label says why
   * @param body changes the store
   */
  void label(String label, Runnable body);

  /** Forgets every moment. The view stays where it is pinned. */
  void clear();

  /**
   * Returns the timeline as a value, to keep or send it.
   *
   * @return the state that it starts from and what happened since; {@link SavedTimeline#codec}
   *     turns it into JSON
   */
  SavedTimeline<S, A> save();

  /**
   * Ends the recording. What was recorded can still be looked at. Closing again does nothing.
   *
   * @throws NestedUpdateException if an updater does it
   */
  @Override
  void close();
}
