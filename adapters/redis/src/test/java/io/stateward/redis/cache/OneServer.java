package io.stateward.redis.cache;

import static io.stateward.redis.cache.FaultyLayer.now;

import io.lettuce.core.KillArgs;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.redis.internal.Line;
import java.nio.file.Path;

/** One server. */
record OneServer(RedisServerFixture server) implements Place {

  @Override
  public Redis connect() {
    return Redis.connect(server.address());
  }

  @Override
  public void flush() {
    try (Admin admin = new Admin(server)) {
      now(admin.commands().flushall());
    }
  }

  @Override
  public Runnable copy() {
    try (Admin admin = new Admin(server)) {
      now(admin.commands().save());
    }
    Path dump = server.dump();
    return () -> server.restart(dump);
  }

  @Override
  public void kill(Line line) {
    long id = now(line.commands().clientId());
    try (Admin admin = new Admin(server)) {
      now(admin.commands().clientKill(KillArgs.Builder.id(id)));
    }
  }
}
