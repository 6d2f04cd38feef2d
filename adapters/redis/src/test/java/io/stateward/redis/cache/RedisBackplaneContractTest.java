package io.stateward.redis.cache;

import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With one server. */
final class RedisBackplaneContractTest extends RedisBackplaneRules {

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
  Redis redis() {
    return Redis.connect(server.address());
  }

  @Override
  List<String> marked() {
    return List.of("marks");
  }
}
