package io.stateward.examples.board;

import io.stateward.examples.Json;

/**
 * What the library did, as the page shows it.
 *
 * @param refreshes how often the processes were read
 * @param commits how many commits there were since the start, of the machine and of all views
 * @param processes how many processes there are
 * @param changed how many of them the last refresh added, changed or removed
 * @param followed how many rows are followed by all pages together
 * @param notified how many subscribers the last refresh was handed to
 * @param lastNanos how long the last refresh took to deliver, in nanoseconds
 * @param medianNanos the median of that over the last minute, in nanoseconds
 */
record Figures(
    long refreshes,
    long commits,
    int processes,
    int changed,
    int followed,
    int notified,
    long lastNanos,
    long medianNanos) {

  static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0);

  String toJson() {
    return Json.object()
        .put("refreshes", refreshes)
        .put("commits", commits)
        .put("processes", processes)
        .put("changed", changed)
        .put("followed", followed)
        .put("notified", notified)
        .put("lastNanos", lastNanos)
        .put("medianNanos", medianNanos)
        .toString();
  }
}
