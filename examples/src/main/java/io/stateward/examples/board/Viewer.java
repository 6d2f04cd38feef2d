package io.stateward.examples.board;

import io.stateward.collection.Diff;
import io.stateward.collection.EntityTable;
import io.stateward.collection.EntryChange;
import io.stateward.examples.EventStream;
import io.stateward.examples.Json;
import io.stateward.history.History;
import io.stateward.history.HistoryStatus;
import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connected page: its view, what its person did to it, and the subscriptions to what it shows.
 *
 * <p><b>Thread safety.</b> The view is a store, for any number of threads, and so is its history.
 * All else happens on the thread of the page's stream, which is where the subscriptions deliver.
 */
final class Viewer {

  private static final Duration LAG = Duration.ofSeconds(3);

  private static final Duration TYPING = Duration.ofSeconds(1); // between changes of one filter

  private final Store<View> view;
  private final History<View> history;
  private final Keyed<Long, ProcessRow> processes;
  private final SearchBox box;
  private final EventStream stream;
  private final Delivery delivery;
  private final Map<Long, Subscription> followed = new HashMap<>(); // confined to the stream
  private Listing shown = Listing.NOTHING; // confined to the stream
  private volatile int following;

  Viewer(
      Store<View> view,
      Keyed<Long, ProcessRow> processes,
      SearchBox box,
      EventStream stream,
      Timekeeper timekeeper) {
    this.view = view;
    this.box = box;
    this.history = History.over(view).coalescing(TYPING).timekeeper(timekeeper).start();
    this.processes = processes;
    this.stream = stream;
    this.delivery = Delivery.latest().on(stream).withCurrent();
  }

  // excerpt: undo
  /** Changes the filter; what is typed without a pause is one step. */
  void filter(String text) {
    history.coalesce("Filter", "filter", () -> view.update(before -> before.withFilter(text)));
  }

  void sortBy(Column column, boolean descending) {
    history.group(
        "Sort by " + column.title(),
        () -> view.update(before -> before.sortedBy(column, descending)));
  }

  void pin(String name) {
    history.group("Pin " + name, () -> view.update(before -> before.withPin(name)));
  }

  void unpin(String name) {
    history.group("Unpin " + name, () -> view.update(before -> before.withoutPin(name)));
  }

  /** Takes back the last of these; returns whether there was one. */
  boolean undo() {
    return history.undo().fold(undone -> true, () -> false);
  }

  /** Brings again what was taken back last; returns whether there was something. */
  boolean redo() {
    return history.redo().fold(redone -> true, () -> false);
  }

  // end of excerpt

  SearchBox box() {
    return box;
  }

  /** Returns how many rows are followed. */
  int following() {
    return following;
  }

  /** Makes the page lag three seconds behind, or lets it keep up again. */
  void slowDown(boolean slow) {
    stream.slowDown(slow ? LAG : Duration.ZERO);
  }

  // excerpt: patches
  /** Follows what the page shows: its view, the order of the rows, and each row. */
  Subscription follow(Signal<EntityTable<Long, ProcessRow>> table) {
    var listing = Signal.combine(table, view, Listing::of);
    var views = view.subscribe(delivery, change -> stream.send("view", change.now().toJson()));
    var steps =
        history.status().subscribe(delivery, change -> stream.send("history", json(change.now())));
    var answers =
        box.search().subscribe(delivery, change -> stream.send("search", change.now().toJson()));
    var lists = listing.subscribe(delivery, change -> show(change.now()));
    return () -> {
      lists.close();
      views.close();
      steps.close();
      answers.close();
      box.close();
      followed.values().forEach(Subscription::close);
      history.close();
      view.close();
    };
  }

  /** Sends which rows came, went and moved; follows exactly those that are shown. */
  private void show(Listing now) {
    stream.send("list", Patches.listing(shown, now));
    for (EntryChange<Long, Integer> row : Diff.between(shown.positions(), now.positions())) {
      if (row.now() == null) {
        Objects.requireNonNull(followed.remove(row.key())).close();
      } else {
        followed.computeIfAbsent(row.key(), this::followRow);
      }
    }
    shown = now;
    following = followed.size();
  }

  private Subscription followRow(long pid) {
    return processes.at(pid).subscribe(delivery, this::sendRow);
  }

  /** Sends the fields of one row that changed. A page that lags gets its latest state, once. */
  private void sendRow(Change<@Nullable ProcessRow> row) {
    if (row.now() != null) {
      ProcessRow known = row.was() == row.now() ? null : row.was(); // the first has no before
      stream.send("row", Patches.row(known, row.now()));
    }
  }

  // end of excerpt

  private static String json(HistoryStatus status) {
    return Json.object()
        .put("undoable", status.undoable())
        .put("redoable", status.redoable())
        .put("undo", status.undoName())
        .put("redo", status.redoName())
        .toString();
  }
}
