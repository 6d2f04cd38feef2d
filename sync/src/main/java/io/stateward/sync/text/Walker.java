package io.stateward.sync.text;

import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges events: finds what an operation, made in one version, does to the text in which all events
 * before it in the log are merged.
 *
 * <p>It begins at a critical version, of which it knows the length of the text alone, and is given
 * later events in an order in which none is before its parents.
 */
final class Walker {

  /*
   * The algorithm is Eg-walker: Gentle and Kleppmann, "Collaborative Text Editing with Eg-walker:
   * Better, Faster, Smaller", EuroSys 2025, arXiv 2409.14252. The order of concurrent inserts is
   * that of FugueMax: Weidner and Kleppmann, "The Art of the Fugue", arXiv 2305.00583.
   *
   * What there is. A list of all code points that were in the text at the base or were inserted
   * since, deleted or not, in the order of the document. Every code point has an id, a state in the
   * prepared version (0 not inserted, 1 there, 1 + n deleted n times) and a mark that it is deleted
   * in the merged text, where all events given so far are merged. Ids of inserted code points are
   * the numbers of the units that inserted them, those of the base are negative. One more list tells
   * of each unit that deletes which id it deleted.
   *
   *   list      H  e  l  l  o  !  w        "Hello" at the base; then two concurrent events:
   *   prepared  1  1  1  1  1  0  1        ada: insert "!" at 5, unit 0
   *   merged    +  +  +  +  +  +  +        bob: insert "w" at 5, unit 1
   *
   * An event is merged in three steps.
   *
   * 1. Prepare the version in which it was made. Events in the history of the version prepared last
   *    but not in this one are taken back: an insert sets its code points from 1 to 0, a delete
   *    takes 1 from the state of its target. Events in this one only are done again, the other way
   *    round. The order does not matter, states only count. Now the code points in state 1 are the
   *    text that the author saw.
   *
   * 2. Delete at a position: count code points in state 1 to find the target; it is in state 2 now.
   *    If it is not deleted in the merged text yet, it is now, and the change is a delete at as many
   *    places as undeleted code points are before it in the list.
   *
   * 3. Insert at a position p: the left origin is code point p - 1 of those in state 1 (none for
   *    the start), the right origin is the first code point after it in a state other than 0 (none
   *    for the end). If they are neighbours, the new one goes in between. Else all in between were
   *    inserted by others of whom the author knew nothing. Go through them from the left; the new one
   *    goes after the left origin or after the last of them that was passed while not "scanning":
   *
   *      other's left origin is left of mine:  stop
   *      other's left origin is mine, and
   *          its right origin is mine too:     stop if my author's name is less (my event's number,
   *                                            if they are one author's); else not scanning
   *          its right origin is another:      scanning if it is left of mine, else not scanning
   *      other's left origin is right of mine: as before
   *
   *    The new one is in state 1 and undeleted. The change is an insert, found as in step 2. What an
   *    event inserts at one place is inserted one code point after the other.
   *
   * After that, the event is the prepared version (of this view, see below). An event that was made in the version in which
   * everything is merged needs none of this: it changes what it says. And at a critical version all
   * of this can be thrown away, for nobody will ever go back behind it: the text at a critical
   * version is enough to begin, and of that only its length.
   *
   * Views. If two who were offline come back at once, their events come in turns, and with one
   * prepared version each turn would take back all of the one and do again all of the other. So up to
   * four versions are prepared side by side, see WalkerViews: every code point has a state in each,
   * and an event changes those of its own view alone. One view is enough for a correct merge.
   *
   * How it is fast. Code points inserted in a row in one state are one item: only the first has a
   * left origin of its own, and in step 3 it stands for all, since the left origins of the others are
   * right of mine. The items are in a B+tree that sums up the lengths in both versions, so positions
   * are found, and places compared, in logarithmic time. Items are found by id through an array over
   * the units, and for the few pieces of the base through a sorted map. An item that is cut in two
   * keeps its longer half, so that entering the shorter one into the array costs n log n for all cuts.
   */

  private static final int PLACEHOLDER = Integer.MIN_VALUE; // the id of the first code point

  private final EventStore store;
  private final EventColumns columns;
  private final int base;
  private final int firstUnit;
  private final WalkerViews views;
  private final WalkerTree tree = new WalkerTree();
  private final TreeMap<Integer, WalkerItem> placeholders = new TreeMap<>();
  private @Nullable WalkerItem[] items = new WalkerItem[64]; // by unit that inserts, from firstUnit
  private int[] targets = new int[64]; // by unit that deletes: what it deleted
  private @Nullable Changes changes;

