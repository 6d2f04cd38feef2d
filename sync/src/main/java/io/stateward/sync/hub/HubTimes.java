package io.stateward.sync.hub;

import java.time.Duration;

/**
 * How long a hub waits for what.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param heartbeat how often each side pings; who is silent for 2.5 times as long is gone
 * @param hello how long a connection may take to say who it is
 * @param idle how long a document stays open that nobody subscribes to
 * @param retention for how long a client that is away is remembered, as far as its document is open
 *     meanwhile: its place in the history is kept, and what became of its changes
 * @param retry after how long clients are told to come again when something is unavailable
 * @since 0.1
 */
public record HubTimes(
    Duration heartbeat, Duration hello, Duration idle, Duration retention, Duration retry) {

  private static final HubTimes STANDARD =
      new HubTimes(
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofDays(7),
          Duration.ofSeconds(1));

  /**
   * Checks that all are positive.
   *
   * @param heartbeat how often each side pings; who is silent for 2.5 times as long is gone
   * @param hello how long a connection may take to say who it is
   * @param idle how long a document stays open that nobody subscribes to
   * @param retention for how long a client that is away is remembered
   * @param retry after how long clients are told to come again when something is unavailable
   * @throws IllegalArgumentException if one is not positive
   */
  public HubTimes {
    check("heartbeat", heartbeat);
    check("hello", hello);
    check("idle", idle);
    check("retention", retention);
    check("retry", retry);
  }

  private static void check(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "'%s' is longer than zero, not %s.".formatted(name, duration));
    }
  }

  /**
   * Returns the times that hold where none are given: heartbeat 15 seconds, hello 10 seconds, idle
   * 1 minute, retention 7 days, retry 1 second.
   *
   * @return the times
   */
  public static HubTimes standard() {
    return STANDARD;
  }

  /**
   * Returns these times with another heartbeat.
   *
   * @param interval how often each side pings
   * @return the times
   */
  public HubTimes withHeartbeat(Duration interval) {
    return new HubTimes(interval, hello, idle, retention, retry);
  }

  /**
   * Returns these times with another wait for the first frame.
   *
   * @param longest how long a connection may take to say who it is
   * @return the times
   */
  public HubTimes withHello(Duration longest) {
    return new HubTimes(heartbeat, longest, idle, retention, retry);
  }

  /**
   * Returns these times with another wait before an unused document is closed.
   *
   * @param after how long a document stays open that nobody subscribes to
   * @return the times
   */
  public HubTimes withIdle(Duration after) {
    return new HubTimes(heartbeat, hello, after, retention, retry);
  }

  /**
   * Returns these times with another retention.
   *
   * @param atLeast for how long a client that is away is remembered
   * @return the times
   */
  public HubTimes withRetention(Duration atLeast) {
    return new HubTimes(heartbeat, hello, idle, atLeast, retry);
  }

  /**
   * Returns these times with another wait before clients come again.
   *
   * @param after after how long
   * @return the times
   */
  public HubTimes withRetry(Duration after) {
    return new HubTimes(heartbeat, hello, idle, retention, after);
  }
}
