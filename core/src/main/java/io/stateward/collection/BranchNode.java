package io.stateward.collection;

import org.jspecify.annotations.Nullable;

/** A node on one of the first seven levels: up to 32 branches, each an entry or a child. */
final class BranchNode extends MapNode {

  static final BranchNode EMPTY = new BranchNode(0, 0, new Object[0], null);

  final int dataMap;
  final int nodeMap;
  private final @Nullable Object owner;

  BranchNode(int dataMap, int nodeMap, Object[] content, @Nullable Object owner) {
    super(content);
    this.dataMap = dataMap;
    this.nodeMap = nodeMap;
    this.owner = owner;
  }

  /** Returns the bit of the branch that {@code hash} takes {@code shift} bits down. */
  static int bit(int hash, int shift) {
    return 1 << (hash >>> shift); // shifting by an int reads its low five bits only
  }

  int entryPosition(int bit) {
    return Integer.bitCount(dataMap & (bit - 1)) << 1;
  }

  int childPosition(int bit) {
    return content.length - 1 - Integer.bitCount(nodeMap & (bit - 1));
  }

  @Override
  int entriesEnd() {
    return Integer.bitCount(dataMap) << 1;
  }

  @Override
  @Nullable Object find(Object key, int hash, int shift) {
    BranchNode node = this;
    for (int depth = shift; ; depth += LEVEL_BITS) {
      int bit = bit(hash, depth);
      if ((node.dataMap & bit) != 0) {
        int position = node.entryPosition(bit);
        Object found = node.content[position];
        return found == key || key.equals(found) ? node.content[position + 1] : null;
      }
      if ((node.nodeMap & bit) == 0) {
        return null;
      }
      MapNode child = node.child(node.childPosition(bit));
      if (!(child instanceof BranchNode branch)) {
        return child.find(key, hash, COLLISION_SHIFT);
      }
      node = branch;
    }
  }

  @Override
  MapNode plus(Object key, Object value, int hash, int shift, Edit edit) {
    int bit = bit(hash, shift);
    if ((dataMap & bit) != 0) {
      return plusAtEntry(key, value, hash, shift, edit);
    }
    if ((nodeMap & bit) != 0) {
      int position = childPosition(bit);
      MapNode child = child(position);
      return withSlot(position, child.plus(key, value, hash, shift + LEVEL_BITS, edit), edit);
    }
    return withEntry(bit, key, value, edit);
  }

  private MapNode plusAtEntry(Object key, Object value, int hash, int shift, Edit edit) {
    int bit = bit(hash, shift);
    int position = entryPosition(bit);
    Object found = content[position];
    Object was = content[position + 1];
    if (found == key || key.equals(found)) {
      edit.previous = was;
      return withSlot(position + 1, value, edit);
    }
    MapNode both = pair(found, was, key, value, shift + LEVEL_BITS, edit);
    return withEntryMovedDown(bit, both, edit);
  }

  @Override
  MapNode minus(Object key, int hash, int shift, Edit edit) {
    int bit = bit(hash, shift);
    if ((dataMap & bit) != 0) {
      int position = entryPosition(bit);
      if (!key.equals(content[position])) {
        return this;
      }
      edit.previous = content[position + 1];
      return withoutEntry(bit, edit);
    }
    if ((nodeMap & bit) == 0) {
      return this;
    }
    int position = childPosition(bit);
    MapNode child = child(position).minus(key, hash, shift + LEVEL_BITS, edit);
    return child.isSingleEntry()
        ? withEntryMovedUp(bit, child, edit)
        : withSlot(position, child, edit);
  }

  private BranchNode withSlot(int position, Object occupant, Edit edit) {
    if (content[position] == occupant) {
      return this;
    }
    if (edit.owns(owner)) {
      content[position] = occupant;
      return this;
    }
    Object[] copy = content.clone();
    copy[position] = occupant;
    return new BranchNode(dataMap, nodeMap, copy, edit.owner);
  }

  private BranchNode withEntry(int bit, Object key, Object value, Edit edit) {
    int position = entryPosition(bit);
    Object[] copy = new Object[content.length + 2];
    System.arraycopy(content, 0, copy, 0, position);
    copy[position] = key;
    copy[position + 1] = value;
    System.arraycopy(content, position, copy, position + 2, content.length - position);
    return new BranchNode(dataMap | bit, nodeMap, copy, edit.owner);
  }

  private BranchNode withoutEntry(int bit, Edit edit) {
    if (content.length == 2) {
      return EMPTY;
    }
    int position = entryPosition(bit);
    Object[] copy = new Object[content.length - 2];
    System.arraycopy(content, 0, copy, 0, position);
    System.arraycopy(content, position + 2, copy, position, copy.length - position);
    return new BranchNode(dataMap ^ bit, nodeMap, copy, edit.owner);
  }

  /** Replaces the entry at {@code bit}, two slots on the left, by a child, one on the right. */
  private BranchNode withEntryMovedDown(int bit, MapNode child, Edit edit) {
    int from = entryPosition(bit);
    Object[] copy = new Object[content.length - 1];
    int to = copy.length - 1 - Integer.bitCount(nodeMap & (bit - 1));
    System.arraycopy(content, 0, copy, 0, from);
    System.arraycopy(content, from + 2, copy, from, to - from);
    copy[to] = child;
    System.arraycopy(content, to + 2, copy, to + 1, copy.length - to - 1);
    return new BranchNode(dataMap ^ bit, nodeMap | bit, copy, edit.owner);
  }

  /** Replaces the child at {@code bit} by its only entry: the reverse of moving an entry down. */
  private BranchNode withEntryMovedUp(int bit, MapNode child, Edit edit) {
    int from = childPosition(bit);
    int to = entryPosition(bit);
    Object[] copy = new Object[content.length + 1];
    System.arraycopy(content, 0, copy, 0, to);
    copy[to] = child.content[0];
    copy[to + 1] = child.content[1];
    System.arraycopy(content, to, copy, to + 2, from - to);
    System.arraycopy(content, from + 1, copy, from + 2, content.length - from - 1);
    return new BranchNode(dataMap | bit, nodeMap ^ bit, copy, edit.owner);
  }
}
