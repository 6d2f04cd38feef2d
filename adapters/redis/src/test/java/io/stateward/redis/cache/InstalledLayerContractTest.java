package io.stateward.redis.cache;

import io.stateward.redis.RedisServerFixture;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** With the server that this machine has: Valkey, or a later Redis. */
final class InstalledLayerContractTest extends RedisLayerRules {

  private static @Nullable RedisServerFixture server;

  @BeforeAll
  static void start() {
    Path valkey = RedisServerFixture.installed("valkey-server");
    Path installed = valkey == null ? RedisServerFixture.installed("redis-server") : valkey;
    Assumptions.assumeTrue(
        installed != null, "neither valkey-server nor redis-server is installed");
    server = RedisServerFixture.start(java.util.Objects.requireNonNull(installed));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Place place() {
    return new OneServer(java.util.Objects.requireNonNull(server));
  }
}
