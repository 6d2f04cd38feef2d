package io.stateward.signal;

/**
 * A signal whose value comes from outside, until it is closed; then it keeps the last one.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public interface PublishedSignal<T> extends Signal<T>, Subscription {}
