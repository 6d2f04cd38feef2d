package io.stateward.examples.board;

import io.stateward.collection.EntityTable;
import io.stateward.examples.EventStream;
import io.stateward.examples.Fields;
import io.stateward.examples.Json;
import io.stateward.examples.Refusal;
import io.stateward.signal.Delivery;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machine that all pages look at, the pages that are connected, and the figures that they show.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Viewers {

  private final SecureRandom random = new SecureRandom();
  private final Store<Machine> machine = Store.of(CommitProbe.MACHINE, Machine.empty());
  private final Signal<EntityTable<Long, ProcessRow>> table = machine.select(Machine::processes);
  private final Keyed<Long, ProcessRow> processes = machine.entities(Machine::processes);
  private final Store<Figures> figures = Store.of("figures", Figures.NONE);
  private final Map<String, Viewer> bySession = new ConcurrentHashMap<>();
  private final CommitProbe probe;
  private final Subscription probing;

  Viewers(CommitProbe probe) {
    this.probe = probe;
    this.probing = Probe.attach(probe);
  }

  Store<Machine> machine() {
    return machine;
  }

  /** Connects a page; returns what to run when it has gone. */
  Runnable connect(View initial, EventStream stream) {
    String session = newSession();
    Viewer viewer = new Viewer(initial, processes, stream);
    bySession.put(session, viewer);
    stream.execute(() -> stream.send("hello", Json.object().put("session", session).toString()));
    Subscription rows = viewer.follow(table);
    Subscription numbers =
        figures.subscribe(
            Delivery.latest().on(stream).withCurrent(),
            change -> stream.send("figures", change.now().toJson()));
    return () -> {
      bySession.remove(session);
      numbers.close();
      rows.close();
    };
  }

  /** Returns the page that a request comes from. */
  Viewer viewer(Fields fields) {
    Viewer viewer = bySession.get(fields.text("session", 32));
    if (viewer == null) {
      throw new Refusal(404, "This page is not connected. It connects again by itself.");
    }
    return viewer;
  }

  /** Shows what the library has done until now. */
  void publishFigures() {
    int followed = bySession.values().stream().mapToInt(Viewer::following).sum();
    figures.set(probe.refreshed(machine.get().processes(), followed));
  }

  void close() {
    probing.close();
    figures.close();
    machine.close();
  }

  /** A page's secret: whoever may act for the page has read it from the page's own stream. */
  private String newSession() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
