package io.stateward.examples.nodes;

import io.stateward.examples.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** How the source is written and the cache told. */
enum WriteMode {
  /** The source first, then the key is invalidated. */
  AFTER,
  /** The write is announced, done, and the key invalidated. */
  INTENT,
  /** The write is announced, done, and what was written stored. */
  THROUGH;

  static WriteMode named(String name) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badInput(
                    "There is no way of writing '%s'. There are after, intent and through."
                        .formatted(name)));
  }
}
