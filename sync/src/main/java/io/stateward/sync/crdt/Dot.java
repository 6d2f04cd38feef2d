package io.stateward.sync.crdt;

import java.util.Comparator;

/**
 * The name of one change: which replica made it, and the how manyth of that replica it was.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param replica the name of the replica
 * @param number counts its changes, from 1 to {@value #MAXIMUM_NUMBER} inclusive
 * @since 0.1
 */
public record Dot(String replica, long number) implements Comparable<Dot> {

  /** The greatest number, 2<sup>53</sup> - 1: one that every reader of JSON keeps exactly. */
  public static final long MAXIMUM_NUMBER = 9_007_199_254_740_991L;

  /** How many UTF-16 code units the name of a replica may have. */
  public static final int MAXIMUM_NAME = 200;

  private static final Comparator<Dot> ORDER =
      Comparator.comparingLong(Dot::number).thenComparing(Dot::replica);

  /**
   * Checks the parts.
   *
   * @param replica the name of the replica
   * @param number counts its changes
   * @throws IllegalArgumentException if the name is blank or too long, or the number out of range
   */
  public Dot {
    checkedReplica(replica);
    if (number < 1 || number > MAXIMUM_NUMBER) {
      throw new IllegalArgumentException(
          "The changes of a replica are numbered from 1 to %d; this is %d of '%s'."
              .formatted(MAXIMUM_NUMBER, number, replica));
    }
  }

  static String checkedReplica(String replica) {
    if (replica.isBlank() || replica.length() > MAXIMUM_NAME) {
      throw new IllegalArgumentException(
          "A replica has a name of 1 to %d characters, not '%s' with %d. Take something random of which no other replica has the like."
              .formatted(MAXIMUM_NAME, Form.excerpt(replica), replica.length()));
    }
    return replica;
  }

  /** By number, then by replica. */
  @Override
  public int compareTo(Dot other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return replica + ":" + number;
  }
}
