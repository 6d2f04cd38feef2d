package io.stateward.collection;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A node of the tree behind {@link PersistentVector}: a leaf whose slots are elements, or an inner
 * node whose slots are children.
 *
 * <p>No node is ever changed. Operations on a node return another one on the same level, which may
 * be empty or hold more than {@link #WIDTH} slots; whoever asked, the parent or the vector, puts
 * that right before anybody else sees it.
 */
abstract sealed class VectorNode permits LeafNode, InnerNode {

  /*
   * The counted tree
   * ----------------
   * A B+ tree without keys: elements live in the leaves, and an inner node knows how many elements
   * end with each of its children. The place of an element is found by counting, so an element can
   * be inserted or removed anywhere without touching what lies to its right.
   *
   *                    ends  [ 32   49   81 ]              level 1
   *                          /      |      \
   *           [e0 ... e31]   [e32 ... e48]   [e49 ... e80]  level 0, leaves
   *
   * Element 50 lies below the first child whose end is greater than 50, the third, at 50 - 49 = 1.
   * As a child of an inner node on level l holds at most 32^l elements, the search may begin at
   * child (index >>> 5l); in a tree made by appending, which is full, it also ends there.
   *
   * Invariants
   *  1. All leaves are on one level. A node has 1 to 32 slots; only the empty vector has an empty
   *     leaf. The root, if it is an inner node, has at least two children.
   *  2. Two neighbours under one parent have more than 32 slots between them; neighbours that would
   *     fit into one node are joined. So nodes are more than half full on average and the tree is at
   *     most log16(n) high, yet an edge may be ragged: a vector that is appended to keeps full
   *     leaves, and cutting a vector in two touches one path.
   *
   * Why joining two neighbours settles invariant 2 for good: a joined node is larger than each of
   * its parts, so it fits with no neighbour that its part did not fit with. Joining two inner nodes
   * makes neighbours of two children, at the seam, so the check is repeated there, one level down.
   */

  /** The most slots of a node. */
  static final int WIDTH = 32;

  static final int WIDTH_BITS = 5;

  final Object[] slots;

  VectorNode(Object[] slots) {
    this.slots = slots;
  }

  /** Returns the number of elements below. */
  abstract int size();

  /** Returns the number of levels below: 0 for a leaf. */
  abstract int level();

  /** Returns a node on the level of this one. */
  abstract VectorNode like(Object[] otherSlots);

  abstract VectorNode with(int index, Object element);

  abstract VectorNode insert(int index, Object element);

  abstract VectorNode without(int index);

  /** Returns the first {@code count} elements; at least one and at most all. */
  abstract VectorNode take(int count);

  /** Returns all but the first {@code count} elements; at least one has to remain. */
  abstract VectorNode drop(int count);

  abstract void forEach(Consumer<Object> action);

  final VectorNode part(int from, int to) {
    return like(Arrays.copyOfRange(slots, from, to));
  }

  final boolean fitsWith(VectorNode neighbour) {
    return slots.length + neighbour.slots.length <= WIDTH;
  }

  /** Returns one node with the slots of two on the same level, which may be too many. */
  static VectorNode joined(VectorNode left, VectorNode right) {
    if (left instanceof InnerNode inner && right instanceof InnerNode innerRight) {
      VectorNode last = inner.child(inner.slots.length - 1);
      VectorNode first = innerRight.child(0);
      if (last.fitsWith(first)) {
        return left.like(spliced(left.slots, right.slots, joined(last, first)));
      }
    }
    Object[] both = Arrays.copyOf(left.slots, left.slots.length + right.slots.length);
    System.arraycopy(right.slots, 0, both, left.slots.length, right.slots.length);
    return left.like(both);
  }

  /** Returns both arrays with the last slot of one and the first of the other made into one. */
  private static Object[] spliced(Object[] left, Object[] right, VectorNode seam) {
    Object[] both = Arrays.copyOf(left, left.length + right.length - 1);
    both[left.length - 1] = seam;
    System.arraycopy(right, 1, both, left.length, right.length - 1);
    return both;
  }

  /** Returns the elements of two trees as one, on the level of the higher. */
  static VectorNode concatenated(VectorNode left, VectorNode right) {
    if (left.level() > right.level()) {
      InnerNode inner = (InnerNode) left;
      int last = inner.slots.length - 1;
      return inner.withChild(last, concatenated(inner.child(last), right));
    }
    if (left.level() < right.level()) {
      InnerNode inner = (InnerNode) right;
      return inner.withChild(0, concatenated(left, inner.child(0)));
    }
    return joined(left, right);
  }

  /** Returns a tree that keeps invariant 1 at its root, from a node that keeps it below. */
  static VectorNode asRoot(VectorNode node) {
    VectorNode root = node;
    if (root.slots.length > WIDTH) {
      VectorNode first = root.part(0, WIDTH);
      VectorNode second = root.part(WIDTH, root.slots.length);
      root = InnerNode.of(root.level() + 1, new Object[] {first, second});
    }
    while (root instanceof InnerNode inner && inner.slots.length == 1) {
      root = inner.child(0);
    }
    return root.slots.length == 0 ? LeafNode.EMPTY : root;
  }

  /** Returns a tree over the elements, every node as full as can be. */
  static VectorNode ofAll(Object[] elements) {
    VectorNode leaf = new LeafNode(elements);
    Object[] nodes = leaf.slots.length <= WIDTH ? new Object[] {leaf} : chunks(leaf);
    for (int level = 1; nodes.length > 1; level++) {
      VectorNode inner = InnerNode.of(level, nodes);
      nodes = nodes.length <= WIDTH ? new Object[] {inner} : chunks(inner);
    }
    return asRoot((VectorNode) nodes[0]);
  }

  private static Object[] chunks(VectorNode wide) {
    int width = wide.slots.length;
    Object[] chunks = new Object[(width + WIDTH - 1) / WIDTH];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = wide.part(i * WIDTH, Math.min((i + 1) * WIDTH, width));
    }
    return chunks;
  }
}
