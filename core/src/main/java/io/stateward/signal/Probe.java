package io.stateward.signal;

import io.stateward.signal.internal.Probes;
import org.jspecify.annotations.Nullable;

/**
 * A listener to the library itself: what it commits, evaluates and delivers, and what fails in it.
 *
 * <pre>{@code
 * Subscription watching = Probe.attach(event -> {
 *   if (event instanceof Probe.Delivered delivered) {
 *     metrics.record(delivered.store(), delivered.nanos());
 *   }
 * });
 * }</pre>
 *
 * <p>Metrics, devtools and flight recordings attach here. Failures are events like any other; they
 * are also logged through SLF4J, so that nothing is lost when nobody listens.
 *
 * <p><b>Thread safety.</b> A probe is called by many threads at once.
 *
 * <p><b>Failure.</b> A probe that throws is logged and harms nobody.
 *
 * <p><b>Cost.</b> With no probe attached, one field is read per event and nothing is allocated.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Probe {

  /**
   * Takes one event. It runs inside the work that it reports: hand anything slow to an executor,
   * and update no store.
   *
   * @param event what happened
   */
  void on(Event event);

  /**
   * Attaches a probe to the whole process.
   *
   * @param probe called with every event from now on
   * @return a subscription that detaches it
   */
  static Subscription attach(Probe probe) {
    return Probes.attach(probe);
  }

  /**
   * Tells a failure once, to the log and to every probe: what modules and adapters do with what
   * foreign code throws, where nobody else would hear of it.
   *
   * @param where the store, cache or adapter, by name
   * @param problem what happened and what follows, as a sentence
   * @param cause what was thrown, or null when nothing was
   */
  static void report(String where, String problem, @Nullable Throwable cause) {
    Probes.report(where, problem, cause);
  }

  /** Something that happened in the library. */
  sealed interface Event {}

  /**
   * A store took a new value.
   *
   * @param store the name of the store
   * @param version the version of the new value
   * @param was the value before
   * @param now the new value
   */
  record Committed(String store, long version, @Nullable Object was, @Nullable Object now)
      implements Event {}

  /**
   * A commit was handed to everyone whom it concerns and who is told inline.
   *
   * @param store the name of the store
   * @param version the version that was delivered
   * @param notified how many subscribers were handed a change
   * @param nanos how long that took, evaluation and inline subscribers included, in nanoseconds
   */
  record Delivered(String store, long version, int notified, long nanos) implements Event {}

  /**
   * A function of a derived signal ran.
   *
   * @param signal the name of the signal
   * @param nanos how long it took, in nanoseconds
   * @param changed whether the result differs from the one before
   */
  record Evaluated(String signal, long nanos, boolean changed) implements Event {}

  /**
   * A write that had shown before it was confirmed was settled.
   *
   * @param store the name of the store
   * @param id what tells the write from others
   * @param name what its command is called
   * @param outcome the name of the result, as "Saved" or "Rejected"
   */
  record Settled(String store, String id, String name, String outcome) implements Event {}

  /**
   * Foreign code threw, or something was given up.
   *
   * @param where the store, signal and subscriber, by name
   * @param problem what happened and what follows, as a sentence
   * @param cause what was thrown, or null when nothing was
   */
  record Failed(String where, String problem, @Nullable Throwable cause) implements Event {}
}
