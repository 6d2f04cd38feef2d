package io.stateward.codec;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@link Tree} that is JSON's null.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum TreeNull implements Tree {
  /** JSON's null. */
  NULL;

  @Override
  public <R> R fold(
      Function<? super TreeObject, ? extends R> object,
      Function<? super TreeArray, ? extends R> array,
      Function<? super String, ? extends R> string,
      Function<? super TreeNumber, ? extends R> number,
      Function<? super Boolean, ? extends R> bool,
      Supplier<? extends R> nothing) {
    return nothing.get();
  }

  @Override
  public String toString() {
    return toJson();
  }
}
