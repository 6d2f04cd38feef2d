package io.stateward.signal;

import org.jspecify.annotations.Nullable;

/**
 * What a derived signal's function reads other signals through, so that its reads are tracked.
 *
 * <p>All reads of one evaluation come from one moment. A reader is valid during the evaluation that
 * it was made for, on the thread that evaluates; to read without depending, call {@link
 * Signal#get()}.
 *
 * <p><b>Thread safety.</b> Confined to the evaluation.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Reader {

  /**
   * Returns the value of a signal and makes the evaluation depend on it.
   *
   * @param <T> the type of the value
   * @param signal the signal to read
   * @return its value
   * @throws SignalFailedException if that signal failed; letting it pass fails this one too
   * @throws IllegalStateException if the evaluation is over, or the signal depends on itself
   */
  <T extends @Nullable Object> T get(Signal<T> signal);
}
