package io.stateward.codec;

import java.io.Serial;

/**
 * Thrown when a tree does not have the shape that is asked of it: another kind of value, nothing at
 * a path, or no canonical form. The message says what is there instead.
 *
 * @since 0.1
 */
public final class TreeShapeException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  TreeShapeException(String message) {
    super(message);
  }

  static TreeShapeException isNo(String wanted, Tree found) {
    return new TreeShapeException("This is not %s but %s.".formatted(wanted, Excerpt.of(found)));
  }
}
