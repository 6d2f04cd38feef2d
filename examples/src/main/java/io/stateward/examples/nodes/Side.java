package io.stateward.examples.nodes;

import java.util.Locale;

/** The two ways that are shown beside each other. */
enum Side {
  /** With the library. */
  CACHED,
  /** The usual cache-aside. */
  NAIVE;

  /** The name of it on the page. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
