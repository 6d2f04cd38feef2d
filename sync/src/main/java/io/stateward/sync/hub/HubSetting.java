package io.stateward.sync.hub;

import io.stateward.signal.Probe;
import io.stateward.sync.spi.SharedType;
import io.stateward.time.Timekeeper;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a hub was opened with, and what all its parts share.
 *
 * <p>Thread safety: immutable, but for the counters, which any thread may raise.
 *
 * @param hub names this one opening of the hub
 * @param names makes random names
 */
record HubSetting(
    String name,
    String hub,
    Map<String, SharedType> types,
    DocumentStorage storage,
    Authorizer authorizer,
    HubLimits limits,
    HubTimes times,
    Executor executor,
    Timekeeper timekeeper,
    Supplier<String> names,
    Consumer<? super HubEvent> listener,
    Counters counters) {

  long nanos() {
    return timekeeper.nanoTime();
  }

  /** After how long without a sign of life a connection counts as gone. */
  long silenceNanos() {
    return times.heartbeat().toNanos() / 2 * 5;
  }

  long retryMillis() {
    return times.retry().toMillis();
  }

  /** What a connection is closed with that may come again. */
  String comeAgain(String reason) {
    return "retry-after=%d %s".formatted(retryMillis(), reason);
  }

  String where(String document) {
    return "Hub '%s', document '%s'".formatted(name, document);
  }

  void tell(HubEvent event) {
    try {
      listener.accept(event);
    } catch (Throwable t) { // foreign code
      Probe.report("Hub '%s'".formatted(name), "Its listener threw; the hub goes on.", t);
    }
  }
}
