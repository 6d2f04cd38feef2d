package io.stateward.sync.text;

/**
 * A node of {@link WalkerTree}: a leaf with items, or a branch with nodes; and what they sum to.
 */
final class WalkerNode {

  static final int ROOM = 32;

  /** Stands for a parent, a neighbour or a leaf that is not there. */
  static final WalkerNode NONE = new WalkerNode(true, 0);

  final boolean leaf;
  final WalkerItem[] items; // of a leaf
  final WalkerNode[] nodes; // of a branch
  int count;
  int merged;
  final int[] prepared = new int[WalkerItem.VIEWS];
  final int[] inserted = new int[WalkerItem.VIEWS]; // items, be they deleted or not
  WalkerNode parent = NONE;
  WalkerNode next = NONE; // the leaf to the right of a leaf

  WalkerNode(boolean leaf) {
    this(leaf, ROOM);
  }

  private WalkerNode(boolean leaf, int room) {
    this.leaf = leaf;
    items = new WalkerItem[leaf ? room : 0];
    nodes = new WalkerNode[leaf ? 0 : room];
  }

  int indexOf(WalkerItem item) {
    int index = 0;
    while (items[index] != item) {
      index++;
    }
    return index;
  }

  int indexOf(WalkerNode node) {
    int index = 0;
    while (nodes[index] != node) {
      index++;
    }
    return index;
  }

  /** Puts an item at an index, where there is room, without a change of the sums. */
  void put(int index, WalkerItem item) {
    System.arraycopy(items, index, items, index + 1, count - index);
    items[index] = item;
    item.leaf = this;
    count++;
  }

  void put(int index, WalkerNode node) {
    System.arraycopy(nodes, index, nodes, index + 1, count - index);
    nodes[index] = node;
    node.parent = this;
    count++;
  }

  /** Moves what is from an index on into a new neighbour, which has no parent yet. */
  WalkerNode divide(int from) {
    var right = new WalkerNode(leaf);
    for (int i = from; i < count; i++) {
      if (leaf) {
        right.put(i - from, items[i]);
      } else {
        right.put(i - from, nodes[i]);
      }
    }
    count = from;
    right.next = next;
    next = leaf ? right : NONE;
    right.sum();
    merged -= right.merged;
    for (int view = 0; view < WalkerItem.VIEWS; view++) {
      prepared[view] -= right.prepared[view];
      inserted[view] -= right.inserted[view];
    }
    return right;
  }

  /** Sums up what is below. */
  void sum() {
    merged = 0;
    for (int i = 0; i < count; i++) {
      merged += leaf ? items[i].merged() : nodes[i].merged;
    }
    for (int view = 0; view < WalkerItem.VIEWS; view++) {
      sum(view);
    }
  }

  private void sum(int view) {
    prepared[view] = 0;
    inserted[view] = 0;
    for (int i = 0; i < count; i++) {
      prepared[view] += leaf ? items[i].prepared(view) : nodes[i].prepared[view];
      int one = leaf && items[i].isInserted(view) ? 1 : 0;
      inserted[view] += leaf ? one : nodes[i].inserted[view];
    }
  }

  /** Makes a view of all that is below equal to another. */
  void copy(int from, int to) {
    for (int i = 0; i < count; i++) {
      if (leaf) {
        items[i].setState(to, items[i].state(from));
      } else {
        nodes[i].copy(from, to);
      }
    }
    sum(to);
  }
}
