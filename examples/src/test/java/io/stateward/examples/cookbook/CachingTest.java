package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import java.util.List;
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
  void getAll_ofABulkSource_isOneCall() {
    try (LayeredCache<Long, String> names = Caching.cachedInBulk(db)) {
      assertThat(Caching.roll(names, List.of(1L, 2L, 3L))).containsExactly("Ada", "Alan", "nobody");
      assertThat(Caching.roll(names, List.of(2L, 3L))).containsExactly("Alan", "nobody");
      assertThat(db.reads).hasValue(1);
      db.failing = true;
      assertThat(Caching.roll(names, List.of(1L, 4L))).containsExactly("Ada", "not known now");
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
