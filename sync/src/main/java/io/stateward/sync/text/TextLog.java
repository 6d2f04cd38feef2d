package io.stateward.sync.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The edits of a text as they were made, each with the version in which it was made; merges those
 * that know nothing of each other.
 *
 * <pre>{@code
 * TextLog log = TextLog.create();
 * int hello = log.add("ada", new int[] {}, TextDelta.insert(0, "Hello")).index();
 * log.add("ada", new int[] {hello}, TextDelta.insert(5, " world"));
 * Added theirs = log.add("bob", new int[] {hello}, TextDelta.insert(5, "!"));
 * theirs.change();   // [11,"!"]: what to do to "Hello world", which bob had not seen
 * }</pre>
 *
 * <p><b>Thread safety.</b> Confined to one thread at a time; there are no locks.
 *
 * @since 0.1
 */
public final class TextLog {

  private static final int IDLE = 64; // events that need no walker, before a big one is let go

  private EventGraph graph;
  private EventHistory history;
  private EventColumns columns;
  private Authors authors;
  private int startLength;
  private int length;
  private @Nullable Walker walker;
  private int walked; // how many events the walker was given, counted as the events are
  private int idle;

  private TextLog(int first, int length) {
    graph = new EventGraph(first);
    history = new EventHistory(graph);
    columns = new EventColumns(first);
    authors = new Authors();
    startLength = length;
    this.length = length;
  }

  /**
   * Creates a log that begins with an empty text.
   *
   * @return a log without events
   */
  public static TextLog create() {
    return new TextLog(0, 0);
  }

  /**
   * Creates a log that begins with a text of which the history is gone.
   *
   * @param first the index that the first event will have
   * @param length how many code points the text has
   * @return a log without events, whose version is the event before {@code first}, or none if it is
   *     0
   * @throws IllegalArgumentException if a number is below zero
   */
  public static TextLog startingAt(int first, int length) {
    if (first < 0 || length < 0) {
      throw new IllegalArgumentException(
          "A log cannot start at event %d with %d code points; give 0 or more."
              .formatted(first, length));
    }
    return new TextLog(first, length);
  }

  /**
   * What became of an event that was added.
   *
   * @param index its index, one more than that of the event added before
   * @param change what it does to the text in which all events before it in this log are merged
   */
  public record Added(int index, TextDelta change) {}

  /**
   * Adds an event and merges it.
   *
   * @param agent the name of its author; the order of names decides between inserts at one place
   * @param parents the version in which it was made, as indexes of events of this log; none for the
   *     start of the log, if that is the start of the text
   * @param operation what it does to the text of exactly that version
   * @return its index, and what it does to the text of this log
   * @throws IllegalArgumentException if a parent is not an event of this log, or if the operation
   *     is about a longer text than that of its version; nothing has changed then
   */
  public Added add(String agent, int[] parents, TextDelta operation) {
    int[] made = versionOf(parents);
    boolean last = graph.isHeads(made);
    requireFit(operation, parents, last ? length : prepare(made).preparedLength());
    Walker merging = last ? null : walker;
    int index = graph.append(made, length);
    authors.append(index, agent);
    columns.append(operation);
    TextDelta change = merging == null ? operation : merging.merge(index);
    length += change.change();
    if (merging == null) {
      letGo();
    } else {
      walked = index + 1;
      idle = 0;
    }
    return new Added(index, change);
  }

  private static void requireFit(TextDelta operation, int[] parents, int length) {
    if (operation.inputLength() > length) {
      throw new IllegalArgumentException(
          "The edit is about a text of at least %d code points, but that of version %s has %d; it was made in another version."
              .formatted(operation.inputLength(), Arrays.toString(parents), length));
    }
  }

