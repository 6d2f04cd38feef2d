package io.stateward.collection;

import org.jspecify.annotations.Nullable;

/**
 * What an operation on a trie is allowed to overwrite, and what it found: handed down the tree with
 * the key, read by the map or builder that began it.
 */
final class Edit {

  /**
   * The token of a builder, which nodes made for it carry too; {@code null} for a single change.
   */
  final @Nullable Object owner;

  /** The value that the key had before, {@code null} if it had none. */
  @Nullable Object previous;

  private Edit(@Nullable Object owner) {
    this.owner = owner;
  }

  /** For one change that copies every node on its path. */
  static Edit copying() {
    return new Edit(null);
  }

  /** For a run of changes, each of which may overwrite the nodes that an earlier one copied. */
  static Edit owning() {
    return new Edit(new Object());
  }

  boolean owns(@Nullable Object ownerOfNode) {
    return ownerOfNode != null && ownerOfNode == owner;
  }
}
