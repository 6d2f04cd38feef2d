package io.stateward.sync.hub;

import io.stateward.persist.RecordStore;
import io.stateward.sync.protocol.ProtocolException;

/** Which names clients may give. */
final class Names {

  static final int LONGEST_CLIENT = 64;
  static final int SHORTEST_KEY = 16;
  static final int LONGEST_KEY = 128;
  static final int LONGEST_DOCUMENT = RecordStore.LONGEST_KEY;

  private Names() {}

  /** Throws unless a client's key can be one; what it says does not show it. */
  static void checkKey(String key) {
    check("key", key, LONGEST_KEY);
    if (key.length() < SHORTEST_KEY) {
      throw new ProtocolException(
          "malformed",
          "'key' has at least %d characters, made at random; this has %d."
              .formatted(SHORTEST_KEY, key.length()));
    }
  }

  /** Throws unless a name is short enough and has no half of a surrogate pair. */
  static void check(String what, String name, int longest) {
    if (name.length() > longest) {
      throw new ProtocolException(
          "malformed",
          "'%s' has at most %d characters; this has %d.".formatted(what, longest, name.length()));
    }
    if (!Utf8.isWhole(name)) {
      throw new ProtocolException(
          "malformed", "'%s' has half a surrogate pair, so it is no text.".formatted(what));
    }
  }
}
