package io.stateward.examples.nodes;

import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened on one side, the latest lines of it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Timeline {

  private static final int MOST = 60;

  private final Store<List<Line>> lines;
  private final Timekeeper timekeeper;

  Timeline(Side side, Timekeeper timekeeper) {
    lines = Store.of("timeline-" + side.id(), List.of());
    this.timekeeper = timekeeper;
  }

  void plain(String who, String text) {
    say(who, "plain", text);
  }

  void good(String who, String text) {
    say(who, "good", text);
  }

  void wait(String who, String text) {
    say(who, "wait", text);
  }

  void bad(String who, String text) {
    say(who, "bad", text);
  }

  private void say(String who, String tone, String text) {
    long millis = timekeeper.now().toEpochMilli();
    lines.update(
        before -> {
          List<Line> after = new ArrayList<>(before);
          int last = after.size() - 1;
          if (last >= 0 && after.get(last).isLike(who, text)) {
            after.set(last, after.get(last).again(millis));
          } else {
            long number = last < 0 ? 1 : after.get(last).number() + 1;
            after.add(new Line(number, millis, who, tone, text, 1));
          }
          return List.copyOf(after.subList(Math.max(0, after.size() - MOST), after.size()));
        });
  }

  Signal<List<Line>> lines() {
    return lines;
  }

  void clear() {
    lines.set(List.of());
  }

  void close() {
    lines.close();
  }
}
