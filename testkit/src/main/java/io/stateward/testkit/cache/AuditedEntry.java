package io.stateward.testkit.cache;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has of a key.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <V> the type of the value
 * @param value the value; null if it is known that there is none
 * @param mark tells this entry from others of the same key, by {@code equals}: the same as long as
 *     it stays, another one when it was stored anew
 * @since 0.1
 */
public record AuditedEntry<V>(@Nullable V value, Object mark) {

  /**
   * Checks that there is a mark.
   *
   * @param value the value
   * @param mark tells it from others
   */
  public AuditedEntry {
    Objects.requireNonNull(mark, "mark");
  }

  /**
   * Returns the entry of a cache that has nothing but values. The identity of the value is the
   * mark: if a cache stores the very same object anew, it is taken for the entry that was there.
   *
   * @param <V> the type of the value
   * @param value the value
   * @return the entry
   */
  public static <V> AuditedEntry<V> of(V value) {
    return new AuditedEntry<>(value, new Same(Objects.requireNonNull(value, "value")));
  }

  private static final class Same {
    private final Object value;

    Same(Object value) {
      this.value = value;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // which is the point
    public boolean equals(@Nullable Object other) {
      return other instanceof Same it && it.value == value;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(value);
    }
  }
}
