package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.KillArgs;
import io.lettuce.core.protocol.CommandType;
import io.stateward.cache.spi.Backplane.Message;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a backplane in Redis does in foul weather. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RedisBackplaneTest {

  private static RedisServerFixture server;
  private final List<Probe.Failed> reports = new CopyOnWriteArrayList<>();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private Subscription probing;
  private Redis redis;
  private RedisBackplane backplane;
  private Admin admin;

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    redis = Redis.connect(server.address()).namespace("a:b");
    backplane = RedisBackplane.of(redis);
    admin = new Admin(server);
    probing =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed it) {
                reports.add(it);
              }
            });
  }

  @AfterEach
  void close() {
    probing.close();
    admin.close();
    redis.close();
  }

  private static Message message(long number) {
    return new Message(1, new Head(1, number), new Invalidation.Key("k"));
  }

  private boolean hears() {
    long number = sent.incrementAndGet();
    backplane.send("users", message(number));
    return heard.stream().anyMatch(message -> message.head().sequence() > 0);
  }

  @Test
  void messages_thatAreNone_areReportedOnceAndIgnored() {
    backplane.listen("users", heard::add);
    await("a ping", () -> backplane.isTried("users"));
    byte[] channel = "sw1:a%3Ab:users:messages".getBytes(UTF_8);
    byte[] other = MessageForm.encoded(message(1));
    other[0] = '2';

    assertThat(now(admin.commands().publish(channel, other))).isEqualTo(1);
    now(admin.commands().publish(channel, new byte[0]));
    now(admin.commands().publish(channel, MessageForm.encoded(message(7))));

    await("the one that is", () -> !heard.isEmpty());
    assertThat(heard).containsExactly(message(7));
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).problem()).contains("was not understood").contains("users");
  }

  @Test
  void connections_killed_areOpenedAgainAndHear() {
    backplane.listen("users", heard::add);
    await("a ping", () -> backplane.isTried("users"));

    now(admin.commands().clientKill(KillArgs.Builder.typePubsub()));
    now(admin.commands().clientKill(KillArgs.Builder.typeNormal()));

    heard.clear();
    await("a message", this::hears);
    assertThat(reports).isEmpty();
  }

  @Test
  void listen_serverIsAway_hearsWhenItIsThere() {
    try (RedisServerFixture late = RedisServerFixture.start();
        Redis there = Redis.connect(late.address())) {
      late.kill();
      RedisBackplane waiting = RedisBackplane.of(there);
      waiting.listen("users", heard::add);
      waiting.send("users", message(1)); // is lost, and harms nobody

      late.begin();

      await("a ping", () -> waiting.isTried("users"));
      assertThat(reports).isEmpty();
    }
  }

  @Test
  void listen_userMayNotPublish_isReported() {
    admin.run(CommandType.ACL, "SETUSER", "mute", "on", ">secret", "~*", "+@all", "resetchannels");
    try (Redis mute = Redis.connect("redis://mute:secret@127.0.0.1:" + server.port())) {
      RedisBackplane.of(mute).listen("users", heard::add);

      await("a report", () -> !reports.isEmpty());

      assertThat(reports.get(0).problem())
          .contains("does not let it")
          .contains("users")
          .doesNotContain("secret");
    }
  }
}
