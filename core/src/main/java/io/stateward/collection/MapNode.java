package io.stateward.collection;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the trie behind {@link PersistentMap}.
 *
 * <p>Keys and values are plain objects here; {@link PersistentMap} is the one that gives them
 * types. The keys and values of a node's own entries come first in {@link #content}, pair by pair;
 * its children, if it may have any, follow.
 */
abstract sealed class MapNode permits BranchNode, CollisionNode {

  /*
   * CHAMP: a compressed hash-array mapped prefix tree
   * -------------------------------------------------
   * After Steindorfer and Vinju, "Optimizing Hash-Array Mapped Tries for Fast and Lean Immutable
   * JVM Collections", OOPSLA 2015.
   *
   * A key's place is its hash, read five bits at a time from the low end. Each group of five names
   * one of 32 branches. A branch node stores only the branches in use, and two bitmaps say which:
   * in dataMap those that end in one entry, in nodeMap those that go on in a child.
   *
   *      branch     31 ...  9   7   4   1   0
   *      dataMap     .      .   1   .   1   .        branch 1 and branch 7 hold an entry
   *      nodeMap     .      1   .   1   .   .        branch 4 and branch 9 hold a child
   *
   *      content   [ k1 v1 k7 v7 | c9 c4 ]           entries from the left, children from the right
   *                  0     2       4  5
   *
   * The position of an entry is twice the number of dataMap bits below its own; the position of a
   * child is counted from the right end by the nodeMap bits below its own. Neither needs the other.
   * Seven levels use up 32 bits; keys that agree in all of them share a collision node on level 8.
   *
   * Invariants
   *  1. dataMap and nodeMap have no bit in common.
   *  2. A child holds at least two entries: a subtree with one is drawn into its parent's content
   *     when an entry is removed. Hence equal content has one shape, whatever came before, up to
   *     the order inside a collision node. Comparing two maps can walk them side by side.
   *  3. A collision node sits on level 8 and nowhere else, and never at the root.
   *  4. Bitmaps and the length of content never change. The slots of content change only while the
   *     node's owner is the token of a builder that has not built since; a node that a map can
   *     reach is never written again.
   */

  /** How many bits of the hash one level reads. */
  static final int LEVEL_BITS = 5;

  /** The shift of the level below the last one that has hash bits left to read: 7 x 5. */
  static final int COLLISION_SHIFT = 35;

  final Object[] content;

  MapNode(Object[] content) {
    this.content = content;
  }

  /** Returns the position in {@link #content} where the entries end and the children begin. */
  abstract int entriesEnd();

  /** Returns the value of {@code key} in this subtree, which is {@code shift} bits deep. */
  abstract @Nullable Object find(Object key, int hash, int shift);

  /** Returns this subtree with the entry; reports the value it replaces to {@code edit}. */
  abstract MapNode plus(Object key, Object value, int hash, int shift, Edit edit);

  /** Returns this subtree without the key; reports the value it removes to {@code edit}. */
  abstract MapNode minus(Object key, int hash, int shift, Edit edit);

  /** Returns whether this subtree is a single entry, so that its parent has to take it in. */
  final boolean isSingleEntry() {
    return content.length == 2 && entriesEnd() == 2;
  }

  final MapNode child(int position) {
    return (MapNode) content[position];
  }

  final void forEach(BiConsumer<Object, Object> action) {
    int end = entriesEnd();
    for (int i = 0; i < end; i += 2) {
      action.accept(content[i], content[i + 1]);
    }
    for (int i = content.length - 1; i >= end; i--) {
      child(i).forEach(action);
    }
  }

  /** Returns the smallest subtree with two entries whose keys differ and meet at {@code shift}. */
  static MapNode pair(
      Object key1, Object value1, Object key2, Object value2, int shift, Edit edit) {
    if (shift >= COLLISION_SHIFT) {
      return new CollisionNode(new Object[] {key1, value1, key2, value2});
    }
    int bit1 = BranchNode.bit(key1.hashCode(), shift);
    int bit2 = BranchNode.bit(key2.hashCode(), shift);
    if (bit1 == bit2) {
      MapNode below = pair(key1, value1, key2, value2, shift + LEVEL_BITS, edit);
      return new BranchNode(0, bit1, new Object[] {below}, edit.owner);
    }
    Object[] content =
        Integer.compareUnsigned(bit1, bit2) < 0
            ? new Object[] {key1, value1, key2, value2}
            : new Object[] {key2, value2, key1, value1};
    return new BranchNode(bit1 | bit2, 0, content, edit.owner);
  }
}
