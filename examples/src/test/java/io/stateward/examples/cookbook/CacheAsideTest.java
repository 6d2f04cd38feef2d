package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisUnavailableException;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

final class CacheAsideTest {

  private final NamesInMemory db = new NamesInMemory();
  private final MemoryLayer layer = MemoryLayer.of();
  private final MemoryBackplane backplane = MemoryBackplane.of();

  private LayeredCache<Long, String> instance() {
    return CacheAside.shared(db, layer, backplane, CacheAside.bound());
  }

  @Test
  void instances_shareWhatOneLoaded_andHearWhatOneInvalidated() {
    try (LayeredCache<Long, String> here = instance();
        LayeredCache<Long, String> there = instance()) {
      here.get(1L);
      assertThat(there.get(1L).source()).isEqualTo(Result.Source.LAYER);

      Caching.renamed(here, db, 1, "Grace");

      assertThat(there.get(1L).value()).isEqualTo("Grace");
      assertThat(CacheAside.isHealthy(there)).isTrue();
    }
  }

  @Test
  void layers_two_shareWhatOneLoadedAndForgetWhatOneInvalidated() {
    MemoryLayer small = MemoryLayer.of(MemoryLayerOptions.standard().maximum(1));
    try (LayeredCache<Long, String> here = CacheAside.chained(db, small, layer, backplane);
        LayeredCache<Long, String> there = CacheAside.chained(db, small, layer, backplane)) {
      here.get(2L); // which leaves the small one
      here.get(1L);
      assertThat(there.get(2L).source()).isEqualTo(Result.Source.LAYER);
      assertThat(there.get(1L).source()).isEqualTo(Result.Source.LAYER);

      Caching.renamed(here, db, 1, "Grace");

      assertThat(there.get(1L).value()).isEqualTo("Grace");
    }
  }

  @Test
  void overRedis_instancesShareWhatOneLoaded() throws IOException {
    RedisServer server = started();
    String address = "redis://127.0.0.1:" + server.ports().get(0);
    try (Redis one = Redis.connect(address).namespace("shop");
        Redis other = Redis.connect(address).namespace("shop");
        LayeredCache<Long, String> here = CacheAside.overRedis(db, one);
        LayeredCache<Long, String> there = CacheAside.overRedis(db, other)) {
      here.get(1L);

      assertThat(there.get(1L).source()).isEqualTo(Result.Source.LAYER);
      assertThat(db.reads).hasValue(1);
    } finally {
      server.stop();
    }
  }

  private static RedisServer started() {
    try (ServerSocket free = new ServerSocket(0)) {
      RedisServer server = new RedisServer(free.getLocalPort());
      free.close();
      server.start();
      return server;
    } catch (IOException | RuntimeException e) {
      return Assumptions.abort("The packed Redis does not run here: " + e.getMessage());
    }
  }

  @Test
  void addresses_ofAClusterAndOfSentinels_areUnderstood() {
    try (Redis cluster = CacheAside.cluster();
        Redis sentinel = CacheAside.sentinel()) {
      assertThat(cluster.toString()).contains("a:6379, b:6379");
      assertThat(sentinel.toString()).contains("a:26379, b:26379 (sentinels of 'main')");
    }
  }

  @Test
  void overRedis_thatIsNotThere_readsTheSource() {
    try (Redis nowhere = Redis.connect("redis://127.0.0.1:1");
        LayeredCache<Long, String> names = CacheAside.overRedis(db, nowhere)) {
      assertThat(names.get(1L).source()).isEqualTo(Result.Source.OFFLINE);
      assertThatThrownBy(nowhere::check)
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("127.0.0.1:1");
    }
    CacheAside.redis().close();
  }

  @Test
  void ownWrite_readOnAnotherInstance_isThere() {
    try (LayeredCache<Long, String> here = instance();
        LayeredCache<Long, String> there =
            CacheAside.shared(
                db, layer, MemoryBackplane.of(), CacheAside.bound())) { // is told none
      there.get(1L);

      String header = ReadYourWrites.written(here, db, 1, "Grace");

      assertThat(ReadYourWrites.read(there, 1, header)).isEqualTo("Grace");
      assertThat(ReadYourWrites.read(there, 1, null)).isEqualTo("Grace");
    }
  }

  @Test
  void ownWrite_stampOfAnotherLife_readsTheSource() {
    try (LayeredCache<Long, String> there = instance()) {
      there.get(1L);
      db.rename(1, "Grace");

      assertThat(there.get(1L, ReadYourWrites.checked(new Stamp(1, 5, 7).toString())).value())
          .isEqualTo("Grace");
      assertThat(ReadYourWrites.checked("made up").isBypass()).isTrue();
    }
  }
}
