package io.stateward.collection;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks into the tree of a vector: the invariants that {@link VectorNode} lists. */
final class VectorShape {

  private VectorShape() {}

  static void check(PersistentVector<?> vector) {
    VectorNode root = vector.root();
    assertThat(elements(root)).isEqualTo(vector.size()).isEqualTo(root.size());
    if (root instanceof InnerNode) {
      assertThat(root.slots.length).isGreaterThan(1);
    }
  }

  private static int elements(VectorNode node) {
    assertThat(node.slots.length).isLessThanOrEqualTo(VectorNode.WIDTH);
    if (!(node instanceof InnerNode inner)) {
      return node.slots.length;
    }
    int elements = 0;
    for (int i = 0; i < inner.slots.length; i++) {
      VectorNode child = inner.child(i);
      assertThat(child.level()).isEqualTo(inner.level() - 1);
      assertThat(child.slots).isNotEmpty();
      assertThat(inner.startOf(i)).isEqualTo(elements);
      elements += elements(child);
      if (i > 0) {
        assertThat(inner.child(i - 1).fitsWith(child)).isFalse();
      }
    }
    assertThat(inner.size()).isEqualTo(elements);
    return elements;
  }
}
