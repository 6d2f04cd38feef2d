package io.stateward.sync.text;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link Walker} from one concurrent event to the next, as long as they come; makes it
 * again, from the last critical version, when one was made before the place where it began.
 */
final class EventMerge {

  private static final int IDLE = 64; // events without need of a walker, before a big one is let go

  private final EventStore store;
  private @Nullable Walker walker;
  private int walked; // the next event that the walker is to be given
  private int idle;

  EventMerge(EventStore store) {
    this.store = store;
  }

  /**
   * Makes a version ready for an author's event, which comes next; returns how long its text is.
   */
  int prepare(int[] version, String author) {
    EventGraph graph = store.graph;
    int critical = graph.criticalBefore(version[version.length - 1]);
    Walker current = walker;
    if (current == null || current.base() > critical) {
      current = store.walkerAt(critical);
      walker = current;
      walked = critical + 1;
    }
    while (walked < graph.size()) {
      int end = graph.runEnd(graph.runOf(walked));
      current.merge(walked, end);
      walked = end + 1;
    }
    current.prepare(version, author);
    return current.preparedLength();
  }

  /** Merges the event for which a version was prepared and which was added to the store. */
  TextDelta merge(int event) {
    if (walker == null) {
      throw new IllegalStateException("No version is prepared for event %d.".formatted(event));
    }
    walked = event + 1;
    idle = 0;
    return walker.merge(event);
  }

  /* After an event that saw everything, only those who have not seen it need a walker. */
  void pass() {
    if (walker != null && (walker.isSmall() || ++idle > IDLE)) {
      walker = null;
    }
  }
}
