package io.stateward.cache.http;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a CDN is told what it may keep, and by which names it can be told to drop it.
 *
 * <pre>{@code
 * Cdn.surrogate(SurrogateKeys.of("pages"));          // Surrogate-Control and Surrogate-Key
 * Cdn.targeted(SurrogateKeys.of("pages"));           // CDN-Cache-Control and Cache-Tag
 * Cdn.targeted(keys).keysIn("Edge-Cache-Tag", ",");  // or whatever yours wants
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param controlField the response field for the CDN alone; null to tell it by {@code s-maxage} in
 *     {@code Cache-Control}, which every shared cache reads, and which allows nothing stale (RFC
 *     9111, section 4.2.4)
 * @param keysField the response field with the surrogate keys
 * @param separator what is between two of them
 * @param most how many characters that field may have; a copy with more names is not given to the
 *     CDN, as it could not be told to drop it
 * @param keys the surrogate keys; null if it cannot be told to drop anything
 * @since 0.1
 */
public record Cdn(
    @Nullable String controlField,
    String keysField,
    String separator,
    int most,
    @Nullable SurrogateKeys keys) {

  private static final int MOST = 4_096; // servers often have 8,192 for all fields

  /**
   * Checks the parts.
   *
   * @param controlField the response field for the CDN alone
   * @param keysField the response field with the surrogate keys
   * @param separator what is between two of them
   * @param most how many characters that field may have
   * @param keys the surrogate keys
   * @throws IllegalArgumentException if a field is no name of one, the separator is none, or the
   *     most is less than 1
   */
  public Cdn {
    if (controlField != null) {
      fieldName(controlField);
    }
    fieldName(keysField);
    if (!separator.equals(" ") && !separator.equals(",") && !separator.equals(", ")) {
      throw new IllegalArgumentException(
          "Between surrogate keys is a space or a comma, not '%s'.".formatted(separator));
    }
    if (most < 1) {
      throw new IllegalArgumentException("A field has at least 1 character, not " + most + ".");
    }
  }

  private static void fieldName(String name) {
    if (!name.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("'%s' is no name of a response field.".formatted(name));
    }
  }

  /**
   * Returns that of shared caches that read {@code Cache-Control} alone and cannot be told to drop
   * anything.
   *
   * @return by {@code s-maxage}, without surrogate keys
   */
  public static Cdn plain() {
    return new Cdn(null, "Surrogate-Key", " ", MOST, null);
  }

  /**
   * Returns that of CDNs that read {@code Surrogate-Control} and {@code Surrogate-Key}.
   *
   * @param keys the surrogate keys
   * @return with the names separated by spaces
   */
  public static Cdn surrogate(SurrogateKeys keys) {
    Objects.requireNonNull(keys, "keys");
    return new Cdn("Surrogate-Control", "Surrogate-Key", " ", MOST, keys);
  }

  /**
   * Returns that of CDNs that read {@code CDN-Cache-Control} (RFC 9213) and {@code Cache-Tag}.
   *
   * @param keys the surrogate keys
   * @return with the names separated by commas
   */
  public static Cdn targeted(SurrogateKeys keys) {
    Objects.requireNonNull(keys, "keys");
    return new Cdn("CDN-Cache-Control", "Cache-Tag", ",", MOST, keys);
  }

  /**
   * Returns this with another field for what it may keep.
   *
   * @param field the name of the field; null for {@code s-maxage} in {@code Cache-Control}
   * @return that
   * @throws IllegalArgumentException if it is no name of a field
   */
  public Cdn controlledBy(@Nullable String field) {
    return new Cdn(field, keysField, separator, most, keys);
  }

  /**
   * Returns this with another field for surrogate keys.
   *
   * @param field the name of the field
   * @param between what is between two keys: a space or a comma
   * @return that
   * @throws IllegalArgumentException if it is no name of a field, or no separator
   */
  public Cdn keysIn(String field, String between) {
    return new Cdn(controlField, field, between, most, keys);
  }

  /**
   * Returns this with another limit for surrogate keys.
   *
   * @param characters how many characters the field may have; at least 1
   * @return that
   * @throws IllegalArgumentException if it is less than 1
   */
  public Cdn atMost(int characters) {
    return new Cdn(controlField, keysField, separator, characters, keys);
  }

  /** The value of the field with the names of a copy; null if it would be too long. */
  @Nullable String namesOf(SurrogateKeys names, String key, Set<String> tags) {
    String all = String.join(separator, names.copy(key, tags));
    return all.length() <= most ? all : null;
  }
}
