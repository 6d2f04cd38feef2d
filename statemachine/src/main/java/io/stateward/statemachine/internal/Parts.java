package io.stateward.statemachine.internal;

import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A position taken apart, by names: what is stored of it, and what one is made of again.
 *
 * @param leaves the names of the active leaves
 * @param data of the regions, by the names of those that have some; the root has the machine's name
 * @param contexts by the types that they are declared with
 * @param histories what they remember, by their names
 * @param timers in the order of beginning
 * @param invocations in the order of beginning
 * @param deferred the events that wait, in the order of coming
 * @param next the number of the next timer or invocation
 * @param time of the last step, or null if that does not matter
 * @param ended whether the machine was told to end, in whatever state
 */
public record Parts(
    List<String> leaves,
    Map<String, Object> data,
    Map<Class<?>, Object> contexts,
    Map<String, List<Kept>> histories,
    List<PendingTimer> timers,
    List<Invocation> invocations,
    List<Object> deferred,
    long next,
    @Nullable Instant time,
    boolean ended) {

  /** Copies the collections; maps keep their order. */
  public Parts {
    leaves = List.copyOf(leaves);
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
    histories = Collections.unmodifiableMap(new LinkedHashMap<>(histories));
    timers = List.copyOf(timers);
    invocations = List.copyOf(invocations);
    deferred = List.copyOf(deferred);
  }

  /**
   * A state that a history remembers.
   *
   * @param state its name
   * @param data its data, or null if it holds none
   */
  public record Kept(String state, @Nullable Object data) {}

  /** Returns the same with other timers. */
  public Parts timers(List<PendingTimer> others) {
    return new Parts(
        leaves, data, contexts, histories, others, invocations, deferred, next, time, ended);
  }

  /** Returns the same with other invocations. */
  public Parts invocations(List<Invocation> others) {
    return new Parts(
        leaves, data, contexts, histories, timers, others, deferred, next, time, ended);
  }
}
