package io.stateward.sync.text;

/** How many units each event has; events of one size in a row are one entry. */
final class EventSizes {

  private final int first;
  private int events;
  private int units;
  private final IntColumn firstEvents = new IntColumn(); // of each entry
  private final IntColumn firstUnits = new IntColumn();
  private final IntColumn sizes = new IntColumn();

  EventSizes(int first) {
    this.first = first;
  }

  void append(int count, int size) {
    if (sizes.isEmpty() || sizes.last() != size) {
      firstEvents.add(first + events);
      firstUnits.add(units);
      sizes.add(size);
    }
    events += count;
    units = Math.addExact(units, Math.multiplyExact(count, size));
  }

  int units() {
    return units;
  }

  /** Returns how many units there are before an event, which may be the next to come. */
  int unitsBefore(int event) {
    if (event - first == events) {
      return units;
    }
    int entry = firstEvents.floor(event);
    return firstUnits.get(entry) + (event - firstEvents.get(entry)) * sizes.get(entry);
  }

  /** Returns the event that a unit is of. */
  int eventOf(int unit) {
    int entry = firstUnits.floor(unit);
    return firstEvents.get(entry) + (unit - firstUnits.get(entry)) / sizes.get(entry);
  }

  int entries() {
    return sizes.size();
  }

  int size(int entry) {
    return sizes.get(entry);
  }

  /** Returns how many events an entry is about. */
  int count(int entry) {
    int end = entry + 1 < sizes.size() ? firstEvents.get(entry + 1) : first + events;
    return end - firstEvents.get(entry);
  }

  EventSizes tail(int from) {
    var tail = new EventSizes(from);
    for (int entry = Math.max(firstEvents.floor(from), 0); entry < sizes.size(); entry++) {
      int gone = Math.max(from - firstEvents.get(entry), 0);
      if (gone < count(entry)) {
        tail.append(count(entry) - gone, sizes.get(entry));
      }
    }
    return tail;
  }
}
