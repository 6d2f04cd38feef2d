package io.stateward.signal;

/**
 * A signal that follows a publisher until it is closed.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public interface PublishedSignal<T> extends Signal<T>, Subscription {}
