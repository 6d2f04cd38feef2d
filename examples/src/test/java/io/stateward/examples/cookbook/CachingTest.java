package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import io.stateward.cache.WritePolicy;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CachingTest {

  private static final class Database implements Caching.Names {
    final Map<Long, String> rows = new HashMap<>(Map.of(1L, "Ada", 2L, "Alan"));
    int reads;

    @Override
    public @Nullable String find(long id) {
      reads++;
      return rows.get(id);
    }

    @Override
    public void rename(long id, String name) {
      rows.put(id, name);
    }

    @Override
    public String teamOf(long id) {
      return id == 1 ? "engine" : "bombe";
    }
  }

  private final Database db = new Database();

  @Test
  void get_twice_loadsOnceAndRemembersThatThereIsNone() {
    try (LayeredCache<Long, String> names = Caching.cached(db)) {
      assertThat(Caching.greeting(names, 1)).isEqualTo("Hello Ada");
      assertThat(Caching.greeting(names, 3)).isEqualTo("Hello stranger");
      assertThat(Caching.greeting(names, 1)).isEqualTo("Hello Ada");
      assertThat(Caching.greeting(names, 3)).isEqualTo("Hello stranger");
      assertThat(db.reads).isEqualTo(2);
    }
  }

  @Test
  void write_eitherWay_isReadAfterwards() {
    try (LayeredCache<Long, String> names = Caching.cached(db)) {
      Caching.greeting(names, 1);
      Caching.renamed(names, db, 1, "Grace");
      assertThat(Caching.greeting(names, 1)).isEqualTo("Hello Grace");

      Caching.putThrough(names, db, 1, "Edsger");
      assertThat(names.get(1L).source()).isEqualTo(Result.Source.MEMORY);
      assertThat(Caching.greeting(names, 1)).isEqualTo("Hello Edsger");
      assertThat(db.reads).isEqualTo(2);
    }
  }

  @Test
  void tag_invalidated_takesWhatHasItAlone() {
    try (LayeredCache<Long, String> names = Caching.tagged(db)) {
      names.get(1L);
      names.get(2L);
      // tag: invalidate
      names.invalidateTag("team:engine");
      // end
      assertThat(names.peek(1L)).isEmpty();
      assertThat(names.peek(2L)).isPresent();
    }
  }

  @Test
  void policy_isTakenByTheCache() {
    try (LayeredCache<Long, String> names = Caching.patient(db, Runnable::run)) {
      assertThat(names.get(1L).value()).isEqualTo("Ada");
    }
  }

  @Test
  void ownWrite_readOnAnotherInstance_isThere() {
    MemoryLayer layer = MemoryLayer.of();
    MemoryBackplane backplane = MemoryBackplane.of();
    try (LayeredCache<Long, String> here = Caching.shared(db, layer, backplane);
        LayeredCache<Long, String> there = Caching.shared(db, layer, backplane)) {
      there.get(1L);
      Stamp stamp = Caching.renamed(here, db, 1, "Grace");

      assertThat(Caching.readOwnWrite(there, stamp.toString(), 1)).isEqualTo("Grace");
    }
  }

  @Test
  void invalidation_ofThisInstance_isTold() {
    List<Invalidation> told = new ArrayList<>();
    try (LayeredCache<Long, String> names = Caching.told(db, Runnable::run, told::add)) {
      names.invalidate(1L);
      names.clear();
    }
    assertThat(told).containsExactly(new Invalidation.Key("1"), new Invalidation.All());
    assertThat(Caching.queueing().writes()).isEqualTo(WritePolicy.QUEUE);
  }

  /** Keeps what it is given, as it is committed at once, until somebody relays it. */
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
        Caching.shared(db, MemoryLayer.of(), MemoryBackplane.of())) {
      Caching.relayed(names, posts, "renaming", 7);
    }
    assertThat(posts.appended).containsExactly("renaming names " + new Invalidation.Key("7"));
  }
}
