package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/** Looks into the trie of a map: its invariants, and a picture of its shape to compare. */
final class MapShape {

  private MapShape() {}

  /** Checks the invariants that {@link MapNode} lists. */
  static void check(PersistentMap<?, ?> map) {
    assertThat(entries(map.root(), 0, 0)).isEqualTo(map.size());
  }

  /** Returns the shape: bitmaps and keys, level by level; collision nodes as sets. */
  static Object of(PersistentMap<?, ?> map) {
    return picture(map.root());
  }

  private static String picture(MapNode node) {
    if (node instanceof BranchNode branch) {
      StringBuilder text = new StringBuilder();
      text.append(Integer.toHexString(branch.dataMap)).append('/');
      text.append(Integer.toHexString(branch.nodeMap)).append('[');
      for (int i = 0; i < branch.entriesEnd(); i++) {
        text.append(branch.content[i]).append(' ');
      }
      for (int i = branch.entriesEnd(); i < branch.content.length; i++) {
        text.append(picture(branch.child(i)));
      }
      return text.append(']').toString();
    }
    Set<Object> entries = new java.util.TreeSet<>();
    for (int i = 0; i < node.content.length; i += 2) {
      entries.add(node.content[i] + "=" + node.content[i + 1]);
    }
    return entries.toString();
  }

  private static int entries(MapNode node, int shift, int prefix) {
    int entries = node.entriesEnd() / 2;
    for (int i = 0; i < node.entriesEnd(); i += 2) {
      int hash = node.content[i].hashCode();
      int mask = shift >= Integer.SIZE ? -1 : (1 << shift) - 1;
      assertThat(hash & mask).isEqualTo(prefix & mask);
    }
    if (node instanceof BranchNode branch) {
      assertThat(shift).isLessThan(MapNode.COLLISION_SHIFT);
      assertThat(branch.dataMap & branch.nodeMap).isZero();
      assertThat(branch.content)
          .hasSize(2 * Integer.bitCount(branch.dataMap) + Integer.bitCount(branch.nodeMap));
      for (int number = 0; number < 32; number++) {
        int bit = 1 << number;
        if ((branch.nodeMap & bit) != 0) {
          MapNode child = branch.child(branch.childPosition(bit));
          int below = entries(child, shift + MapNode.LEVEL_BITS, prefix | number << shift);
          assertThat(below).isGreaterThan(1);
          entries += below;
        }
      }
    } else {
      assertThat(shift).isEqualTo(MapNode.COLLISION_SHIFT);
      Set<Object> keys = new HashSet<>();
      for (int i = 0; i < node.content.length; i += 2) {
        assertThat(keys.add(node.content[i])).isTrue();
      }
    }
    return entries;
  }
}
