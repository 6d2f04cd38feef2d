package io.stateward.sync.text;

/**
 * The operations of the events, as one stream of units: a unit inserts one code point or deletes
 * one. Units that continue each other are one run, whatever events they belong to: typing, deleting
 * forwards, deleting backwards. Each event has the units from {@link #unitsBefore} it to those
 * before the next.
 *
 * <pre>
 *   runs     units:  0 1 2 3 4 | 5 6 | 7 8 9        INSERT at 4, BACKSPACE at 8, DELETE at 2
 *   events           a a a b b | b c | d d d        sizes 3 3 1 3
 * </pre>
 */
final class EventColumns {

  static final int INSERT = 0; // unit k of a run inserts at position + k
  static final int DELETE = 1; // every unit deletes at position
  static final int BACKSPACE = 2; // unit k deletes at position - k

  private static final int KIND = 3;

  private int first;
  private int events;
  private int units;
  private final IntColumn runs; // first unit of each run
  private final IntColumn places; // position * 4 + kind
  private final IntColumn texts; // inserted code points before each run
  private TextColumn text = new TextColumn();

  private final IntColumn sizeEvents = new IntColumn(); // events of one size in a row: the first,
  private final IntColumn sizeUnits = new IntColumn(); // the units before it,
  private final IntColumn sizes = new IntColumn(); // and how many units each of them has

  EventColumns(int first) {
    this.first = first;
    this.runs = new IntColumn();
    this.places = new IntColumn();
    this.texts = new IntColumn();
  }

  int units() {
    return units;
  }

  /**
   * Adds the operation of the next event. Where it inserts and deletes at one place, it inserts
   * first.
   */
  void append(TextDelta operation) {
    int before = units;
    int position = 0;
    int deleted = 0;
    for (int part = 0; part < operation.size(); part++) {
      int length = operation.length(part);
      String inserted = operation.text(part);
      if (inserted != null) {
        insert(position, inserted, length);
        position += length;
      } else if (operation.isDelete(part)) {
        deleted += length;
      }
      boolean retains = inserted == null && !operation.isDelete(part);
      if (retains || part == operation.size() - 1) {
        delete(position, deleted);
        deleted = 0;
        position += retains ? length : 0;
      }
    }
    addEvents(1, units - before);
  }

  void addEvents(int count, int size) {
    if (sizes.isEmpty() || sizes.last() != size) {
      sizeEvents.add(first + events);
      sizeUnits.add(units - size * count);
      sizes.add(size);
    }
    events += count;
  }

  private void insert(int position, String inserted, int count) {
    addInsert(position, count);
    text.append(inserted);
  }

  void addInsert(int position, int count) {
    int run = runs.size() - 1;
    boolean continues =
        run >= 0 && kind(run) == INSERT && position(run) + (units - runs.get(run)) == position;
    if (!continues) {
      addRun(INSERT, position, text.length());
    }
    units = Math.addExact(units, count);
  }

  void delete(int position, int count) {
    if (count == 0) {
      return;
    }
    int run = runs.size() - 1;
    int length = run < 0 ? 0 : units - runs.get(run);
    if (run >= 0 && kind(run) == DELETE && position(run) == position) {
      units = Math.addExact(units, count);
      return;
    }
    boolean single = run >= 0 && length == 1 && kind(run) == DELETE;
    boolean back = run >= 0 && count == 1 && (single || kind(run) == BACKSPACE);
    if (back && position(run) - length == position) {
      places.set(run, position(run) << 2 | BACKSPACE);
    } else {
      addRun(DELETE, position, text.length());
    }
    units = Math.addExact(units, count);
  }

  private void addRun(int kind, int position, int textBefore) {
    runs.add(units);
    places.add(position << 2 | kind);
    texts.add(textBefore);
  }

  /** Returns how many units there are before an event, which may be the next to come. */
  int unitsBefore(int event) {
    if (event - first == events) {
      return units;
    }
    int entry = sizeEvents.floor(event);
    return sizeUnits.get(entry) + (event - sizeEvents.get(entry)) * sizes.get(entry);
  }

  /** Returns the event that a unit is of. */
  int eventOf(int unit) {
    int entry = sizeUnits.floor(unit);
    return sizeEvents.get(entry) + (unit - sizeUnits.get(entry)) / sizes.get(entry);
  }

  /** Returns by how much the units up to one make a text longer, if each has an effect. */
  int change(int unit) {
    return 2 * textBefore(unit) - unit;
  }

  private int textBefore(int unit) {
    if (unit == units) {
      return text.length();
    }
    int run = runs.floor(unit);
    return texts.get(run) + (kind(run) == INSERT ? unit - runs.get(run) : 0);
  }

  private int kind(int run) {
    return places.get(run) & KIND;
  }

  private int position(int run) {
    return places.get(run) >>> 2;
  }

  String text(int from, int to) {
    return text.substring(from, to);
  }

  /** Returns what the units of a run insert. */
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
      int offset = unit - runs.get(run);
      int kind = kind(run);
      int position = position(run);
      int at = kind == INSERT ? position + offset : kind == DELETE ? position : position - offset;
      chunk.accept(kind, at, unit, end - unit);
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
}
