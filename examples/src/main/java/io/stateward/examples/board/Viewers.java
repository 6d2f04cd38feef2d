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
import io.stateward.time.Timekeeper;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * The machine that all pages look at, what is chosen on them, and the figures that they show.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Viewers {

  private final SecureRandom random = new SecureRandom();
  private final Store<Machine> machine = Store.of(CommitProbe.MACHINE, Machine.empty());
  private final Signal<EntityTable<Long, ProcessRow>> table = machine.select(Machine::processes);
  private final Keyed<Long, ProcessRow> processes = machine.entities(Machine::processes);
  private final Store<Desk> desk;
  private final Keeping keeping;
  private final Store<Figures> figures = Store.of("figures", Figures.NONE);
  private final Map<String, Viewer> bySession = new ConcurrentHashMap<>();
  private final CommitProbe probe;
  private final Timekeeper timekeeper;
  private final Executor worker;
  private final Subscription probing;

  /** The worker does what takes time: it searches. */
  Viewers(
      CommitProbe probe,
      Store<Desk> desk,
      Keeping keeping,
      Timekeeper timekeeper,
      Executor worker) {
    this.desk = desk;
    this.keeping = keeping;
    this.probe = probe;
    this.timekeeper = timekeeper;
    this.worker = worker;
    this.probing = Probe.attach(probe);
  }

  Store<Machine> machine() {
    return machine;
  }

  /** Changes what holds for all pages. */
  void prefer(UnaryOperator<Preferences> change) {
    desk.update(before -> before.withPreferences(change.apply(before.preferences())));
  }

  /** Connects a page; returns what to run when it has gone. */
  Runnable connect(View initial, EventStream stream) {
    String session = newSession();
    desk.update(before -> before.withPage(session, initial));
    SearchBox box = new SearchBox(new Lookup(table, timekeeper, worker), timekeeper);
    Viewer viewer = new Viewer(desk.slice(Desk.view(session)), processes, box, stream, timekeeper);
    bySession.put(session, viewer);
    stream.execute(() -> stream.send("hello", Json.object().put("session", session).toString()));
    Delivery delivery = Delivery.latest().on(stream).withCurrent();
    Subscription wishes =
        desk.select(Desk::preferences)
            .subscribe(delivery, change -> stream.send("preferences", change.now().toJson()));
    Subscription saving =
        keeping
            .status()
            .subscribe(delivery, change -> stream.send("saving", keeping.json(change.now())));
    Subscription rows = viewer.follow(table);
    Subscription numbers =
        figures.subscribe(delivery, change -> stream.send("figures", change.now().toJson()));
    return () -> {
      bySession.remove(session);
      numbers.close();
      saving.close();
      wishes.close();
      rows.close();
      desk.update(before -> before.withoutPage(session));
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
    bySession.values().forEach(viewer -> viewer.box().close()); // some pages leave only now
    figures.close();
    machine.close(); // the desk stays, for the same reason
  }

  /** A page's secret: whoever may act for the page has read it from the page's own stream. */
  private String newSession() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
