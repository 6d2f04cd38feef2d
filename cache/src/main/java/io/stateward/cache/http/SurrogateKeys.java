package io.stateward.cache.http;

import io.stateward.cache.spi.Invalidation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the copies of one cache are called in a CDN, so that it can be told which to drop.
 *
 * <pre>{@code
 * SurrogateKeys keys = SurrogateKeys.of("pages");
 * keys.copy("/home", Set.of("team:7"));   // pages, pages/k//home, pages/t/team:7
 * }</pre>
 *
 * <p>Each copy has that of the cache, that of its key, and one for each tag. Characters that lists
 * cannot have are escaped; what is longer than 128 characters then is a hash.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class SurrogateKeys {

  private static final int LONGEST = 128;
  private static final int LONGEST_NAME = 64;

  private final String all;

  private SurrogateKeys(String all) {
    this.all = all;
  }

  /**
   * Returns the names of a cache's copies.
   *
   * @param cache the name of the cache; different for each cache behind one CDN
   * @return its surrogate keys
   * @throws IllegalArgumentException if it is blank
   */
  public static SurrogateKeys of(String cache) {
    if (cache.isBlank()) {
      throw new IllegalArgumentException("The name of a cache in a CDN is not blank.");
    }
    String name = escaped(cache);
    return new SurrogateKeys(name.length() > LONGEST_NAME ? hash(cache) : name);
  }

  /**
   * Returns what all copies of the cache are called.
   *
   * @return the surrogate key
   */
  public String all() {
    return all;
  }

  /**
   * Returns what a copy is called.
   *
   * @param key the key as text
   * @param tags its tags
   * @return that of the cache, that of the key, and those of the tags in their order
   */
  public Set<String> copy(String key, Set<String> tags) {
    Set<String> names = new LinkedHashSet<>();
    names.add(all);
    names.add(named("k", key));
    tags.stream().sorted().forEach(tag -> names.add(named("t", tag)));
    return names;
  }

  /**
   * Returns what is to be dropped with an invalidation.
   *
   * @param invalidation what was invalidated
   * @return the surrogate key; that of the whole cache for a prefix too, as CDNs know none
   */
  public String dropped(Invalidation invalidation) {
    if (invalidation instanceof Invalidation.Key it) {
      return named("k", it.key());
    }
    return invalidation instanceof Invalidation.Tag it ? named("t", it.tag()) : all;
  }

  private String named(String kind, String text) {
    String whole = all + "/" + kind + "/" + escaped(text);
    return whole.length() <= LONGEST ? whole : all + "/" + kind + "h/" + hash(text);
  }

  private static String hash(String text) {
    return ETag.of(text.getBytes(StandardCharsets.UTF_8)).opaque();
  }

  /** Escapes all but letters, digits and what no list of keys takes for something else. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      boolean letter = (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z';
      if (letter || (octet >= '0' && octet <= '9') || "-_.:/".indexOf(octet) >= 0) {
        escaped.append((char) octet);
      } else {
        escaped.append('%').append("%02X".formatted(octet & 0xFF));
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return "Surrogate keys of '" + all + "'";
  }
}
