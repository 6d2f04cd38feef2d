package io.stateward.redis.cache;

import io.stateward.redis.Redis;
import io.stateward.redis.RedisClusterFixture;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With a cluster of three nodes. */
final class ClusterBackplaneContractTest extends RedisBackplaneRules {

  private static RedisClusterFixture cluster;

  @BeforeAll
  static void start() {
    cluster = RedisClusterFixture.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  Redis redis() {
    return cluster.connect();
  }

  /** All but one in a million sets of so many names have one on each node. */
  @Override
  List<String> marked() {
    return IntStream.range(0, 40).mapToObj(i -> "marks" + i).toList();
  }
}
