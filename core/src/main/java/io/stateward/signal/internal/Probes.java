package io.stateward.signal.internal;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attached probes, and the one place where failures are told. */
public final class Probes {

  private static final Logger LOG = LoggerFactory.getLogger("io.stateward");

  private static volatile List<Attached> attached = List.of(); // writes guarded by the class

  private Probes() {}

  /** Attaches a probe to the process. */
  public static Subscription attach(Probe probe) {
    Attached entry = new Attached(Objects.requireNonNull(probe, "probe"));
    synchronized (Probes.class) {
      List<Attached> more = new ArrayList<>(attached);
      more.add(entry);
      attached = List.copyOf(more);
    }
    return () -> detach(entry);
  }

  private static void detach(Attached entry) {
    synchronized (Probes.class) {
      attached = attached.stream().filter(other -> other != entry).toList();
    }
  }

  /** Whether anybody listens; ask before making an event. */
  public static boolean active() {
    return !attached.isEmpty();
  }

  /** Hands an event to every probe. */
  public static void emit(Probe.Event event) {
    for (Attached entry : attached) {
      try {
        entry.probe.on(event);
      } catch (Throwable t) { // a probe must not change what it watches
        LOG.error("A probe threw on {}; it stays attached.", event.getClass().getSimpleName(), t);
      }
    }
  }

  /** Tells a failure once: to the log, and to the probes. */
  public static void report(String where, String problem, @Nullable Throwable cause) {
    try {
      LOG.error("{}: {}", where, problem, cause);
    } catch (Throwable t) { // a broken log must not break a commit
      emit(new Probe.Failed("log", "The log threw while a failure was reported.", t));
    }
    if (active()) {
      emit(new Probe.Failed(where, problem, cause));
    }
  }

  /** A class and not a record: the same probe may be attached twice. */
  private static final class Attached {
    final Probe probe;

    Attached(Probe probe) {
      this.probe = probe;
    }
  }
}
