package io.stateward.collection;

/**
 * A key whose hash codes are few, so that most keys collide, some in all bits and some in a few.
 */
record CollisionKey(int number) implements Comparable<CollisionKey> {

  private static final int[] HASHES = {0, 1, 32, 1 << 30, -1, 33, 0x7FFFFFFF, 1 << 31};

  @Override
  public int hashCode() {
    return HASHES[Math.floorMod(number, HASHES.length)];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof CollisionKey other && number == other.number;
  }

  @Override
  public int compareTo(CollisionKey other) {
    return Integer.compare(number, other.number);
  }
}