  Walker(EventStore store, int base, int textLength) {
    this.store = store;
    this.columns = store.columns;
    this.base = base;
    this.firstUnit = columns.unitsBefore(base + 1);
    this.views = new WalkerViews(tree, base);
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

  /** Returns how long the text is in the prepared version. */
  int preparedLength() {
    return tree.prepared();
  }

  /**
   * Makes a version the prepared one for an author; all events of its history were given before.
   */
  void prepare(int[] next, String author) {
    int[] version = views.choose(next, author);
    if (!Arrays.equals(version, next)) {
      store.history.difference(
          version, next, (from, to, mark) -> move(from, to, mark == EventHistory.LEFT ? -1 : 1));
      views.set(next);
    }
  }

  /** Merges events of one run of the graph. */
  void merge(int from, int to) {
    prepare(store.graph.parents(from), store.authors.of(from));
    apply(columns.unitsBefore(from), columns.unitsBefore(to + 1));
    views.set(new int[] {to});
  }

  /** Merges an event whose parents are prepared; returns what it changes in the merged text. */
  TextDelta merge(int event) {
    var made = new Changes(columns);
    changes = made;
    apply(columns.unitsBefore(event), columns.unitsBefore(event + 1));
    changes = null;
    views.set(new int[] {event});
    return made.toDelta();
  }

  /** Remembers the text as it is merged so far, for {@link #changes}. */
  void remember() {
    for (WalkerItem item = tree.next(null); item != null; item = tree.next(item)) {
      item.known = !item.deleted;
    }
  }

  /** Returns what was changed since {@link #remember} was called. */
  TextDelta changes() {
    TextDeltaBuilder delta = TextDelta.builder();
    for (WalkerItem item = tree.next(null); item != null; item = tree.next(item)) {
      if (item.known) {
        if (item.deleted) {
          delta.delete(item.length);
        } else {
          delta.retain(item.length);
        }
      } else if (!item.deleted && item.id >= 0) {
        delta.insert(columns.textOf(item.id, item.length), item.length);
      }
    }
    return delta.build();
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
    WalkerItem neighbour =
        after == null || after == right ? before : integrate(item, before, after, right);
    place(item, neighbour);
  }

  private void place(WalkerItem item, @Nullable WalkerItem before) {
    WalkerItem placed = item;
    int offset = 0;
    if (before != null && continues(before, item)) {
      placed = before;
      offset = before.length;
      tree.extend(before, item.length);
    } else {
      tree.insertAfter(before, item);
    }
    int at = item.id - firstUnit;
    Arrays.fill(items, at, at + item.length, placed);
    if (changes != null) {
      changes.insert(tree.mergedBefore(placed) + offset, item.id, item.length);
    }
  }

  private boolean continues(WalkerItem before, WalkerItem item) {
    return before.id >= 0
        && before.lastId() == item.left
        && before.lastId() == item.id - 1
        && before.right == item.right
        && before.isNewIn(views.shown())
        && !before.deleted
        && !before.known;
  }

  /* Step 3 of the algorithm; returns what the new item goes after. */
  private @Nullable WalkerItem integrate(
      WalkerItem item, @Nullable WalkerItem before, WalkerItem first, @Nullable WalkerItem end) {
    WalkerItem neighbour = before;
    boolean scanning = false;
    int lastRight = item.right; // others at one place often have one right origin: compared once
    boolean lastIsLeft = false;
    WalkerNode leaf = first.leaf;
    for (int i = leaf.indexOf(first); leaf != WalkerNode.NONE; leaf = leaf.next, i = 0) {
      for (; i < leaf.count; i++) {
        WalkerItem other = leaf.items[i];
        int order = other.left == item.left ? 0 : compare(other.left, item.left, -1);
        if (other == end || order < 0) {
          return neighbour;
        }
        if (order == 0) {
          if (other.right == item.right && isBefore(item, other)) {
            return neighbour;
          }
          if (other.right != lastRight) {
            lastRight = other.right;
            lastIsLeft = lastRight != item.right && compare(lastRight, item.right, 1) < 0;
          }
          scanning = lastIsLeft;
        }
        if (!scanning) {
          neighbour = other;
        }
      }
    }
    return neighbour;
  }

  private boolean isBefore(WalkerItem item, WalkerItem other) {
    int order = store.authors.compare(author(item), author(other));
    return order < 0 || (order == 0 && item.id < other.id);
  }

  private int author(WalkerItem item) {
    if (item.author == WalkerItem.NONE) {
      item.author = store.authors.numberOf(columns.eventOf(item.id));
    }
    return item.author;
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
      views.countMove();
      at += inserted != null ? moveInserted(inserted, at, end, by) : moveDeleted(at, end, by);
    }
  }

  private int moveInserted(WalkerItem item, int at, int end, int by) {
    int offset = at + firstUnit - item.id;
    int length = Math.min(item.length - offset, end - at);
    WalkerItem moved = isolate(item, offset, length);
    tree.change(moved, moved.state(views.shown()) + by, moved.deleted);
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
    tree.change(moved, moved.state(views.shown()) + by, moved.deleted);
    return length;
  }

  private boolean isTarget(int at, int target) {
    return items[at] == null && targets[at] == target;
  }

  private WalkerItem item(int id) {
    return id < 0
        ? placeholders.floorEntry(id).getValue()
        : Objects.requireNonNull(items[id - firstUnit]);
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
