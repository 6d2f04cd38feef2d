package io.stateward.sync.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link TextLog} has to do, in the plainest way: the oracle of its tests, and a model for who
 * writes it again in another language. Every code point that was ever inserted stands in one list,
 * with who deleted it; every event knows all events of its history. No walker, no tree, no runs: an
 * operation looks at the items that its history knows, and everything costs as much as the list is
 * long.
 */
final class SimpleTextLog {

  /** A code point, with what its author saw to its left and right; null is the start or the end. */
  private static final class Item {
    final int codePoint;
    final int event;
    final @Nullable Item left;
    final @Nullable Item right;
    final BitSet deletedBy = new BitSet();

    Item(int codePoint, int event, @Nullable Item left, @Nullable Item right) {
      this.codePoint = codePoint;
      this.event = event;
      this.left = left;
      this.right = right;
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final List<String> agents = new ArrayList<>();
  private final List<BitSet> histories = new ArrayList<>();

  /** Adds an event; parents that are in the history of others do no harm. */
  int add(String agent, int[] parents, TextDelta operation) {
    int event = agents.size();
    BitSet seen = history(parents);
    seen.set(event);
    agents.add(agent);
    histories.add(seen);
    int position = 0;
    for (TextDelta.Part part : operation.parts()) {
      if (part instanceof TextDelta.Retain retain) {
        position += retain.count();
      } else if (part instanceof TextDelta.Insert insert) {
        for (int codePoint : insert.text().codePoints().toArray()) {
          insert(seen, event, position++, codePoint);
        }
      } else if (part instanceof TextDelta.Delete delete) {
        for (int i = 0; i < delete.count(); i++) {
          visible(seen, position).deletedBy.set(event);
        }
      }
    }
    return event;
  }

  private void insert(BitSet seen, int event, int position, int codePoint) {
    Item left = position == 0 ? null : visible(seen, position - 1);
    int from = items.indexOf(left) + 1; // 0 for null
    int to = from;
    while (to < items.size() && !seen.get(items.get(to).event)) {
      to++; // those in between were inserted by others, of whom the author knew nothing
    }
    Item right = to < items.size() ? items.get(to) : null;
    Item item = new Item(codePoint, event, left, right);
    items.add(integrate(item, from, to), item);
  }

  /** Finds the place among concurrent items: the rule of YjsMod, which is that of FugueMax. */
  private int integrate(Item item, int from, int to) {
    int place = from;
    boolean scanning = false;
    for (int i = from; i < to; i++) {
      Item other = items.get(i);
      int left = items.indexOf(other.left); // -1 for null
      if (left < from - 1) {
        break; // it hangs on something further left, and so does what follows
      }
      if (left == from - 1) {
        if (other.right == item.right && isBefore(item, other)) {
          break;
        }
        scanning = rightOf(other) < rightOf(item);
      }
      if (!scanning) {
        place = i + 1;
      }
    }
    return place;
  }

  private int rightOf(Item item) {
    return item.right == null ? items.size() : items.indexOf(item.right);
  }

  private boolean isBefore(Item item, Item other) {
    int order = agents.get(item.event).compareTo(agents.get(other.event));
    return order < 0 || (order == 0 && item.event < other.event);
  }

  private Item visible(BitSet seen, int position) {
    int left = position;
    for (Item item : items) {
      if (isVisible(item, seen) && left-- == 0) {
        return item;
      }
    }
    throw new IllegalArgumentException("Nothing at " + position);
  }

  private static boolean isVisible(Item item, BitSet seen) {
    return seen.get(item.event) && !item.deletedBy.intersects(seen);
  }

  /** Returns all events in the history of a version, with its own. */
  BitSet history(int... version) {
    BitSet all = new BitSet();
    for (int event : version) {
      all.or(histories.get(event));
    }
    return all;
  }

  /** Returns the events of a history that are in that of no other. */
  int[] heads(BitSet history) {
    BitSet heads = (BitSet) history.clone();
    for (int event = history.nextSetBit(0); event >= 0; event = history.nextSetBit(event + 1)) {
      BitSet before = (BitSet) histories.get(event).clone();
      before.clear(event);
      heads.andNot(before);
    }
    return heads.stream().toArray();
  }

  String textAt(BitSet history) {
    StringBuilder text = new StringBuilder();
    for (Item item : items) {
      if (isVisible(item, history)) {
        text.appendCodePoint(item.codePoint);
      }
    }
    return text.toString();
  }

  /** Returns the text in which all events are merged. */
  String text() {
    BitSet all = new BitSet();
    all.set(0, agents.size());
    return textAt(all);
  }

  int size() {
    return agents.size();
  }

  /** Returns all that was ever inserted, deleted or not, in its order. */
  String everInserted() {
    StringBuilder all = new StringBuilder();
    items.forEach(item -> all.appendCodePoint(item.codePoint));
    return all.toString();
  }
}
