package io.stateward.signal;

/**
 * The one way to stop, everywhere: closing it ends whatever it stands for.
 *
 * <p>After {@link #close()} returns, no callback begins. One that another thread has begun may
 * still be running; {@code close} does not wait for it, so that a callback may close its own
 * subscription, or any other, without a deadlock.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> Closing never throws; closing again does nothing.
 *
 * <p><b>Cost.</b> O(1).
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  @Override
  void close();
}
