package io.stateward.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.redis.cache.RedisLayer;
import io.stateward.signal.ClosedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What it says when it cannot be used, and that it never says the password. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RedisTest {

  private static final String SECRET = "pa$$w0rd-of-mine";

  private static String everythingOf(Throwable failure) {
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    return all.toString();
  }

  private static Throwable failureOf(String address) {
    try (Redis redis = Redis.connect(address)) {
      redis.check();
      throw new AssertionError("It can be used: " + address);
    } catch (RedisUnavailableException e) {
      return e;
    }
  }

  @Test
  void check_serverIsThere_returns() {
    try (RedisServerFixture server = RedisServerFixture.start();
        Redis redis = Redis.connect(server.address())) {
      assertThat(redis.check()).isSameAs(redis);
    }
  }

  @Test
  void check_nothingListens_saysHostAndPort() {
    int port = RedisServerFixture.freePort();

    assertThat(failureOf("redis://x:" + SECRET.replace("$", "%24") + "@127.0.0.1:" + port))
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("Nothing accepts connections")
        .satisfies(failure -> assertThat(everythingOf(failure)).doesNotContain(SECRET));
  }

  @Test
  void check_hostIsNotKnown_saysSo() {
    assertThat(failureOf("redis://no-such-host.invalid:6379"))
        .hasMessageContaining("no-such-host.invalid:6379")
        .hasMessageContaining("not known");
  }

  @Test
  void check_wrongPasswords_saySoWithoutThem() {
    try (RedisServerFixture server = RedisServerFixture.start("--requirepass", "right")) {
      int port = server.port();
      Throwable wrong = failureOf("redis://:" + SECRET.replace("$", "%24") + "@127.0.0.1:" + port);
      Throwable none = failureOf(server.address());

      assertThat(wrong).hasMessageContaining("does not accept").hasMessageContaining("" + port);
      assertThat(everythingOf(wrong)).doesNotContain(SECRET);
      assertThat(none).hasMessageContaining("wants a password").hasMessageContaining("" + port);
      try (Redis right = Redis.connect("redis://:right@127.0.0.1:" + port)) {
        assertThat(right.check().toString()).doesNotContain("right").contains("" + port);
      }
    }
  }

  @Test
  void check_userThatIsNotKnown_saysSo() {
    try (RedisServerFixture server = RedisServerFixture.start()) {
      Throwable failure = failureOf("redis://nobody:secret@127.0.0.1:" + server.port());

      assertThat(failure).hasMessageContaining("does not accept this user");
      assertThat(everythingOf(failure)).doesNotContain("secret");
    }
  }

  @Test
  void layer_ofAServerThatRefuses_failsWithTheReason() {
    try (RedisServerFixture server = RedisServerFixture.start("--requirepass", "right");
        Redis redis = Redis.connect(server.address())) {
      assertThatThrownBy(() -> RedisLayer.of(redis).open("users", "x").toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .rootCause()
          .hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void connect_noAddress_isRefusedWithoutThePassword() {
    assertThatThrownBy(() -> Redis.connect("http://x:" + SECRET + "@localhost"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://***@localhost")
        .satisfies(failure -> assertThat(everythingOf(failure)).doesNotContain(SECRET));
    assertThatThrownBy(() -> Redis.cluster()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_saysWhereAndNotThePassword() {
    try (Redis one = Redis.connect("rediss://x:secret@a:7").namespace("shop");
        Redis sentinels = Redis.connect("redis-sentinel://secret@a:1,b:2/0#main");
        Redis cluster = Redis.cluster("redis://x:secret@a:1", "redis://x:secret@b:2")) {
      assertThat(one).hasToString("Redis at a:7, namespace 'shop'");
      assertThat(sentinels)
          .hasToString("Redis at a:1, b:2 (sentinels of 'main'), namespace 'stateward'");
      assertThat(cluster).hasToString("Redis at a:1, b:2, namespace 'stateward'");
    }
  }

  @Test
  void namespace_blank_isRefused() {
    try (Redis redis = Redis.connect("redis://localhost")) {
      assertThatThrownBy(() -> redis.namespace(" ")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void check_closed_saysSo() {
    Redis redis = Redis.connect("redis://localhost");
    redis.close();
    redis.close();

    assertThatThrownBy(redis::check).isInstanceOf(ClosedException.class);
  }

  /** A thread that waits inside of such a block holds the carrier of virtual threads, before 24. */
  @Test
  void sources_haveNoSynchronizedBlocks() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();

      assertThat(sources).hasSizeGreaterThan(15);
      for (Path source : sources) {
        assertThat(Files.readString(source, StandardCharsets.UTF_8)).doesNotContain("synchronized");
      }
    }
  }
}
