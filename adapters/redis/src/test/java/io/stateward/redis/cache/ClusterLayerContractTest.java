package io.stateward.redis.cache;

import io.stateward.redis.RedisClusterFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With a cluster of three nodes. */
final class ClusterLayerContractTest extends RedisLayerRules {

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
  Place place() {
    return new WholeCluster(cluster);
  }
}
