package io.stateward.sync.text;

/**
 * The operations of the events, as one stream of units: a unit inserts one code point or deletes
 * one. Units that continue each other are one run, whatever events they belong to: typing, deleting
 * forwards, deleting backwards. Each event has the units from {@link #unitsBefore} it to those
 * before the next.
 *
 * <pre>
 *   units     0 1 2 3 4 | 5 6 | 7 8 9
 *   runs      insert    | back| delete
 *   events    a a a b b | b c | d d d      sizes 3 3 1 3
 * </pre>
 */
final class EventColumns {

  static final int INSERT = 0; // unit k of a run inserts at position + k
  static final int DELETE = 1; // every unit deletes at position
  static final int BACKSPACE = 2; // unit k deletes at position - k

  static final int LIMIT = 1 << 29; // of units, and so of positions

  private static final int KIND = 3;

  private final EventSizes sizes;
  private final TextColumn text;
  private int units;
  private int inserted;
  private final IntColumn runs = new IntColumn(); // first unit of each run
  private final IntColumn places = new IntColumn(); // position * 4 + kind
  private final IntColumn texts = new IntColumn(); // inserted code points before each run

  EventColumns(int first) {
    this(new EventSizes(first), new TextColumn());
  }

  EventColumns(EventSizes sizes, TextColumn text) {
    this.sizes = sizes;
    this.text = text;
  }

  /** Adds the operation of the next event. Where it deletes and inserts, it inserts first. */
  void append(TextDelta operation) {
    int before = units;
    int position = 0;
    int deleted = 0;
    for (int part = 0; part < operation.size(); part++) {
      int length = operation.length(part);
      String added = operation.text(part);
      if (added != null) {
        add(INSERT, position, length);
        text.append(added);
        position += length;
      } else if (operation.isDelete(part)) {
        deleted += length;
      } else {
        add(DELETE, position, deleted);
        deleted = 0;
        position += length;
      }
    }
    add(DELETE, position, deleted);
    sizes.append(1, units - before);
  }

  /** Refuses an operation for which there is no room. */
  void requireRoom(TextDelta operation) {
    long more = 0;
    for (int part = 0; part < operation.size(); part++) {
      boolean retains = operation.text(part) == null && !operation.isDelete(part);
      more += retains ? 0 : operation.length(part);
    }
    if (units + more > LIMIT || operation.inputLength() + more > LIMIT) {
      throw new IllegalArgumentException(
          "The log has %d inserted and deleted code points and cannot take %d more: its limit is %d. Trim it."
              .formatted(units, more, LIMIT));
    }
  }

  /** Adds units that continue each other; they may continue the last run as well. */
  void add(int kind, int position, int count) {
    if (count > 0) {
      if (!extend(kind, position, count)) {
        runs.add(units);
        places.add(position << 2 | kind);
        texts.add(inserted);
      }
      units += count;
      inserted += kind == INSERT ? count : 0;
    }
  }

  private boolean extend(int kind, int position, int count) {
    int run = runs.size() - 1;
    if (run < 0) {
      return false;
    }
    int length = units - runs.get(run);
    if (kind == kind(run) && position == placeIn(run, length)) {
      return true;
    }
    boolean back = kind == BACKSPACE || (kind == DELETE && count == 1);
    return back && extendBack(run, length, position);
  }

  /* One deleted code point is both: it is a delete until one before it is deleted. */
  private boolean extendBack(int run, int length, int position) {
    boolean continues = kind(run) != INSERT && position(run) - length == position;
    if (continues && length == 1) {
      places.set(run, position(run) << 2 | BACKSPACE);
    }
    return continues && kind(run) == BACKSPACE;
  }

  private int placeIn(int run, int offset) {
    return place(kind(run), position(run), offset);
  }

  /** Returns where a run goes on after some units. */
  static int place(int kind, int position, int units) {
    return position + (kind == INSERT ? units : kind == DELETE ? 0 : -units);
  }

  private int kind(int run) {
    return places.get(run) & KIND;
  }

  private int position(int run) {
    return places.get(run) >>> 2;
  }

  EventSizes sizes() {
    return sizes;
  }

  TextColumn text() {
    return text;
  }

  int units() {
    return units;
  }

  /** Returns how many code points were inserted. */
  int inserted() {
    return inserted;
  }

  int runs() {
    return runs.size();
  }

  /** Returns how many units there are before an event, which may be the next to come. */
  int unitsBefore(int event) {
    return sizes.unitsBefore(event);
  }

  /** Returns the event that a unit is of. */
  int eventOf(int unit) {
    return sizes.eventOf(unit);
  }

  /** Returns by how much the units before one make a text longer, if each has an effect. */
  int change(int unit) {
    return 2 * textBefore(unit) - unit;
  }

  private int textBefore(int unit) {
    if (unit == units) {
      return inserted;
    }
    int run = runs.floor(unit);
    return texts.get(run) + (kind(run) == INSERT ? unit - runs.get(run) : 0);
  }

  /** Returns what units insert that continue each other. */
  String textOf(int unit, int count) {
    int from = textBefore(unit);
    return text.substring(from, from + count);
  }

  /** Is told of units that continue each other. */
  interface Chunk {
    void accept(int kind, int position, int unit, int count);
  }

  /** Tells what units do, one run after the other. */
  void each(int from, int to, Chunk chunk) {
    int run = runs.floor(from);
    for (int unit = from; unit < to; run++) {
      int end = Math.min(to, run + 1 < runs.size() ? runs.get(run + 1) : units);
      chunk.accept(kind(run), placeIn(run, unit - runs.get(run)), unit, end - unit);
      unit = end;
    }
  }

  /** Returns the operation of an event, as it was given save that inserts are before deletes. */
  TextDelta operation(int event) {
    var changes = new Changes(this);
    each(
        unitsBefore(event),
        unitsBefore(event + 1),
        (kind, position, unit, count) -> {
          if (kind == INSERT) {
            changes.insert(position, unit, count);
          } else {
            changes.delete(position, count);
          }
        });
    return changes.toDelta();
  }

  /** Returns the operations of an event and those after it. */
  EventColumns tail(int from) {
    int unit = unitsBefore(from);
    var tail = new EventColumns(sizes.tail(from), text.tail(textBefore(unit)));
    each(unit, units, (kind, position, at, count) -> tail.add(kind, position, count));
    return tail;
  }
}
