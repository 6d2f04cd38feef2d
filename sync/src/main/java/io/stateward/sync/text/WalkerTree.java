package io.stateward.sync.text;

import org.jspecify.annotations.Nullable;

/**
 * The list of the walker as a B+tree: every item in the order of the document, with the lengths in
 * each prepared version and in the merged text summed up the tree. Items are never taken out.
 */
final class WalkerTree {

  private int view;
  private int size;
  private WalkerNode root = new WalkerNode(true);
  private final WalkerNode firstLeaf = root;

  /** Changes over to another of the versions that are prepared. */
  void show(int another) {
    view = another;
  }

  /** Makes a view equal to the one that is shown. */
  void copyTo(int another) {
    root.copy(view, another);
  }

  /** Returns how many items there are. */
  int size() {
    return size;
  }

  /** Returns the length of the text in the prepared version. */
  int prepared() {
    return root.prepared[view];
  }

  /** A place in a leaf: an item and a code point of it. */
  static final class Place {
    WalkerItem item;
    int offset;

    Place(WalkerItem item, int offset) {
      this.item = item;
      this.offset = offset;
    }
  }

  /** Returns the code point that is at a position in the prepared version. */
  Place find(int position) {
    if (position >= prepared()) {
      throw new IllegalStateException(
          "An edit is at %d of a text of %d code points; the stored log is not what was written."
              .formatted(position, prepared()));
    }
    WalkerNode node = root;
    int left = position;
    while (!node.leaf) {
      int i = 0;
      while (left >= node.nodes[i].prepared[view]) {
        left -= node.nodes[i++].prepared[view];
      }
      node = node.nodes[i];
    }
    int i = 0;
    while (left >= node.items[i].prepared(view)) {
      left -= node.items[i++].prepared(view);
    }
    return new Place(node.items[i], left);
  }

  /** Returns how much of the merged text is before an item. */
  int mergedBefore(WalkerItem item) {
    WalkerNode node = item.leaf;
    int sum = 0;
    for (int i = 0; node.items[i] != item; i++) {
      sum += node.items[i].merged();
    }
    for (WalkerNode up = node.parent; up != WalkerNode.NONE; up = up.parent) {
      for (int i = 0; up.nodes[i] != node; i++) {
        sum += up.nodes[i].merged;
      }
      node = up;
    }
    return sum;
  }

  /** Returns the item after one, or the first item for null; null at the end. */
  @Nullable WalkerItem next(@Nullable WalkerItem item) {
    if (item == null) {
      return firstLeaf.count == 0 ? null : firstLeaf.items[0];
    }
    WalkerNode leaf = item.leaf;
    int index = leaf.indexOf(item) + 1;
    if (index < leaf.count) {
      return leaf.items[index];
    }
    return leaf.next == WalkerNode.NONE ? null : leaf.next.items[0];
  }

  /** Returns the first item from this one on that is inserted in the prepared version, or null. */
  @Nullable WalkerItem nextInserted(@Nullable WalkerItem item) {
    if (item == null || item.isInserted(view)) {
      return item;
    }
    WalkerNode node = item.leaf;
    for (int i = node.indexOf(item); i < node.count; i++) {
      if (node.items[i].isInserted(view)) {
        return node.items[i];
      }
    }
    for (WalkerNode up = node.parent; up != WalkerNode.NONE; up = up.parent) {
      for (int i = up.indexOf(node) + 1; i < up.count; i++) {
        if (up.nodes[i].inserted[view] > 0) {
          return firstInserted(up.nodes[i]);
        }
      }
      node = up;
    }
    return null;
  }

  private WalkerItem firstInserted(WalkerNode from) {
    WalkerNode node = from;
    while (!node.leaf) {
      int i = 0;
      while (node.nodes[i].inserted[view] == 0) {
        i++;
      }
      node = node.nodes[i];
    }
    int i = 0;
    while (!node.items[i].isInserted(view)) {
      i++;
    }
    return node.items[i];
  }

  /** Compares two items of this list by their places. */
  int compare(WalkerItem one, WalkerItem other) {
    if (one == other) {
      return 0;
    }
    WalkerNode left = one.leaf;
    WalkerNode right = other.leaf;
    if (left == right) {
      return left.indexOf(one) - left.indexOf(other);
    }
    while (left.parent != right.parent) {
      left = left.parent;
      right = right.parent;
    }
    return left.parent.indexOf(left) - left.parent.indexOf(right);
  }

  /** Puts a new item after another one, or at the start for null; it is there in both versions. */
  void insertAfter(@Nullable WalkerItem before, WalkerItem item) {
    WalkerNode leaf = before == null ? firstLeaf : before.leaf;
    item.setState(view, 1);
    add(leaf, item.length, item.length, 1);
    put(leaf, before == null ? 0 : leaf.indexOf(before) + 1, item);
  }

  /** Cuts an item in two; returns the new one, which is the shorter. */
  WalkerItem split(WalkerItem item, int offset) {
    boolean front = offset < item.length - offset;
    WalkerItem part = front ? item.cutFront(offset) : item.cutBack(offset);
    WalkerNode leaf = item.leaf;
    for (int each = 0; each < WalkerItem.VIEWS; each++) {
      if (part.isInserted(each)) {
        addInserted(leaf, each);
      }
    }
    put(leaf, leaf.indexOf(item) + (front ? 0 : 1), part);
    return part;
  }

  /* The sums of the leaf count the item already: a leaf that is divided sums its right half anew. */
  private void put(WalkerNode leaf, int index, WalkerItem item) {
    size++;
    leaf.put(index, item);
    for (WalkerNode node = leaf; node != WalkerNode.NONE && node.count == WalkerNode.ROOM; ) {
      node = divide(node);
    }
  }

  private WalkerNode divide(WalkerNode node) {
    WalkerNode right = node.divide(WalkerNode.ROOM / 2);
    WalkerNode parent = node.parent;
    if (parent != WalkerNode.NONE) {
      parent.put(parent.indexOf(node) + 1, right);
      return parent;
    }
    root = new WalkerNode(false);
    root.put(0, node);
    root.put(1, right);
    root.sum();
    return root;
  }

  /** Changes the state of a whole item. */
  void change(WalkerItem item, int state, boolean deleted) {
    int prepared = item.prepared(view);
    int merged = item.merged();
    int inserted = item.isInserted(view) ? 1 : 0;
    item.setState(view, state);
    item.deleted = deleted;
    add(
        item.leaf,
        item.prepared(view) - prepared,
        item.merged() - merged,
        (item.isInserted(view) ? 1 : 0) - inserted);
  }

  /** Makes an item longer that is there in both versions. */
  void extend(WalkerItem item, int count) {
    item.length += count;
    add(item.leaf, count, count, 0);
  }

  private static void addInserted(WalkerNode leaf, int view) {
    for (WalkerNode node = leaf; node != WalkerNode.NONE; node = node.parent) {
      node.inserted[view]++;
    }
  }

  private void add(WalkerNode leaf, int prepared, int merged, int inserted) {
    for (WalkerNode node = leaf; node != WalkerNode.NONE; node = node.parent) {
      node.prepared[view] += prepared;
      node.merged += merged;
      node.inserted[view] += inserted;
    }
  }
}
