package io.stateward.cache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.Invalidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What copies are called, and that each invalidation reaches the copies that it means. */
final class SurrogateKeysTest {

  private final SurrogateKeys keys = SurrogateKeys.of("pages");

  @Test
  void copy_namesTheCacheTheKeyAndTheTags() {
    assertThat(keys.copy("/home", Set.of("team:7", "a,b c")))
        .containsExactly("pages", "pages/k//home", "pages/t/a%2Cb%20c", "pages/t/team:7");
    assertThat(SurrogateKeys.of("my pages").all()).isEqualTo("my%20pages");
    assertThat(SurrogateKeys.of("x".repeat(65)).all()).hasSize(22);
  }

  @Test
  void dropped_ofEachInvalidation_isAmongTheNames() {
    Set<String> names = keys.copy("k", Set.of("t"));

    assertThat(names)
        .contains(
            keys.dropped(new Invalidation.Key("k")),
            keys.dropped(new Invalidation.Tag("t")),
            keys.dropped(new Invalidation.Prefix("k")),
            keys.dropped(new Invalidation.All()));
    assertThat(keys.dropped(new Invalidation.Key("t"))).isNotIn(names);
    assertThat(keys.dropped(new Invalidation.Tag("k"))).isNotIn(names);
  }

  @Property(seed = "9213")
  void copy_ofAnyText_fitsIntoALineAndIsDroppedByItself(
      @ForAll List<String> tags, @ForAll String key) {
    Set<String> names = keys.copy(key, new HashSet<>(tags));

    assertThat(names).allMatch(name -> name.length() <= 128 && name.matches("[A-Za-z0-9_.:/%-]+"));
    assertThat(names).contains(keys.dropped(new Invalidation.Key(key)));
    tags.forEach(tag -> assertThat(names).contains(keys.dropped(new Invalidation.Tag(tag))));
  }

  @Property(seed = "9214")
  void dropped_ofDifferentKeys_isDifferent(
      @ForAll @net.jqwik.api.constraints.AlphaChars String one,
      @ForAll @net.jqwik.api.constraints.AlphaChars String other) {
    String first = keys.dropped(new Invalidation.Key(one + "é /%"));
    String second = keys.dropped(new Invalidation.Key(other + "é /%"));

    assertThat(first.equals(second)).isEqualTo(one.equals(other));
  }
}
