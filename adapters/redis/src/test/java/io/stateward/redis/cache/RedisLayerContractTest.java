package io.stateward.redis.cache;

import io.stateward.redis.RedisServerFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With the server that comes with the tests, 6.2. */
final class RedisLayerContractTest extends RedisLayerRules {

  private static RedisServerFixture server;

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  Place place() {
    return new OneServer(server);
  }
}
