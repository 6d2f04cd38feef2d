package io.stateward.cache;

import io.stateward.signal.Probe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the log says of each event: one message, at one level, and keys only for debugging. */
final class EventLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.stateward.cache");

  private final String where;

  EventLog(String where) {
    this.where = where;
  }

  static boolean tellsAll() {
    return LOG.isDebugEnabled();
  }

  void write(CacheEvent event) {
    if (event instanceof CacheEvent.LayerLost it) {
      say(Level.WARN, lost(it), it.cause());
    } else if (event instanceof CacheEvent.LayerBack it) {
      say(Level.INFO, "Layer %d answers again, after %s.".formatted(it.layer(), it.after()), null);
    } else if (event instanceof CacheEvent.Repaired it) {
      String what =
          "%d invalidations of bucket %d of layer %d were missed, and found in its log."
              .formatted(it.count(), it.bucket(), it.layer());
      say(Level.INFO, what, null);
    } else if (event instanceof CacheEvent.Flushed it) {
      String what =
          "Bucket %d of layer %d is followed anew, as its log does not reach back so far."
              .formatted(it.bucket(), it.layer());
      say(Level.INFO, what, null);
    } else if (event instanceof CacheEvent.WriteQueued it) {
      String what =
          "An invalidation waits until its layers answer, as one of %d.".formatted(it.waiting());
      say(it.waiting() == 1 ? Level.WARN : Level.DEBUG, what, null);
    } else if (event instanceof CacheEvent.QueueSent it) {
      String what =
          "%d invalidations that waited were done; the first waited %s."
              .formatted(it.count(), it.after());
      say(Level.INFO, what, null);
    } else if (event instanceof CacheEvent.QueueOverflowed it) {
      String what =
          "More than %d invalidations wait for its layers. All is invalidated instead."
              .formatted(it.most());
      say(Level.WARN, what, null);
    } else if (event instanceof CacheEvent.QueueLost it) {
      String what =
          "It is closed before its layers were told of %d invalidations.".formatted(it.count());
      say(Level.WARN, what, null);
    } else if (event instanceof CacheEvent.Skipped it) {
      String what =
          "Its listeners are slow: %d events were not kept for them.".formatted(it.count());
      say(Level.WARN, what, null);
    } else {
      writeFailure(event);
    }
  }

  private static String lost(CacheEvent.LayerLost event) {
    return event.layer() == 0
        ? "Layer 0 does not answer. Reads go past it, and memory is served for %s at most."
            .formatted(event.bound())
        : "Layer %d does not answer. Reads go past it.".formatted(event.layer());
  }

  private void writeFailure(CacheEvent event) {
    if (event instanceof CacheEvent.FillRejected it) {
      String what =
          "What was loaded for %s is not stored, as it was invalidated meanwhile."
              .formatted(name(it.key()));
      say(Level.DEBUG, what, null);
    } else if (event instanceof CacheEvent.Unreadable it) {
      String what =
          "What layer %d has of %s cannot be decoded; it is loaded anew."
              .formatted(it.layer(), name(it.key()));
      report(what, it.cause());
    } else if (event instanceof CacheEvent.Unstorable it) {
      report("What %s has cannot be encoded; it is stored nowhere.", it.key(), it.cause());
    } else if (event instanceof CacheEvent.LoadFailed it && it.staleServed()) {
      report("The loader failed for %s; what is stale is served.", it.key(), it.cause());
    } else if (event instanceof CacheEvent.LoadFailed it) {
      report("The loader failed to refresh %s.", it.key(), it.cause());
    } else if (event instanceof CacheEvent.WriteAbandoned it) {
      String what = "A write of %s that failed could not be taken back in the layer.";
      report(what, it.key(), it.cause());
    } else if (event instanceof CacheEvent.FormRefused it) {
      report("Layer %d is not used.".formatted(it.layer()), it.cause());
    } else if (event instanceof CacheEvent.BackplaneFailed it) {
      report("The backplane threw; others hear of it later.", it.cause());
    }
  }

  private static String name(String key) {
    return tellsAll() ? "'" + key + "'" : "a key";
  }

  private void report(String what, String key, Throwable cause) {
    report(what.formatted(name(key)), cause);
  }

  /** What foreign code threw is told to probes too, which write the message. */
  private void report(String what, Throwable cause) {
    Probe.report(where, what, cause);
  }

  private void say(Level level, String what, @Nullable Throwable cause) {
    LOG.atLevel(level).setCause(cause).log("{}: {}", where, what);
  }
}
