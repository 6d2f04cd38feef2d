package io.stateward.flow;

import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before each retry.
 *
 * <pre>{@code
 * Backoff backoff = Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30));
 * Backoff gentle = retry -> Duration.ofSeconds(retry); // 1 s, 2 s, 3 s, ...
 * }</pre>
 *
 * <p><b>Thread safety.</b> Those made here are safe for any number of threads; others have to be.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Backoff {

  /**
   * Returns how long to wait before a retry.
   *
   * @param retry which one: 1 for the first, after the first failure
   * @return the time to wait; zero or less for none
   */
  Duration delay(int retry);

  /**
   * Returns delays that are random, below a bound that doubles with each retry up to a cap. That is
   * exponential back-off with "full jitter", which spreads those who failed together best for the
   * work it causes: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
   *
   * @param base the bound for the first retry, exclusive; more than zero
   * @param cap the highest bound, exclusive; at least the base
   * @return the back-off
   * @throws IllegalArgumentException if the base is not more than zero, or above the cap
   */
  static Backoff exponential(Duration base, Duration cap) {
    return new FullJitter(base, cap, ThreadLocalRandom::current);
  }

  /**
   * Returns delays as {@link #exponential(Duration, Duration)} does, by a source of randomness of
   * your own; one with a seed gives the same delays each time.
   *
   * @param base the bound for the first retry, exclusive; more than zero
   * @param cap the highest bound, exclusive; at least the base
   * @param random where the delays are drawn from
   * @return the back-off
   * @throws IllegalArgumentException if the base is not more than zero, or above the cap
   */
  static Backoff exponential(Duration base, Duration cap, Random random) {
    Objects.requireNonNull(random, "random");
    return new FullJitter(base, cap, () -> random);
  }

  /**
   * Returns the same delay each time.
   *
   * @param delay how long to wait; zero for not at all
   * @return the back-off
   * @throws IllegalArgumentException if the delay is negative
   */
  static Backoff fixed(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(
          "The delay before a retry is not negative, as %s is.".formatted(delay));
    }
    return retry -> delay;
  }
}
