package io.stateward.examples.nodes;

import io.stateward.examples.Json;
import java.time.Duration;

/**
 * What the person does to the source and to the messages.
 *
 * @param latency how long each read of the source takes
 * @param failing whether the source fails
 * @param holding whether the next read of the source is held after it has read
 * @param dropped whether messages between the nodes are lost
 * @param fresh how long entries are fresh
 */
record Dials(Duration latency, boolean failing, boolean holding, boolean dropped, Duration fresh) {

  static final Duration LONGEST_LATENCY = Duration.ofSeconds(5);
  static final Duration LONG = Duration.ofHours(1);
  static final Duration SHORT = Duration.ofSeconds(5);
  static final Dials INITIAL = new Dials(Duration.ZERO, false, false, false, LONG);

  Dials withLatency(Duration value) {
    return new Dials(value, failing, holding, dropped, fresh);
  }

  Dials withFailing(boolean value) {
    return new Dials(latency, value, holding, dropped, fresh);
  }

  Dials withHolding(boolean value) {
    return new Dials(latency, failing, value, dropped, fresh);
  }

  Dials withDropped(boolean value) {
    return new Dials(latency, failing, holding, value, fresh);
  }

  Dials withFresh(Duration value) {
    return new Dials(latency, failing, holding, dropped, value);
  }

  String toJson(int held) {
    return Json.object()
        .put("latencyMillis", latency.toMillis())
        .put("failing", failing)
        .put("holding", holding)
        .put("held", held)
        .put("dropped", dropped)
        .put("freshSeconds", fresh.toSeconds())
        .toString();
  }
}