  /** Returns the walker with a version prepared, all events given to it. */
  private Walker prepare(int[] version) {
    int critical = graph.criticalBefore(version[version.length - 1]);
    Walker current = walker;
    if (current == null || current.base() > critical) {
      current = walkerAt(critical);
      walker = current;
      walked = critical + 1;
    }
    while (walked < graph.size()) {
      int end = graph.runEnd(graph.runOf(walked));
      current.merge(walked, end);
      walked = end + 1;
    }
    current.prepare(version);
    return current;
  }

  private Walker walkerAt(int critical) {
    return new Walker(graph, columns, authors, critical, lengthAt(critical));
  }

  /** Returns how long the text is at a critical event. */
  private int lengthAt(int critical) {
    if (critical < graph.first()) {
      return startLength;
    }
    int run = graph.runOf(critical);
    int before = columns.change(columns.unitsBefore(graph.runStart(run)));
    return graph.textLengthBefore(run) + columns.change(columns.unitsBefore(critical + 1)) - before;
  }

  /* After an event that saw everything, a walker is needed only for those who have not seen it. */
  private void letGo() {
    if (walker != null && (walker.isSmall() || ++idle > IDLE)) {
      walker = null;
    }
  }

  private int[] versionOf(int[] events) {
    if (Arrays.equals(events, graph.heads())) {
      return graph.heads();
    }
    int start = graph.first() - 1;
    for (int event : events) {
      if (event < Math.max(start, 0) || event >= graph.size()) {
        throw new IllegalArgumentException(
            "Version %s is unknown: this log has the events from %d to %d."
                .formatted(Arrays.toString(events), graph.first(), graph.size() - 1));
      }
    }
    if (events.length == 0 && start >= 0) {
      throw new IllegalArgumentException(
          "The start of the text is no version of this log, which begins after event %d."
              .formatted(start));
    }
    return events.length == 0
        ? new int[] {start}
        : events.length == 1 ? events.clone() : history.heads(events);
  }

  private int[] shown(int[] version) {
    return version.length == 1 && version[0] < 0 ? new int[0] : version.clone();
  }

  /**
   * Returns the version in which all events are merged.
   *
   * @return the events that no other was made after, in growing order; none at the start of a text
   */
  public int[] version() {
    return shown(graph.heads());
  }

  /**
   * Returns the version in which all events up to one are merged.
   *
   * @param index an event of this log
   * @return the events up to it that no other up to it was made after, in growing order
   * @throws IllegalArgumentException if there is no such event
   */
  public int[] versionAt(int index) {
    return shown(graph.headsAt(requireEvent(index)));
  }

  /**
   * Returns the index that the next event will have.
   *
   * @return one more than the index of the last event
   */
  public int size() {
    return graph.size();
  }

  /**
   * Returns the index of the first event that is held.
   *
   * @return 0 or where the log was started or trimmed
   */
  public int first() {
    return graph.first();
  }

  /**
   * Returns how long the text is in which all events are merged.
   *
   * @return its code points
   */
  public int length() {
    return length;
  }

  /**
   * Returns who made an event.
   *
   * @param index an event of this log
   * @return the name of its author
   * @throws IllegalArgumentException if there is no such event
   */
  public String agent(int index) {
    return authors.of(requireEvent(index));
  }

  /**
   * Returns the version in which an event was made.
   *
   * @param index an event of this log
   * @return indexes of events in growing order, none of which is in the history of another
   * @throws IllegalArgumentException if there is no such event
   */
  public int[] parents(int index) {
    return shown(graph.parents(requireEvent(index)));
  }

  /**
   * Returns what an event does to the text of its version.
   *
   * @param index an event of this log
   * @return the operation as it was added, except that what is inserted where something is deleted
   *     is inserted before it
   * @throws IllegalArgumentException if there is no such event
   */
  public TextDelta operation(int index) {
    return columns.operation(requireEvent(index));
  }

  private int requireEvent(int index) {
    if (index < graph.first() || index >= graph.size()) {
      throw new IllegalArgumentException(
          "There is no event %d: this log has the events from %d to %d."
              .formatted(index, graph.first(), graph.size() - 1));
    }
    return index;
  }
}
