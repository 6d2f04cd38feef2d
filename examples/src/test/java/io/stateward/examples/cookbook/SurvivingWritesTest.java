package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.WritePolicy;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import io.stateward.codec.Codec;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SurvivingWritesTest {

  /** Keeps what it is given, and relays nothing. */
  private static final class Posts implements Outbox<String> {
    final List<String> appended = new ArrayList<>();

    @Override
    public void append(String transaction, String cache, Invalidation what) {
      appended.add(transaction + " " + cache + " " + what);
    }

    @Override
    public Subscription relay(
        String cache, Function<Invalidation, ? extends CompletionStage<?>> sender) {
      return () -> {};
    }
  }

  @Test
  void transaction_hasTheInvalidation() {
    Posts posts = new Posts();
    try (LayeredCache<Long, String> names =
        LayeredCache.named("names")
            .layer(MemoryLayer.of(), Codec.text())
            .build((Long id) -> "name")) {
      SurvivingWrites.relayed(names, posts, "renaming", 7);
    }
    assertThat(posts.appended).containsExactly("renaming names " + new Invalidation.Key("7"));
  }

  @Test
  void invalidation_ofThisInstance_isTold() {
    List<Invalidation> told = new ArrayList<>();
    try (LayeredCache<Long, String> names =
        SurvivingWrites.told(id -> "name", Runnable::run, told::add)) {
      names.invalidate(1L);
      names.clear();
    }
    assertThat(told).containsExactly(new Invalidation.Key("1"), new Invalidation.All());
  }

  @Test
  void policy_saysThatWritesWait() {
    assertThat(SurvivingWrites.queueing().writes()).isEqualTo(WritePolicy.QUEUE);
  }
}
