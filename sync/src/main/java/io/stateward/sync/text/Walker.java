package io.stateward.sync.text;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges events: finds what an operation, made in one version, does to the text in which all events
 * before it in the log are merged.
 *
 * <p>It begins at a critical version, of which it knows the length of the text alone, and is given
 * later events in an order in which none is before its parents. {@link TextLog} describes the
 * algorithm.
 */
final class Walker {

  private static final int PLACEHOLDER = Integer.MIN_VALUE; // the id of the first code point

  private final EventGraph graph;
  private final EventHistory history;
  private final EventColumns columns;
  private final Authors authors;
  private final int base;
  private final int firstUnit;
  private int[] version;
  private final WalkerTree tree = new WalkerTree();
  private final TreeMap<Integer, WalkerItem> placeholders = new TreeMap<>();
  private @Nullable WalkerItem[] items = new WalkerItem[64]; // by unit that inserts, from firstUnit
  private int[] targets = new int[64]; // by unit that deletes: what it deleted
  private @Nullable Changes changes;

  Walker(EventGraph graph, EventColumns columns, Authors authors, int base, int textLength) {
    this.graph = graph;
    this.history = new EventHistory(graph);
    this.columns = columns;
    this.authors = authors;
    this.base = base;
    this.firstUnit = columns.unitsBefore(base + 1);
    this.version = new int[] {base};
    if (textLength > 0) {
      var all = new WalkerItem(PLACEHOLDER, textLength, WalkerItem.NONE, WalkerItem.NONE);
      tree.insertAfter(null, all);
      placeholders.put(PLACEHOLDER, all);
    }
  }

  /** Returns the critical event at which this began. */
  int base() {
    return base;
  }

  /** Tells whether this is made again at next to no cost. */
  boolean isSmall() {
    return items.length <= 1 << 10;
  }

  WalkerTree tree() {
    return tree;
  }

  /** Returns how long the text is in the prepared version. */
  int preparedLength() {
    return tree.prepared();
  }

  /** Makes a version the prepared one; all events of its history were given before. */
  void prepare(int[] next) {
    if (!Arrays.equals(version, next)) {
      history.difference(
          version, next, (from, to, mark) -> move(from, to, mark == EventHistory.LEFT ? -1 : 1));
      version = next;
    }
  }

  /** Merges events of one run of the graph. */
  void merge(int from, int to) {
    prepare(graph.parents(from));
    apply(columns.unitsBefore(from), columns.unitsBefore(to + 1));
    version = new int[] {to};
  }

  /** Merges an event whose parents are prepared; returns what it changes in the merged text. */
  TextDelta merge(int event) {
    var made = new Changes(columns);
    changes = made;
    apply(columns.unitsBefore(event), columns.unitsBefore(event + 1));
    changes = null;
    version = new int[] {event};
    return made.toDelta();
  }

  private void apply(int from, int to) {
    int room = to - firstUnit;
    if (room > items.length) {
      int size = room + (room >> 1);
      items = Arrays.copyOf(items, size);
      targets = Arrays.copyOf(targets, size);
    }
    columns.each(from, to, this::apply);
  }

  private void apply(int kind, int position, int unit, int count) {
    if (kind == EventColumns.INSERT) {
      insert(position, unit, count);
    } else {
      delete(kind == EventColumns.BACKSPACE, position, unit, count);
    }
  }

  private void insert(int position, int unit, int count) {
    WalkerItem before = null;
    WalkerItem after;
    int left = WalkerItem.NONE;
    if (position > 0) {
      WalkerTree.Place place = tree.find(position - 1);
      before = place.item;
      left = before.id + place.offset;
      if (place.offset + 1 < before.length) {
        split(before, place.offset + 1);
        before = item(left);
      }
    }
    after = tree.next(before);
    WalkerItem right = tree.nextInserted(after);
    var item = new WalkerItem(unit, count, left, right == null ? WalkerItem.NONE : right.id);
    WalkerItem neighbour = right == after ? before : integrate(item, before, after, right);
    place(item, neighbour);
  }

  private void place(WalkerItem item, @Nullable WalkerItem before) {
    int at = item.id - firstUnit;
    if (before != null && continues(before, item)) {
      Arrays.fill(items, at, at + item.length, before);
      tree.extend(before, item.length);
    } else {
      Arrays.fill(items, at, at + item.length, item);
      tree.insertAfter(before, item);
    }
    if (changes != null) {
      WalkerItem placed = items[at];
      changes.insert(tree.mergedBefore(placed) + item.id - placed.id, item.id, item.length);
    }
  }

