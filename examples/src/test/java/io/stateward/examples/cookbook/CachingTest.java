package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import org.junit.jupiter.api.Test;

final class CachingTest {

  private final NamesInMemory db = new NamesInMemory();

  @Test
  void get_twice_loadsOnceAndRemembersThatThereIsNone() {
    try (LayeredCache<Long, String> names = Caching.cached(db)) {
      assertThat(Caching.greeting(names, 1)).isEqualTo("Hello Ada");
      assertThat(Caching.greeting(names, 3)).isEqualTo("Hello stranger");
      assertThat(Caching.greeting(names, 1)).isEqualTo("Hello Ada");
      assertThat(Caching.greeting(names, 3)).isEqualTo("Hello stranger");
      assertThat(db.reads).hasValue(2);
    }
  }

  @Test
  void write_isReadAfterwards() {
    try (LayeredCache<Long, String> names = Caching.cached(db)) {
      Caching.greeting(names, 1);

      Caching.renamed(names, db, 1, "Grace");

      assertThat(Caching.greeting(names, 1)).isEqualTo("Hello Grace");
    }
  }
}
