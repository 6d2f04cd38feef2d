package io.stateward.sync.hub;

import io.stateward.persist.RecordStore;
import io.stateward.sync.protocol.ProtocolException;

/** Which names clients may give. */
final class Names {

  static final int LONGEST_CLIENT = 64;
  static final int LONGEST_DOCUMENT = RecordStore.LONGEST_KEY;

  private Names() {}

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
