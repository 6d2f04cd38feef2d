package io.stateward.examples.nodes;

import java.util.List;

/**
 * A read, as the page shows it.
 *
 * @param number counted up from 1
 * @param node A or B
 * @param key the key
 * @param asked the stamp that was asked for; empty if none was
 * @param verdict pending, right, overtaken, late, stale or failed
 * @param found what it brought; while it is pending, nothing
 */
record Seen(long number, String node, String key, String asked, String verdict, Found found) {

  private static final Found NOTHING = new Found("", "", "", 0, "", "");

  static Seen pending(long number, String node, String key, String asked) {
    return new Seen(number, node, key, asked, "pending", NOTHING);
  }

  /**
   * Judges it.
   *
   * @param before what the source had when it began
   * @param after what the source has now
   * @param withinBound whether it is so soon after the last write that it may be stale
   */
  Seen done(Found result, String before, String after, boolean withinBound) {
    String judged =
        !result.failure().isEmpty()
            ? "failed"
            : result.value().equals(after)
                ? "right"
                : result.value().equals(before) ? "overtaken" : withinBound ? "late" : "stale";
    return new Seen(number, node, key, asked, judged, result);
  }

  List<Object> toJson() {
    return List.of(
        number,
        node,
        key,
        asked,
        verdict,
        found.value(),
        found.source(),
        found.reason(),
        found.ageMillis(),
        found.stamp(),
        found.failure());
  }
}
