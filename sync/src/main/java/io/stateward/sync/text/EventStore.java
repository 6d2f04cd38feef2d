package io.stateward.sync.text;

/** What a log consists of: the graph of the events, who made them, and what each does. */
final class EventStore {

  final EventGraph graph;
  final EventHistory history;
  final EventColumns columns;
  final Authors authors;
  final int startLength; // of the text before the first event
  int length; // of the text in which all events are merged

  EventStore(int first, int length) {
    this(new EventGraph(first), new EventColumns(first), new Authors(), length, length);
  }

  EventStore(EventGraph graph, EventColumns columns, Authors authors, int startLength, int length) {
    this.graph = graph;
    this.history = new EventHistory(graph);
    this.columns = columns;
    this.authors = authors;
    this.startLength = startLength;
    this.length = length;
  }

  int append(String agent, int[] version, TextDelta operation) {
    columns.append(operation);
    int index = graph.append(version, length);
    authors.append(index, agent);
    return index;
  }

  /** Returns how long the text is at a critical event. */
  int lengthAt(int critical) {
    if (critical < graph.first()) {
      return startLength;
    }
    int run = graph.runOf(critical);
    int start = columns.unitsBefore(graph.runStart(run));
    int end = columns.unitsBefore(critical + 1);
    return graph.textLengthBefore(run) + columns.change(end) - columns.change(start);
  }

  /** Returns the events from one on, of which the one before is critical. */
  EventStore tail(int from) {
    int before = lengthAt(from - 1);
    return new EventStore(
        graph.tail(from, before),
        columns.tail(from),
        authors.tail(from, graph.size()),
        before,
        length);
  }

  Walker walkerAt(int critical) {
    return new Walker(this, critical, lengthAt(critical));
  }

  /** Returns what the events outside the history of a version change in the text of the version. */
  TextDelta changeSince(int[] version) {
    int critical = graph.criticalBefore(version[version.length - 1]);
    Walker walker = walkerAt(critical);
    mergeDifference(walker, version, new int[] {critical});
    walker.remember();
    mergeDifference(walker, graph.heads(), version);
    return walker.changes();
  }

  private void mergeDifference(Walker walker, int[] version, int[] without) {
    IntColumn ranges = ranges(version, without);
    for (int i = ranges.size() - 2; i >= 0; i -= 2) {
      walker.merge(ranges.get(i), ranges.get(i + 1));
    }
  }

  int[] difference(int[] version, int[] without) {
    IntColumn ranges = ranges(version, without);
    var events = new IntColumn();
    for (int i = ranges.size() - 2; i >= 0; i -= 2) {
      for (int event = ranges.get(i); event <= ranges.get(i + 1); event++) {
        events.add(event);
      }
    }
    return events.toArray();
  }

  /**
   * Returns the first and last events of runs in the one history only; the last run comes first.
   */
  private IntColumn ranges(int[] version, int[] without) {
    var ranges = new IntColumn();
    history.difference(
        version,
        without,
        (from, to, mark) -> {
          if (mark == EventHistory.LEFT) {
            ranges.add(from);
            ranges.add(to);
          }
        });
    return ranges;
  }
}
