package io.stateward.collection;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks two tries side by side and reports what differs. Subtrees that both share are skipped, and
 * since the shape is canonical (see {@link MapNode}), what is not shared lies at the same place.
 */
final class MapDiffer {

  private final DiffVisitor<Object, Object> visitor;

  MapDiffer(DiffVisitor<Object, Object> visitor) {
    this.visitor = visitor;
  }

  /** Compares two subtrees that are {@code shift} bits deep, hence of the same kind. */
  void compare(MapNode before, MapNode after, int shift) {
    if (before == after) {
      return;
    }
    if (before instanceof BranchNode was && after instanceof BranchNode now) {
      if (was.dataMap == now.dataMap && was.nodeMap == now.nodeMap) {
        compareSlots(was, now, shift);
      } else {
        compareBranches(was, now, shift);
      }
    } else {
      compareEntries(before, after);
    }
  }

  /** The common case, a value replaced somewhere below: slot i of one is slot i of the other. */
  private void compareSlots(BranchNode before, BranchNode after, int shift) {
    Object[] was = before.content;
    Object[] now = after.content;
    int end = before.entriesEnd();
    for (int i = 0; i < end; i += 2) {
      if (was[i] != now[i] || was[i + 1] != now[i + 1]) {
        compareEntry(before, i, after, i);
      }
    }
    for (int i = end; i < was.length; i++) {
      if (was[i] != now[i]) {
        compare(before.child(i), after.child(i), shift + MapNode.LEVEL_BITS);
      }
    }
  }

  private void compareBranches(BranchNode before, BranchNode after, int shift) {
    int rest = before.dataMap | before.nodeMap | after.dataMap | after.nodeMap;
    while (rest != 0) {
      int bit = Integer.lowestOneBit(rest);
      rest ^= bit;
      compareBranch(before, after, bit, shift + MapNode.LEVEL_BITS);
    }
  }

  private void compareBranch(BranchNode before, BranchNode after, int bit, int shift) {
    boolean entryWas = (before.dataMap & bit) != 0;
    boolean entryNow = (after.dataMap & bit) != 0;
    @Nullable MapNode childWas = childAt(before, bit);
    @Nullable MapNode childNow = childAt(after, bit);
    if (entryWas && entryNow) {
      compareEntry(before, before.entryPosition(bit), after, after.entryPosition(bit));
    } else if (entryWas) {
      compareWithSubtree(before, before.entryPosition(bit), childNow, shift, true);
    } else if (entryNow) {
      compareWithSubtree(after, after.entryPosition(bit), childWas, shift, false);
    } else {
      compareChildren(childWas, childNow, shift);
    }
  }

  private void compareChildren(@Nullable MapNode before, @Nullable MapNode after, int shift) {
    if (before != null && after != null) {
      compare(before, after, shift);
    } else if (before != null) {
      before.forEach(visitor::removed);
    } else if (after != null) {
      after.forEach(visitor::added);
    }
  }

  private static @Nullable MapNode childAt(BranchNode node, int bit) {
    return (node.nodeMap & bit) == 0 ? null : node.child(node.childPosition(bit));
  }

  private void compareEntry(BranchNode before, int positionWas, BranchNode after, int positionNow) {
    Object keyWas = before.content[positionWas];
    Object keyNow = after.content[positionNow];
    Object was = before.content[positionWas + 1];
    Object now = after.content[positionNow + 1];
    if (keyWas == keyNow || keyWas.equals(keyNow)) {
      compareValues(keyNow, was, now);
    } else {
      visitor.removed(keyWas, was);
      visitor.added(keyNow, now);
    }
  }

  /** One version has an entry where the other has a subtree, or nothing at all. */
  private void compareWithSubtree(
      BranchNode node, int position, @Nullable MapNode subtree, int shift, boolean entryIsEarlier) {
    Object key = node.content[position];
    Object value = node.content[position + 1];
    BiConsumer<Object, Object> alone = entryIsEarlier ? visitor::removed : visitor::added;
    if (subtree == null) {
      alone.accept(key, value);
      return;
    }
    Object other = subtree.find(key, key.hashCode(), shift);
    if (other == null) {
      alone.accept(key, value);
    } else {
      compareValues(key, entryIsEarlier ? value : other, entryIsEarlier ? other : value);
    }
    BiConsumer<Object, Object> others = entryIsEarlier ? visitor::added : visitor::removed;
    subtree.forEach(
        (otherKey, otherValue) -> {
          if (!key.equals(otherKey)) {
            others.accept(otherKey, otherValue);
          }
        });
  }

  /** Collision nodes have an order that depends on history, so each entry is looked up. */
  private void compareEntries(MapNode before, MapNode after) {
    before.forEach(
        (key, was) -> {
          Object now = after.find(key, 0, MapNode.COLLISION_SHIFT);
          if (now == null) {
            visitor.removed(key, was);
          } else {
            compareValues(key, was, now);
          }
        });
    after.forEach(
        (key, now) -> {
          if (before.find(key, 0, MapNode.COLLISION_SHIFT) == null) {
            visitor.added(key, now);
          }
        });
  }

  private void compareValues(Object key, Object was, Object now) {
    if (was != now && !was.equals(now)) {
      visitor.changed(key, was, now);
    }
  }
}
