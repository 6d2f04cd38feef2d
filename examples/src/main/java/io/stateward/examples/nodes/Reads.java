package io.stateward.examples.nodes;

import io.stateward.examples.Json;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest reads of one side, and how many there were and were stale.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Reads {

  private static final int MOST = 3;

  private final Store<Tally> tally;

  /** What is noted. */
  record Tally(long reads, long stale, List<Seen> latest) {

    Tally with(Seen seen) {
      List<Seen> after = new ArrayList<>(latest);
      after.removeIf(one -> one.number() == seen.number());
      after.add(seen);
      after.sort((one, other) -> Long.compare(one.number(), other.number()));
      List<Seen> kept = List.copyOf(after.subList(Math.max(0, after.size() - MOST), after.size()));
      boolean isStale = seen.verdict().equals("stale") || seen.verdict().equals("late");
      boolean isOver = !seen.verdict().equals("pending");
      return new Tally(reads + (isOver ? 1 : 0), stale + (isStale ? 1 : 0), kept);
    }

    String toJson() {
      return Json.object()
          .put("reads", reads)
          .put("stale", stale)
          .put("latest", latest.stream().map(Seen::toJson).toList())
          .toString();
    }
  }

  Reads(Side side) {
    tally = Store.of("reads-" + side.id(), new Tally(0, 0, List.of()));
  }

  void note(Seen seen) {
    tally.update(before -> before.with(seen));
  }

  Signal<Tally> tally() {
    return tally;
  }

  void clear() {
    tally.set(new Tally(0, 0, List.of()));
  }

  void close() {
    tally.close();
  }
}
