package io.stateward.sync.text;

import java.util.Arrays;

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

  private static final int[] NOTHING = {};

  private EventStore store;
  private EventMerge merge;

  TextLog(EventStore store) {
    this.store = store;
    this.merge = new EventMerge(store);
  }

  EventStore store() {
    return store;
  }

  /**
   * Creates a log that begins with an empty text.
   *
   * @return a log without events
   */
  public static TextLog create() {
    return new TextLog(new EventStore(0, 0));
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
    if (first < 0 || first > EventGraph.LIMIT || length < 0 || length > EventColumns.LIMIT) {
      throw new IllegalArgumentException(
          "A log cannot start at event %d with %d code points; give 0 to %d and 0 to %d."
              .formatted(first, length, EventGraph.LIMIT, EventColumns.LIMIT));
    }
    return new TextLog(new EventStore(first, length));
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
    boolean sawAll = store.graph.isHeads(made);
    requireFit(operation, parents, sawAll ? store.length : merge.prepare(made, agent));
    int index = store.append(agent, made, operation);
    TextDelta change = operation;
    if (sawAll) {
      merge.pass();
    } else {
      change = merge.merge(index);
    }
    store.length += change.change();
    return new Added(index, change);
  }

  private void requireFit(TextDelta operation, int[] parents, int length) {
    if (operation.inputLength() > length) {
      throw new IllegalArgumentException(
          "The edit is about a text of at least %d code points, but that of version %s has %d; it was made in another version."
              .formatted(operation.inputLength(), Arrays.toString(parents), length));
    }
    store.columns.requireRoom(operation);
    store.graph.requireRoom();
  }

  private int[] versionOf(int[] events) {
    int[] heads = store.graph.heads();
    if (Arrays.equals(events, heads)) {
      return heads;
    }
    int start = store.graph.first() - 1;
    boolean known = events.length > 0 || start < 0;
    for (int event : events) {
      known &= event >= Math.max(start, 0) && event < store.graph.size();
    }
    if (!known) {
      throw new IllegalArgumentException(
          "Version %s is unknown: this log knows %s and the events from %d to %d."
              .formatted(
                  Arrays.toString(events),
                  start < 0 ? "[], the start," : "[" + start + "], its start,",
                  store.graph.first(),
                  store.graph.size() - 1));
    }
    if (events.length < 2) {
      return events.length == 0 ? new int[] {start} : events.clone();
    }
    return store.history.heads(events);
  }

  private static int[] shown(int[] version) {
    return version[0] < 0 ? NOTHING : version.clone();
  }

  /**
   * Returns the version in which all events are merged.
   *
   * @return the events that no other was made after, in growing order; none at the start of a text
   */
  public int[] version() {
    return shown(store.graph.heads());
  }

  /**
   * Returns the version in which all events up to one are merged.
   *
   * @param index an event of this log
   * @return the events up to it that no other up to it was made after, in growing order
   * @throws IllegalArgumentException if there is no such event
   */
  public int[] versionAt(int index) {
    return shown(store.graph.headsAt(requireEvent(index)));
  }

  /**
   * Returns the index that the next event will have.
   *
   * @return one more than the index of the last event
   */
  public int size() {
    return store.graph.size();
  }

  /**
   * Returns the index of the first event that is held.
   *
   * @return 0 or where the log was started or trimmed
   */
  public int first() {
    return store.graph.first();
  }

  /**
   * Returns how long the text is in which all events are merged.
   *
   * @return its code points
   */
  public int length() {
    return store.length;
  }

  /**
   * Returns who made an event.
   *
   * @param index an event of this log
   * @return the name of its author
   * @throws IllegalArgumentException if there is no such event
   */
  public String agent(int index) {
    return store.authors.of(requireEvent(index));
  }

  /**
   * Returns the version in which an event was made.
   *
   * @param index an event of this log
   * @return indexes of events in growing order, none of which is in the history of another
   * @throws IllegalArgumentException if there is no such event
   */
  public int[] parents(int index) {
    return shown(store.graph.parents(requireEvent(index)));
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
    return store.columns.operation(requireEvent(index));
  }

  private int requireEvent(int index) {
    if (index < store.graph.first() || index >= store.graph.size()) {
      throw new IllegalArgumentException(
          "There is no event %d: this log has the events from %d to %d."
              .formatted(index, store.graph.first(), store.graph.size() - 1));
    }
    return index;
  }

  /**
   * Tells whether an event is merged in a version.
   *
   * @param version indexes of events
   * @param index an event of this log
   * @return whether it is one of these events or in the history of one
   * @throws IllegalArgumentException if an event is unknown
   */
  public boolean contains(int[] version, int index) {
    return store.history.contains(versionOf(version), requireEvent(index));
  }

  /**
   * Returns the events that are merged in one version but not in another. Of two versions the one
   * is part of the other if there are none.
   *
   * @param version indexes of events
   * @param other indexes of events
   * @return their indexes, in growing order
   * @throws IllegalArgumentException if an event is unknown
   */
  public int[] difference(int[] version, int[] other) {
    return store.difference(versionOf(version), versionOf(other));
  }

  /**
   * Returns the last critical version that is not after an event: everything before it is in its
   * history, and everything after it has it in its history, so nothing is ever merged across it.
   *
   * @param index an event of this log, or the one before its first
   * @return the event that is the version, or the one before the first event of this log, which is
   *     -1 at the start of a text
   * @throws IllegalArgumentException if there is no such event
   */
  public int criticalBefore(int index) {
    return index == first() - 1 ? index : store.graph.criticalBefore(requireEvent(index));
  }

  /**
   * Forgets the events before one, which keep their indexes. Who was not further than what is
   * forgotten cannot be merged any more.
   *
   * @param index the first event to keep, or {@link #size()} to forget all; the one before it is a
   *     critical version
   * @throws IllegalArgumentException if there is no such event, or if the one before is not
   *     critical
   */
  public void trimBefore(int index) {
    if (index == first()) {
      return;
    }
    int before = requireEvent(index - 1);
    int critical = store.graph.criticalBefore(before);
    if (critical != before) {
      throw new IllegalArgumentException(
          "Events before %d cannot be forgotten, for others do not know event %d; those before %d can be."
              .formatted(index, before, critical + 1));
    }
    store = store.tail(index);
    merge = new EventMerge(store);
  }

  /**
   * Returns what happened to a text since a version.
   *
   * @param version indexes of events
   * @return what the events that it does not have change in the text of the version
   * @throws IllegalArgumentException if an event is unknown
   */
  public TextDelta changeSince(int[] version) {
    int[] from = versionOf(version);
    return store.graph.isHeads(from) ? TextDelta.empty() : store.changeSince(from);
  }
}
