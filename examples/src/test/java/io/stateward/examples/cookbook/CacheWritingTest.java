package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.Result;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.codec.Codec;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CacheWritingTest {

  private final NamesInMemory db = new NamesInMemory();
  private final MemoryLayer layer = MemoryLayer.of();

  private LayeredCache<Long, String> instance(CacheLayer shared) {
    return LayeredCache.named("names").layer(shared, Codec.text()).build(db::find);
  }

  @Test
  void through_isInMemoryHere_andInTheLayerThere() {
    try (LayeredCache<Long, String> here = instance(layer);
        LayeredCache<Long, String> there = instance(layer)) {
      CacheWriting.through(here, db, 1, "Grace", "engine");

      assertThat(here.get(1L).source()).isEqualTo(Result.Source.MEMORY);
      assertThat(there.get(1L).source()).isEqualTo(Result.Source.LAYER);
      assertThat(there.get(1L).value()).isEqualTo("Grace");
      assertThat(db.reads).hasValue(0);
      there.invalidateTag("team:engine");
      assertThat(there.peek(1L)).isEmpty(); // it had the tag
    }
  }

  @Test
  void remove_isKnownToBeAbsent() {
    try (LayeredCache<Long, String> names = instance(layer)) {
      CacheWriting.remove(names, db, 1);

      assertThat(names.get(1L).isAbsent()).isTrue();
      assertThat(db.reads).hasValue(0);
    }
  }

  @Test
  void put_isReadWithoutTheSource() {
    try (LayeredCache<Long, String> names = instance(layer)) {
      CacheWriting.put(names, 1, "Grace");

      assertThat(names.get(1L).value()).isEqualTo("Grace");
      assertThat(db.reads).hasValue(0);
    }
  }

  @Test
  void down_writeIsRefusedBeforeItIsDone() {
    CacheLayer dead =
        (cache, form) ->
            CompletableFuture.failedStage(new LayerUnavailableException(cache, "open", null));
    try (LayeredCache<Long, String> names = instance(dead)) {
      assertThat(CacheWriting.tried(names, db, 1, "Grace")).startsWith("Not now: ");
      assertThat(db.rows).containsEntry(1L, "Ada");
    }
  }
}
