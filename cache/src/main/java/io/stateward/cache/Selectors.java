package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What hosts name many entries by: tags and prefixes, refused where they would name none, or all.
 */
final class Selectors {

  private Selectors() {}

  static Invalidation.Tag tag(String tag) {
    if (Objects.requireNonNull(tag, "tag").isBlank()) {
      throw new IllegalArgumentException(
          "A tag is not blank, as '%s' is. If all are meant, clear() says so.".formatted(tag));
    }
    return new Invalidation.Tag(tag);
  }

  static Invalidation.Prefix prefix(String prefix) {
    if (Objects.requireNonNull(prefix, "prefix").isEmpty()) {
      throw new IllegalArgumentException(
          "Every key begins with an empty prefix. If all are meant, clear() says so.");
    }
    return new Invalidation.Prefix(prefix);
  }

  static Set<String> tags(String... tags) {
    return Arrays.stream(tags).map(it -> tag(it).tag()).collect(Collectors.toUnmodifiableSet());
  }
}
