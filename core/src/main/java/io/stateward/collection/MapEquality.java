package io.stateward.collection;

/**
 * Whether two tries hold equal entries: the comparison of {@link MapDiffer} that stops at the first
 * difference. Equal content has equal shape, so the first difference in shape decides.
 */
final class MapEquality {

  private MapEquality() {}

  static boolean equal(MapNode one, MapNode other) {
    if (one == other) {
      return true;
    }
    if (one instanceof BranchNode branch && other instanceof BranchNode otherBranch) {
      return branch.dataMap == otherBranch.dataMap
          && branch.nodeMap == otherBranch.nodeMap
          && equalSlots(branch, otherBranch);
    }
    return equalCollisions(one, other);
  }

  private static boolean equalSlots(BranchNode one, BranchNode other) {
    int end = one.entriesEnd();
    for (int i = 0; i < end; i++) {
      if (!equalValues(one.content[i], other.content[i])) {
        return false;
      }
    }
    for (int i = end; i < one.content.length; i++) {
      if (!equal(one.child(i), other.child(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalCollisions(MapNode one, MapNode other) {
    if (one.content.length != other.content.length) {
      return false;
    }
    for (int i = 0; i < one.content.length; i += 2) {
      Object value = other.find(one.content[i], 0, MapNode.COLLISION_SHIFT);
      if (value == null || !equalValues(one.content[i + 1], value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalValues(Object one, Object other) {
    return one == other || one.equals(other);
  }
}
