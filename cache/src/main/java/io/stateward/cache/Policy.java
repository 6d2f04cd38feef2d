package io.stateward.cache;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How long a cache keeps what it has, and what it does when the loader is slow or fails.
 *
 * <pre>{@code
 * Policy.ttl(Duration.ofHours(1))
 *     .staleWhileRevalidate(Duration.ofMinutes(1))   // after its hour: served while it is refreshed
 *     .failSafe(Duration.ofHours(6))                 // after its hour: served if the loader fails
 *     .absent(Duration.ofSeconds(30))                // that there is none is known for so long
 *     .softTimeout(Duration.ofMillis(200))           // after that, what is stale will do
 *     .hardTimeout(Duration.ofSeconds(5));           // after that, the load has failed
 * }</pre>
 *
 * <p>What is known to be invalidated is never served, by none of these. While the layer does not
 * answer, memory is not a hit after the bound, however fresh it is. If the loader fails then, or
 * takes longer than the soft time-out, fail-safe may serve it as stale, until its own time after it
 * was fresh is over; that may be what another instance invalidated meanwhile. Without fail-safe the
 * read fails.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param ttl how long a value is fresh; more than zero
 * @param staleWhileRevalidate for how long after that it may be served, while it is refreshed
 * @param failSafe for how long after it was fresh it may be served if the loader fails, or takes
 *     longer than the soft time-out
 * @param absent how long it is known that there is no value; zero asks each time
 * @param failure how long a failure is the answer without asking the loader again; in the memory of
 *     each instance
 * @param softTimeout how long a reader waits for the loader if there is a stale value that may be
 *     served; zero for as long as it takes
 * @param hardTimeout how long a load may take before it has failed; zero for as long as it takes
 * @param eager how early a value is refreshed in the background before its time is over, by chance:
 *     1 is what is optimal for loads of an exponential length, more is earlier, zero is never (A.
 *     Vattani, F. Chierichetti, K. Lowenstein, "Optimal Probabilistic Cache Stampede Prevention",
 *     VLDB 2015)
 * @param bound how long memory is served without a word that nothing was missed
 * @param heartbeat how often that is asked for
 * @param lease how long a load may take before another instance loads as well; what comes later is
 *     not stored. A write may take so long, too, before what is read meanwhile is stored
 * @param replicaLag for how long after an invalidation loaders are told to {@linkplain
 *     Load#preferPrimary avoid replicas}
 * @param writes what becomes of a write while the layer does not answer
 * @since 0.1
 */
public record Policy(
    Duration ttl,
    Duration staleWhileRevalidate,
    Duration failSafe,
    Duration absent,
    Duration failure,
    Duration softTimeout,
    Duration hardTimeout,
    double eager,
    Duration bound,
    Duration heartbeat,
    Duration lease,
    Duration replicaLag,
    WritePolicy writes) {

  /**
   * Checks the parts.
   *
   * @param ttl how long a value is fresh
   * @param staleWhileRevalidate for how long after that it may be served
   * @param failSafe for how long after it was fresh it may be served if the loader fails
   * @param absent how long it is known that there is no value
   * @param failure how long a failure is the answer
   * @param softTimeout how long a reader waits
   * @param hardTimeout how long a load may take
   * @param eager how early a value is refreshed
   * @param bound how long memory is served without a word
   * @param heartbeat how often that is asked for
   * @param lease how long a load may take before another instance loads
   * @param replicaLag for how long loaders avoid replicas
   * @param writes what becomes of a write while the layer does not answer
   */
  public Policy {
    positive("ttl", ttl);
    notNegative("staleWhileRevalidate", staleWhileRevalidate);
    notNegative("failSafe", failSafe);
    notNegative("absent", absent);
    notNegative("failure", failure);
    notNegative("softTimeout", softTimeout);
    notNegative("hardTimeout", hardTimeout);
    positive("bound", bound);
    positive("heartbeat", heartbeat);
    positive("lease", lease);
    notNegative("replicaLag", replicaLag);
    Objects.requireNonNull(writes, "writes");
    if (!(eager >= 0 && eager < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "eager is zero or more and finite, not %s.".formatted(eager));
    }
    if (heartbeat.compareTo(bound) >= 0) {
      throw new IllegalArgumentException(
          "A heartbeat of %s is too slow for a bound of %s: memory would not be served between beats. Give bound(...) several beats."
              .formatted(heartbeat, bound));
    }
  }

  /**
   * Returns the policy with a time to live, and nothing else: a value is served while it is fresh.
   * That there is none is known for as long, at most a minute; failures are not remembered; memory
   * is bound to 2 s, with a beat each 500 ms; leases hold 10 s; writes fail while the layer does
   * not answer.
   *
   * @param fresh how long a value is fresh; more than zero
   * @return the policy
   * @throws IllegalArgumentException if the time is zero or less
   */
  public static Policy ttl(Duration fresh) {
    Duration minute = Duration.ofMinutes(1);
    return new Policy(
        fresh,
        Duration.ZERO,
        Duration.ZERO,
        fresh.compareTo(minute) < 0 ? fresh : minute,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        0,
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        Duration.ZERO,
        WritePolicy.FAIL);
  }

  /**
   * Serves a value for some time after it was fresh, while it is refreshed in the background.
   *
   * @param value how long
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy staleWhileRevalidate(Duration value) {
    return with(parts -> parts.staleWhileRevalidate = value);
  }

  /**
   * Serves a value for some time after it was fresh, if the loader fails.
   *
   * @param value how long
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy failSafe(Duration value) {
    return with(parts -> parts.failSafe = value);
  }

  /**
   * Limits how long it is known that there is no value.
   *
   * @param value how long; zero asks each time
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy absent(Duration value) {
    return with(parts -> parts.absent = value);
  }

  /**
   * Remembers failures for some time, in which the loader is not asked again.
   *
   * @param value how long; zero asks each time
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy failure(Duration value) {
    return with(parts -> parts.failure = value);
  }

  /**
   * Limits how long a reader waits if there is a stale value that {@link #failSafe} lets it have;
   * the load goes on, and what it brings is stored.
   *
   * @param value how long; zero for as long as it takes
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy softTimeout(Duration value) {
    return with(parts -> parts.softTimeout = value);
  }

  /**
   * Limits how long a load may take; then it is cancelled, and has failed.
   *
   * @param value how long; zero for as long as it takes
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy hardTimeout(Duration value) {
    return with(parts -> parts.hardTimeout = value);
  }

  /**
   * Refreshes a value in the background before its time is over, by chance, and the earlier the
   * longer its load took.
   *
   * @param value how early: 1 is a good start, zero is never
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy eager(double value) {
    return with(parts -> parts.eager = value);
  }

  /**
   * Limits how long memory is served without a word that nothing was missed.
   *
   * @param value how long; more than the heartbeat
   * @return the policy with that
   * @throws IllegalArgumentException if it is not more than the heartbeat
   */
  public Policy bound(Duration value) {
    return with(parts -> parts.bound = value);
  }

  /**
   * Sets how often it is asked whether something was missed.
   *
   * @param value how often; less than the bound
   * @return the policy with that
   * @throws IllegalArgumentException if it is not less than the bound, or not more than zero
   */
  public Policy heartbeat(Duration value) {
    return with(parts -> parts.heartbeat = value);
  }

  /**
   * Sets how long a load or a write may take before others do not wait for it any more.
   *
   * @param value how long; more than zero
   * @return the policy with that
   * @throws IllegalArgumentException if it is not more than zero
   */
  public Policy lease(Duration value) {
    return with(parts -> parts.lease = value);
  }

  /**
   * Tells loaders for some time after an invalidation to avoid replicas.
   *
   * @param value how long; zero for never
   * @return the policy with that
   * @throws IllegalArgumentException if it is negative
   */
  public Policy replicaLag(Duration value) {
    return with(parts -> parts.replicaLag = value);
  }

  /**
   * Says what becomes of a write while the layer does not answer.
   *
   * @param value whether it fails, or its invalidation waits
   * @return the policy with that
   */
  public Policy writes(WritePolicy value) {
    return with(parts -> parts.writes = value);
  }

  /** The parts of a policy, of which one is about to differ. Confined to {@link #with}. */
  private static final class Parts {
    Duration ttl;
    Duration staleWhileRevalidate;
    Duration failSafe;
    Duration absent;
    Duration failure;
    Duration softTimeout;
    Duration hardTimeout;
    double eager;
    Duration bound;
    Duration heartbeat;
    Duration lease;
    Duration replicaLag;
    WritePolicy writes;

    Parts(Policy policy) {
      ttl = policy.ttl;
      staleWhileRevalidate = policy.staleWhileRevalidate;
      failSafe = policy.failSafe;
      absent = policy.absent;
      failure = policy.failure;
      softTimeout = policy.softTimeout;
      hardTimeout = policy.hardTimeout;
      eager = policy.eager;
      bound = policy.bound;
      heartbeat = policy.heartbeat;
      lease = policy.lease;
      replicaLag = policy.replicaLag;
      writes = policy.writes;
    }

    Policy together() {
      return new Policy(
          ttl,
          staleWhileRevalidate,
          failSafe,
          absent,
          failure,
          softTimeout,
          hardTimeout,
          eager,
          bound,
          heartbeat,
          lease,
          replicaLag,
          writes);
    }
  }

  private Policy with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.together();
  }

  /** How long something is kept that is fresh for so long. */
  Duration kept(Duration fresh) {
    Duration longer =
        staleWhileRevalidate.compareTo(failSafe) < 0 ? failSafe : staleWhileRevalidate;
    return MemoryTime.sum(fresh, longer);
  }

  static Duration positive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s is more than zero, not %s.".formatted(name, duration));
    }
    return duration;
  }

  private static void notNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("%s is not negative, as %s is.".formatted(name, duration));
    }
  }
}
