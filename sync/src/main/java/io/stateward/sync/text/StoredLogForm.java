package io.stateward.sync.text;

/**
 * The log in a {@link StoredTextForm}: authors, sizes of the events, graph, operations, each in
 * columns; then all text that was inserted. Numbers that go on where the last ended are
 * differences.
 */
final class StoredLogForm {

  private StoredLogForm() {}

  static void write(EventStore store, FormWriter form) {
    form.number(store.graph.first());
    form.number(store.startLength);
    form.number(store.graph.size() - store.graph.first());
    form.number(store.length);
    store.authors.write(form, store.graph.size());
    writeSizes(store.columns.sizes(), form);
    writeGraph(store, form);
    writeOperations(store.columns, form);
    form.bytes(store.columns.text().toBytes());
  }

  static EventStore read(FormReader form) {
    int first = form.number(0, EventGraph.LIMIT, "the first event");
    int startLength = form.number(0, EventColumns.LIMIT, "the length at the start");
    int events = form.number(0, EventGraph.LIMIT - first, "the number of events");
    int length = form.number(0, EventColumns.LIMIT, "the length");
    Authors authors = Authors.read(form, first, events);
    EventSizes sizes = readSizes(form, first, events);
    var columns = new EventColumns(sizes, new TextColumn());
    var graph = new EventGraph(first);
    IntColumn drifts = readGraph(form, graph, events);
    readOperations(form, columns);
    FormReader.requireEqual(columns.units(), sizes.units(), "the size of its operations");
    columns.text().append(form.text("the inserted text"));
    FormReader.requireEqual(
        columns.text().length(), columns.inserted(), "the length of what was inserted");
    setLengths(graph, columns, startLength, drifts);
    return new EventStore(graph, columns, authors, startLength, length);
  }

  private static void writeSizes(EventSizes sizes, FormWriter form) {
    form.number(sizes.entries());
    for (int entry = 0; entry < sizes.entries(); entry++) {
      form.number(sizes.count(entry));
      form.number(sizes.size(entry));
    }
  }

  private static EventSizes readSizes(FormReader form, int first, int events) {
    var sizes = new EventSizes(first);
    int left = events;
    for (int entries = form.count("the number of sizes"); entries > 0; entries--) {
      int count = form.number(1, left, "a number of events");
      int most = (EventColumns.LIMIT - sizes.units()) / count;
      sizes.append(count, form.number(0, most, "the size of an event"));
      left -= count;
    }
    FormReader.requireEqual(left, 0, "the number of events without a size");
    return sizes;
  }

  /* The last column is how far the text is from as long as if the run before it had all its effect. */
  private static void writeGraph(EventStore store, FormWriter form) {
    EventGraph graph = store.graph;
    form.number(graph.runCount());
    int expected = store.startLength;
    for (int run = 0; run < graph.runCount(); run++) {
      int start = graph.runStart(run);
      int[] parents = graph.runParents(run);
      form.number(graph.runEnd(run) - start);
      form.number(parents.length);
      for (int parent : parents) {
        form.number(start - 1 - parent);
      }
      form.signed(graph.textLengthBefore(run) - expected);
      expected = graph.textLengthBefore(run) + change(store.columns, graph, run);
    }
  }

  private static int change(EventColumns columns, EventGraph graph, int run) {
    int from = columns.unitsBefore(graph.runStart(run));
    return columns.change(columns.unitsBefore(graph.runEnd(run) + 1)) - columns.change(from);
  }

  private static IntColumn readGraph(FormReader form, EventGraph graph, int events) {
    var drifts = new IntColumn();
    int end = graph.first() + events;
    for (int runs = form.count("the number of runs"); runs > 0; runs--) {
      int start = graph.size();
      int more = form.number(0, end - start - 1, "the length of a run");
      int[] parents = new int[form.count("the number of parents")];
      for (int i = 0; i < parents.length; i++) {
        int least = i == 0 ? graph.first() - 1 : parents[i - 1] + 1;
        parents[i] = start - 1 - form.number(0, start - 1 - least, "a parent");
      }
      FormReader.require(parents.length > 0, "an event has no parents");
      graph.appendRun(parents, more + 1, 0);
      drifts.add(form.signed());
    }
    FormReader.requireEqual(graph.size(), end, "the end of its events");
    return drifts;
  }

  private static void setLengths(
      EventGraph graph, EventColumns columns, int startLength, IntColumn drifts) {
    int expected = startLength;
    for (int run = 0; run < graph.runCount(); run++) {
      int length = expected + drifts.get(run);
      FormReader.require(length >= 0, "the text before an event is too short");
      graph.setTextLengthBefore(run, length);
      expected = length + change(columns, graph, run);
    }
  }

  private static void writeOperations(EventColumns columns, FormWriter form) {
    form.number(columns.runs());
    columns.each(
        0, columns.units(), (kind, position, unit, count) -> form.number(count << 2 | kind));
    int[] last = {0};
    columns.each(
        0,
        columns.units(),
        (kind, position, unit, count) -> {
          form.signed(position - last[0]);
          last[0] = EventColumns.place(kind, position, count);
        });
  }

  private static void readOperations(FormReader form, EventColumns columns) {
    int[] lengths = new int[form.count("the number of operations")];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = form.number(0, Integer.MAX_VALUE, "an operation");
    }
    int last = 0;
    for (int length : lengths) {
      int kind = length & 3;
      int count = length >>> 2;
      int position = last + form.signed();
      last = EventColumns.place(kind, position, count);
      FormReader.require(
          kind <= EventColumns.BACKSPACE
              && count > 0
              && count <= EventColumns.LIMIT - columns.units()
              && position >= 0
              && position <= EventColumns.LIMIT
              && last >= -1,
          "it inserts or deletes outside of a text");
      columns.add(kind, position, count);
    }
  }
}
