package io.stateward.sync.client;

import java.util.Objects;

/**
 * Who a client is to its hub: an id that everybody in its documents sees, and the key that shows
 * that the id is its own.
 *
 * <p>Thread safety: immutable.
 */
final class Identity {

  private static final int SHORTEST_KEY = 16;
  private static final int LONGEST_KEY = 128;

  final String id;
  final String key; // to be shown to the hub alone
  final boolean isNew; // the outbox does not have it yet

  private Identity(String id, String key, boolean isNew) {
    this.id = id;
    this.key = key;
    this.isNew = isNew;
  }

  /** Returns what the outbox has of it; what that lacks is made. */
  static Identity of(OutboxContent content, SyncClientBuilder settings) {
    String id = content.client();
    String key = content.key();
    return new Identity(
        id == null ? newId(settings) : id,
        key == null ? newKey(settings) : key,
        id == null || key == null);
  }

  private static String newId(SyncClientBuilder settings) {
    return "%016x%016x".formatted(settings.random.nextLong(), settings.random.nextLong());
  }

  private static String newKey(SyncClientBuilder settings) {
    String key = Objects.requireNonNull(settings.keys.get(), "key");
    if (key.length() < SHORTEST_KEY || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "The key of a client has from %d to %d characters; this has %d."
              .formatted(SHORTEST_KEY, LONGEST_KEY, key.length()));
    }
    return key;
  }
}
