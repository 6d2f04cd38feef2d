package io.stateward.statemachine.internal;

import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a position has besides a leaf and its data; most positions of flat charts have none of it.
 *
 * @param active the active states as words of bits, or null if one leaf is active
 * @param slots the data by slot, but for the first slot; null if there is none
 * @param history what the histories remember, by their numbers; null if nothing
 * @param timers what is waited for, in the order of beginning
 * @param invocations the work under way, in the order of beginning
 * @param deferred the events that wait, in the order of coming
 * @param next the number of the next timer or invocation
 * @param time of the last step, or null if that does not matter
 * @param ended whether the machine was told to end, in whatever state
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, below
record Extras(
    long @Nullable [] active,
    @Nullable Object @Nullable [] slots,
    @Nullable Remembered @Nullable [] history,
    List<PendingTimer> timers,
    List<Invocation> invocations,
    List<Object> deferred,
    long next,
    @Nullable Instant time,
    boolean ended) {

  /** What a position has that has nothing of it. */
  static final Extras NONE =
      new Extras(null, null, null, List.of(), List.of(), List.of(), 0, null, false);

  /** Whether there is anything at all. */
  boolean any() {
    return active != null
        || slots != null
        || history != null
        || !timers.isEmpty()
        || !invocations.isEmpty()
        || !deferred.isEmpty()
        || next != 0
        || time != null
        || ended;
  }

  /** Returns a word of the active states. */
  long active(int word) {
    long[] words = active;
    return words == null ? 0 : words[word];
  }

  /** Returns the same with other states, data and time. */
  Extras with(long @Nullable [] words, @Nullable Object @Nullable [] values, @Nullable Instant at) {
    return new Extras(words, values, history, timers, invocations, deferred, next, at, ended);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Extras it
        && Arrays.equals(active, it.active)
        && Arrays.equals(slots, it.slots)
        && Arrays.equals(history, it.history)
        && timers.equals(it.timers)
        && invocations.equals(it.invocations)
        && deferred.equals(it.deferred)
        && next == it.next
        && Objects.equals(time, it.time)
        && ended == it.ended;
  }

  @Override
  public int hashCode() {
    int arrays = Arrays.hashCode(active) * 31 + Arrays.hashCode(slots);
    return Objects.hash(
        arrays, Arrays.hashCode(history), timers, invocations, deferred, next, time, ended);
  }
}
