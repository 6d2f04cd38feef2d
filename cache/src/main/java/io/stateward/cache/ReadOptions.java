package io.stateward.cache;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How new a read has to be.
 *
 * <pre>{@code
 * users.get(7L, ReadOptions.atLeast(stamp)); // not older than that write, on any instance
 * users.get(7L, ReadOptions.bypass());       // from the source
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class ReadOptions {

  private static final ReadOptions CACHED = new ReadOptions(null, false);
  private static final ReadOptions BYPASS = new ReadOptions(null, true);

  private final @Nullable Stamp stamp;
  private final boolean bypass;

  private ReadOptions(@Nullable Stamp stamp, boolean bypass) {
    this.stamp = stamp;
    this.bypass = bypass;
  }

  /**
   * As new as the policy says.
   *
   * @return the options of a plain read
   */
  public static ReadOptions cached() {
    return CACHED;
  }

  /**
   * Not older than a write.
   *
   * @param stamp what the write returned, on any instance
   * @return the options
   */
  public static ReadOptions atLeast(Stamp stamp) {
    return new ReadOptions(Objects.requireNonNull(stamp, "stamp"), false);
  }

  /**
   * From the loader, passing by all that is stored, and storing nothing. It is not shared with
   * other readers either.
   *
   * @return the options
   */
  public static ReadOptions bypass() {
    return BYPASS;
  }

  /**
   * Returns the stamp.
   *
   * @return the write that has to be seen; null if none has to
   */
  public @Nullable Stamp stamp() {
    return stamp;
  }

  /**
   * Tells whether all that is stored is passed by.
   *
   * @return whether it is
   */
  public boolean isBypass() {
    return bypass;
  }

  @Override
  public String toString() {
    return bypass ? "bypass" : stamp == null ? "cached" : "at least " + stamp;
  }
}
