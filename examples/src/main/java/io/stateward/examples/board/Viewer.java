package io.stateward.examples.board;

import io.stateward.collection.Diff;
import io.stateward.collection.EntityTable;
import io.stateward.collection.EntryChange;
import io.stateward.examples.EventStream;
import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connected page: its view, and the subscriptions to what it shows.
 *
 * <p><b>Thread safety.</b> The view is a store, for any number of threads. All else happens on the
 * thread of the page's stream, which is where the subscriptions deliver.
 */
final class Viewer {

  private static final Duration LAG = Duration.ofSeconds(3);

  private final Store<View> view;
  private final Keyed<Long, ProcessRow> processes;
  private final EventStream stream;
  private final Delivery delivery;
  private final Map<Long, Subscription> followed = new HashMap<>(); // confined to the stream
  private Listing shown = Listing.NOTHING; // confined to the stream
  private volatile int following;

  Viewer(View initial, Keyed<Long, ProcessRow> processes, EventStream stream) {
    this.view = Store.of(CommitProbe.VIEW, initial);
    this.processes = processes;
    this.stream = stream;
    this.delivery = Delivery.latest().on(stream).withCurrent();
  }

  Store<View> view() {
    return view;
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
    var lists = listing.subscribe(delivery, change -> show(change.now()));
    return () -> {
      lists.close();
      views.close();
      followed.values().forEach(Subscription::close);
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
}
