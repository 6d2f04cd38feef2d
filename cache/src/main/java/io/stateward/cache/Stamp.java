package io.stateward.cache;

/**
 * A moment in the history of a part of a cache: a write has one, and a read can ask to be no older.
 *
 * <pre>{@code
 * Stamp stamp = users.invalidate(id);
 * User user = users.get(id, ReadOptions.atLeast(stamp)).value();   // on any instance
 * }</pre>
 *
 * <p>Stamps can be sent to other processes as text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param bucket which part of the cache; 0 is that of what concerns all of it, and what is negative
 *     is {@linkplain #isKnown not known}
 * @param epoch which life of the layer; a layer that forgot everything begins another one
 * @param sequence the number of the invalidation in the bucket, from 0
 * @since 0.1
 */
public record Stamp(int bucket, long epoch, long sequence) {

  private static final Stamp UNKNOWN = new Stamp(-1, 0, 0);

  /**
   * Returns the stamp of a write of which the layer was not told yet. A read that is to be no older
   * goes to the source, on any instance.
   *
   * @return the stamp
   */
  public static Stamp unknown() {
    return UNKNOWN;
  }

  /**
   * Tells whether the moment is known.
   *
   * @return whether it is; false for that of a write which the layer was not told of yet
   */
  public boolean isKnown() {
    return bucket >= 0;
  }

  /**
   * Returns the stamp as text.
   *
   * @return bucket, epoch and sequence with dots between
   */
  @Override
  public String toString() {
    return bucket + "." + epoch + "." + sequence;
  }

  /**
   * Returns the stamp of its text.
   *
   * @param text what {@link #toString} returned
   * @return the stamp
   * @throws IllegalArgumentException if it is none
   */
  public static Stamp parse(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 3) {
        return new Stamp(
            Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(notAStamp(text), e);
    }
    throw new IllegalArgumentException(notAStamp(text));
  }

  private static String notAStamp(String text) {
    return "'%s' is no stamp. It is bucket, epoch and sequence, as in \"3.1.42\".".formatted(text);
  }
}
