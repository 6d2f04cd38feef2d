package io.stateward.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leases and intents of a cache in memory: what is between an absent entry and the next one.
 * One thread at a time.
 */
final class MemoryClaims {

  private static final int STEPS = 2;
  private static final Claims NONE = new Claims(null, List.of());

  private final MemoryHand<Claims> claims;

  MemoryClaims() {
    this(new MemoryHand<>());
  }

  private MemoryClaims(MemoryHand<Claims> claims) {
    this.claims = claims;
  }

  MemoryClaims copy() {
    return new MemoryClaims(claims.copy());
  }

  int size() {
    return claims.map().size();
  }

  boolean intended(String key, long now) {
    return !at(key, now).intents.isEmpty();
  }

  /** Returns how long the lease on a key still holds; null if there is none. */
  @Nullable Duration leased(String key, long now) {
    Held lease = at(key, now).lease;
    return lease == null ? null : Duration.ofNanos(lease.untilNanos - now);
  }

  void lease(String key, String token, long connection, Duration limit, long now) {
    Held lease = new Held(token, connection, MemoryTime.after(now, limit));
    put(key, new Claims(lease, at(key, now).intents), now);
  }

  /** Ends the lease on a key if it is this one; tells whether it was, and nobody writes. */
  boolean use(String key, String token, long connection, long now) {
    Claims before = at(key, now);
    if (!before.leasedTo(token, connection)) {
      return false;
    }
    put(key, new Claims(null, before.intents), now);
    return before.intents.isEmpty();
  }

  void endLease(String key, long now) {
    put(key, new Claims(null, at(key, now).intents), now);
  }

  /** Adds an intent, which takes the lease if it is the only one. */
  void intend(String key, String token, long connection, Duration limit, long now) {
    Held intent = new Held(token, connection, MemoryTime.after(now, limit));
    List<Held> intents = new ArrayList<>(at(key, now).intents);
    intents.add(intent);
    put(key, new Claims(intents.size() == 1 ? intent : null, List.copyOf(intents)), now);
  }

  /** Ends an intent; tells whether the lease was still its own, and no other is outstanding. */
  boolean end(String key, String token, long connection, long now) {
    Claims before = at(key, now);
    List<Held> others = before.intents.stream().filter(held -> !held.token.equals(token)).toList();
    put(key, new Claims(before.lease, others), now);
    return others.isEmpty() && before.intents.size() == 1 && before.leasedTo(token, connection);
  }

  /** Ends all leases of a connection. */
  void endLeasesOf(long connection, long now) {
    claims.map().forEach((key, held) -> endLeaseOf(key, held, connection, now));
  }

  private void endLeaseOf(String key, Claims held, long connection, long now) {
    if (held.lease != null && held.lease.connection == connection) {
      endLease(key, now);
    }
  }

  /** Ends all leases. */
  void endLeases(long now) {
    claims.map().keySet().forEach(key -> endLease(key, now));
  }

  private Claims at(String key, long now) {
    return claims.map().getOrDefault(key, NONE).at(now);
  }

  private void put(String key, Claims held, long now) {
    store(key, held);
    for (int step = 0; step < STEPS; step++) {
      String next = claims.next();
      if (next != null) {
        store(next, at(next, now));
      }
    }
  }

  private void store(String key, Claims held) {
    if (held.lease == null && held.intents.isEmpty()) {
      claims.map().remove(key);
    } else {
      claims.map().put(key, held);
    }
  }

  @Override
  public String toString() {
    return claims.map().toString();
  }

  private record Held(String token, long connection, long untilNanos) {}

  /** Those of one key. */
  private record Claims(@Nullable Held lease, List<Held> intents) {

    boolean leasedTo(String token, long connection) {
      return lease != null && lease.token.equals(token) && lease.connection == connection;
    }

    /** Returns what of them is not over by now. */
    Claims at(long now) {
      boolean leased = lease != null && lease.untilNanos - now > 0;
      List<Held> left = intents.stream().filter(held -> held.untilNanos - now > 0).toList();
      return new Claims(leased ? lease : null, left);
    }
  }
}
