package io.stateward.optimistic;

import java.util.Objects;

/**
 * What tells a mutation from every other: the store that made it, and its number there.
 *
 * <pre>{@code
 * request.header("Idempotency-Key", sent.id().toString());
 * }</pre>
 *
 * <p>It stays the same however often a mutation is sent, also by a later process, so that a server
 * can apply it once.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param origin names the store; random for each one that is opened, unless chosen
 * @param number counts the mutations of that store, from 1
 * @since 0.1
 */
public record MutationId(String origin, long number) {

  /**
   * Checks the parts.
   *
   * @param origin names the store
   * @param number counts from 1
   * @throws IllegalArgumentException if the origin is blank or the number less than 1
   */
  public MutationId {
    if (Objects.requireNonNull(origin, "origin").isBlank() || number < 1) {
      throw new IllegalArgumentException(
          "A mutation has an origin and a number from 1 on, not '%s' and %d."
              .formatted(origin, number));
    }
  }

  /**
   * Returns the id of its text.
   *
   * @param text what {@link #toString} returned
   * @return the id
   * @throws IllegalArgumentException if the text is no id
   */
  public static MutationId parse(String text) {
    int dash = text.lastIndexOf('-');
    try {
      return new MutationId(
          text.substring(0, Math.max(dash, 0)), Long.parseLong(text.substring(dash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no mutation id. It is an origin, a dash and a number, as in \"f81d4fae-12\"."
              .formatted(text),
          e);
    }
  }

  /**
   * Returns the id as text.
   *
   * @return origin, dash, number
   */
  @Override
  public String toString() {
    return origin + "-" + number;
  }
}
