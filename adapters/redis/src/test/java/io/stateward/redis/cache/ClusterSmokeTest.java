package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.protocol.CommandType;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Backplane.Message;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster of one node, which has every slot: the code is that of a cluster. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClusterSmokeTest {

  @Test
  void cluster_ofOneNode_servesLayersAndBackplanes() {
    try (RedisServerFixture node = RedisServerFixture.start("--cluster-enabled", "yes");
        Redis redis = Redis.cluster(node.address())) {
      try (Admin admin = new Admin(node)) {
        admin.run(
            CommandType.CLUSTER,
            IntStream.concat(IntStream.of(-1), IntStream.range(0, 16_384))
                .mapToObj(slot -> slot < 0 ? "ADDSLOTS" : "" + slot)
                .toArray(String[]::new));
        await(
            "the cluster", () -> now(admin.commands().clusterInfo()).contains("cluster_state:ok"));
      }
      redis.check();
      LayerSession session = now(RedisLayer.of(redis).open("users", "text-1"));
      Lease lease =
          ((Acquired.Leased) now(session.acquire("a", null, Duration.ofSeconds(9)))).lease();
      Duration life = Duration.ofSeconds(9);
      assertThat(
              now(session.fill("a", lease, lease.entry(new byte[1], Set.of(), null, life, life))))
          .isTrue();
      assertThat(now(session.read("a")).entry()).isNotNull();
      assertThat(now(session.readAll(List.of("a", "b", "c", "d")))).hasSize(4);
      now(session.invalidate(new Invalidation.Tag("x")));
      assertThat(now(session.heads()).get(0).sequence()).isEqualTo(1);
      RedisBackplane backplane = RedisBackplane.of(redis);
      List<Message> heard = new CopyOnWriteArrayList<>();
      backplane.listen("users", heard::add);
      await("a ping", () -> backplane.isTried("users"));
      backplane.send("users", new Message(1, new Head(1, 1), new Invalidation.All()));
      await("a message", () -> !heard.isEmpty());

      node.restart();

      await(
          "an answer",
          () ->
              session
                  .heads()
                  .handle((it, failure) -> failure == null)
                  .toCompletableFuture()
                  .join());
      assertThat(now(session.read("a")).entry()).isNull();
    }
  }
}
