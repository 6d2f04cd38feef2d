package io.stateward.examples.payment;

import io.stateward.examples.Json;

/**
 * How the service behaves.
 *
 * @param delayMillis how long it takes to answer; it has charged by then
 * @param failing whether it answers with a failure, without having done anything
 * @param down whether it is gone
 */
record Dials(long delayMillis, boolean failing, boolean down) {

  static final long LONGEST = 20_000;

  Dials withDelay(long millis) {
    return new Dials(millis, failing, down);
  }

  Dials withFailing(boolean is) {
    return new Dials(delayMillis, is, down);
  }

  Dials withDown(boolean is) {
    return new Dials(delayMillis, failing, is);
  }

  String toJson() {
    return Json.object()
        .put("delayMillis", delayMillis)
        .put("failing", failing)
        .put("down", down)
        .toString();
  }
}
