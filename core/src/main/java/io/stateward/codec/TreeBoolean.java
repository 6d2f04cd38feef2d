package io.stateward.codec;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@link Tree} that is true or false.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum TreeBoolean implements Tree {
  /** JSON's true. */
  TRUE,
  /** JSON's false. */
  FALSE;

  @Override
  public <R> R fold(
      Function<? super TreeObject, ? extends R> object,
      Function<? super TreeArray, ? extends R> array,
      Function<? super String, ? extends R> string,
      Function<? super TreeNumber, ? extends R> number,
      Function<? super Boolean, ? extends R> bool,
      Supplier<? extends R> nothing) {
    return bool.apply(asBoolean());
  }

  @Override
  public boolean asBoolean() {
    return this == TRUE;
  }

  @Override
  public String toString() {
    return toJson();
  }
}