  private boolean continues(WalkerItem before, WalkerItem item) {
    return before.id >= 0
        && before.lastId() == item.left
        && before.lastId() == item.id - 1
        && before.right == item.right
        && before.state == 1
        && !before.deleted
        && !before.known;
  }

  /*
   * Finds the place of an item between its origins among those that were inserted there by others,
   * whom its author had not seen: the order of FugueMax. Returns what it goes after.
   */
  private @Nullable WalkerItem integrate(
      WalkerItem item,
      @Nullable WalkerItem before,
      @Nullable WalkerItem first,
      @Nullable WalkerItem end) {
    WalkerItem neighbour = before;
    boolean scanning = false;
    for (WalkerItem other = first; other != null && other != end; other = tree.next(other)) {
      int order = other.left == item.left ? 0 : compare(other.left, item.left, -1);
      if (order < 0) {
        break;
      }
      if (order == 0) {
        boolean same = other.right == item.right;
        if (same && isBefore(item.id, other.id)) {
          break;
        }
        scanning = !same && compare(other.right, item.right, 1) < 0;
      }
      if (!scanning) {
        neighbour = other;
      }
    }
    return neighbour;
  }

  private boolean isBefore(int unit, int other) {
    int order = authors.compare(columns.eventOf(unit), columns.eventOf(other));
    return order < 0 || (order == 0 && unit < other);
  }

  /** Compares the places of two code points; none is before all others or after them. */
  private int compare(int one, int other, int none) {
    if (one == WalkerItem.NONE || other == WalkerItem.NONE) {
      return one == other ? 0 : one == WalkerItem.NONE ? none : -none;
    }
    WalkerItem a = item(one);
    WalkerItem b = item(other);
    return a == b ? Integer.compare(one, other) : tree.compare(a, b);
  }

  private void delete(boolean back, int position, int unit, int count) {
    int at = position;
    for (int done = 0; done < count; ) {
      WalkerTree.Place place = tree.find(at);
      int length =
          Math.min(count - done, back ? place.offset + 1 : place.item.length - place.offset);
      int from = back ? place.offset + 1 - length : place.offset;
      WalkerItem item = isolate(place.item, from, length);
      for (int i = 0; i < length; i++) {
        targets[unit - firstUnit + done + i] = back ? item.lastId() - i : item.id + i;
      }
      if (changes != null && !item.deleted) {
        changes.delete(tree.mergedBefore(item), length);
      }
      tree.change(item, 2, true);
      done += length;
      at -= back ? length : 0;
    }
  }

  /** Takes the effects of events into the prepared version, or out of it. */
  private void move(int from, int to, int by) {
    int end = columns.unitsBefore(to + 1) - firstUnit;
    for (int at = columns.unitsBefore(from) - firstUnit; at < end; ) {
      WalkerItem inserted = items[at];
      at += inserted != null ? moveInserted(inserted, at, end, by) : moveDeleted(at, end, by);
    }
  }

  private int moveInserted(WalkerItem item, int at, int end, int by) {
    int offset = at + firstUnit - item.id;
    int length = Math.min(item.length - offset, end - at);
    WalkerItem moved = isolate(item, offset, length);
    tree.change(moved, moved.state + by, moved.deleted);
    return length;
  }

  private int moveDeleted(int at, int end, int by) {
    int target = targets[at];
    WalkerItem item = item(target);
    int offset = target - item.id;
    int length = 1;
    while (at + length < end
        && isTarget(at + length, target + length)
        && offset + length < item.length) {
      length++;
    }
    if (length == 1) {
      while (at + length < end && isTarget(at + length, target - length) && offset >= length) {
        length++;
      }
      offset -= length - 1;
    }
    WalkerItem moved = isolate(item, offset, length);
    tree.change(moved, moved.state + by, moved.deleted);
    return length;
  }

  private boolean isTarget(int at, int target) {
    return items[at] == null && targets[at] == target;
  }

  private WalkerItem item(int id) {
    return id < 0 ? placeholders.floorEntry(id).getValue() : items[id - firstUnit];
  }

  /** Makes a part of an item an item of its own. */
  private WalkerItem isolate(WalkerItem item, int offset, int length) {
    int id = item.id + offset;
    WalkerItem part = item;
    if (offset > 0) {
      split(part, offset);
      part = item(id);
    }
    if (part.length > length) {
      split(part, length);
      part = item(id);
    }
    return part;
  }

  /* Only the new half, which is the shorter, has to be entered: so all cuts of a run cost n log n. */
  private void split(WalkerItem item, int offset) {
    WalkerItem part = tree.split(item, offset);
    if (item.id < 0) {
      placeholders.put(part.id, part);
      placeholders.put(item.id, item);
    } else {
      int at = part.id - firstUnit;
      Arrays.fill(items, at, at + part.length, part);
    }
  }
}
