package io.stateward.codec;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@link Tree} that is a text: any Java string, even one with a surrogate that lacks its other
 * half.
 *
 * <pre>{@code
 * Tree.of("Ada").asString();     // Ada
 * Tree.of("Ada").toJson();       // "Ada", quoted
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param text the text
 * @since 0.1
 */
public record TreeString(String text) implements Tree {

  /**
   * Creates a string.
   *
   * @param text the text
   */
  public TreeString {
    Objects.requireNonNull(text, "text");
  }

  @Override
  public <R> R fold(
      Function<? super TreeObject, ? extends R> object,
      Function<? super TreeArray, ? extends R> array,
      Function<? super String, ? extends R> string,
      Function<? super TreeNumber, ? extends R> number,
      Function<? super Boolean, ? extends R> bool,
      Supplier<? extends R> nothing) {
    return string.apply(text);
  }

  @Override
  public String asString() {
    return text;
  }

  @Override
  public String toString() {
    return toJson();
  }
}
