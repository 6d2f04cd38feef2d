package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.codec.Codec;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cases of docs/cache-cases.md about what is stored: odd values, other forms, other clocks, many
 * keys. The system property {@code stateward.outage.keys} says how many: 1,000 without it.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DataCasesTest {

  private static final int KEYS = Integer.getInteger("stateward.outage.keys", 1_000);
  private static final Duration BOUND = Outage.POLICY.bound();
  private static RedisServerFixture server;
  private final Outage outage = new Outage(server);

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    outage.close();
  }

  // ---- 11: clocks that are wrong

  /** One whose clock is wrong, and steps back each time it is looked at. */
  private record Wrong(Duration by, AtomicLong steps, long origin) implements Timekeeper {
    @Override
    public Instant now() {
      return Timekeeper.system().now().plus(by).minusSeconds(60 * steps.incrementAndGet());
    }

    @Override
    public long nanoTime() {
      return Timekeeper.system().nanoTime() + origin;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return Timekeeper.system().schedule(delay, task);
    }
  }

  private OutageNode wrong(Duration by, long origin) {
    Wrong wrong = new Wrong(by, new AtomicLong(), origin);
    return outage.add(
        OutageNode.over(
            outage,
            RedisLayerOptions.standard().buckets(4),
            it -> it.policy(Outage.POLICY).timekeeper(wrong)));
  }

  @Test
  void case11_clocksAreWrongByHoursAndStepBack_lifetimesAndTheBoundHold() {
    OutageNode ahead = wrong(Outage.HOUR, Long.MAX_VALUE / 2);
    OutageNode behind = wrong(Outage.HOUR.negated(), Long.MIN_VALUE / 2);
    assertThat(ahead.get("k")).isEqualTo("v0");

    Result<String> there = behind.cache.get("k");

    assertThat(there.source()).isEqualTo(Result.Source.LAYER);
    assertThat(there.age()).isLessThan(Duration.ofMinutes(5));
    assertThat(there.fresh()).isBetween(Duration.ofMinutes(55), Outage.HOUR);
    for (OutageNode writer : List.of(ahead, behind)) {
      OutageNode reader = writer == ahead ? behind : ahead;
      String old = reader.get("k");
      reader.messageCable.toClient().dropAfter(0);
      outage.source.put("k", old + "'");
      writer.cache.invalidate("k");
      reader.readsWithin(BOUND, System.nanoTime(), "k", old, old + "'");
    }
  }

  /** What asks no clock cannot be misled by one. */
  @Test
  void case11_sources_askNoClock() throws IOException {
    for (String module : List.of("cache", "adapters/redis")) {
      try (Stream<Path> files = Files.walk(Path.of("..", "..", module, "src", "main", "java"))) {
        List<Path> sources =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.getParent().endsWith("http")) // HTTP has dates
                .toList();

        assertThat(sources).hasSizeGreaterThan(15);
        for (Path source : sources) {
          assertThat(Files.readString(source))
              .as(source.toString())
              .doesNotContain("currentTimeMillis")
              .doesNotContain("java.time.Clock")
              .doesNotContain("Instant")
              .doesNotContain("Date");
        }
      }
    }
  }

  // ---- 13: odd values

  @Test
  void case13_thereIsNone_isSharedAndInvalidated() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);

    assertThat(a.cache.get("none").isAbsent()).isTrue();
    assertThat(b.cache.get("none").isAbsent()).isTrue();
    assertThat(b.cache.get("none").source()).isEqualTo(Result.Source.MEMORY);
    assertThat(outage.loads).hasValue(1);

    outage.source.put("none", "some");
    b.cache.invalidate("none");
    a.comesToRead("none", "some");
  }

  @Test
  void case13_loaderThatFails_isNotRememberedByTheLayer_andGivesItsLeaseBack() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    outage.afterNextRead(
        () -> {
          throw new IllegalStateException("no connection");
        });

    assertThat(a.cache.get("k").failure()).hasMessageContaining("no connection");
    assertThat(b.get("k")).isEqualTo("v0");
    a.reads("k", "v0");
  }

  @Test
  void case13_valueThatIsTooLong_isServedAndStoredNowhereShared() {
    RedisLayerOptions brief = RedisLayerOptions.standard().buckets(4).maximumBytes(10);
    OutageNode a = outage.node(Outage.DEAF, brief);
    OutageNode b = outage.node(Outage.DEAF, brief);
    String longer = "x".repeat(11);
    outage.source.put("k", longer);

    a.reads("k", longer);
    b.reads("k", longer);
    outage.source.put("k", "short");
    b.cache.invalidate("k");
    a.comesToRead("k", "short");
    assertThat(b.get("k")).isEqualTo("short");
  }

  // ---- 13 and 17: what others have put there

  @Test
  void case13_garbageInPlaceOfAnEntry_isAMissAndReplaced() {
    byte[] place = place();
    replaced(place, "garbage".getBytes(UTF_8));
    replaced(place, new byte[0]);
    replaced(place, new byte[200]);
  }

  @Test
  void case17_entryOfAnotherWireVersion_isAMissAndReplaced() {
    byte[] place = place();
    for (char version : new char[] {'0', '2'}) {
      byte[] other = at(place);
      other[0] = (byte) version;
      replaced(place, other);
    }
  }

  /** Where the entry of "k" is, which an instance has loaded. */
  private byte[] place() {
    assertThat(outage.node(Outage.DEAF).get("k")).isEqualTo("v0");
    return IntStream.rangeClosed(1, 4)
        .mapToObj(bucket -> outage.keys.entry(bucket, "k"))
        .filter(name -> Outage.countOf(server, List.of(name)) == 1)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] at(byte[] place) {
    try (Admin admin = new Admin(server)) {
      return now(admin.commands().get(place));
    }
  }

  private void replaced(byte[] place, byte[] bytes) {
    outage.admin(admin -> now(admin.commands().set(place, bytes)));
    OutageNode late = outage.node(Outage.DEAF);
    assertThat(late.cache.get("k").source()).isEqualTo(Result.Source.LOADER);
    assertThat(late.cache.get("k").value()).isEqualTo("v0");
    assertThat(at(place)).startsWith('1').endsWith("v0".getBytes(UTF_8));
  }

  @Test
  void case17_messageOfAnotherWireVersion_isIgnoredAndTheHeartbeatTells() {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    assertThat(a.get("k")).isEqualTo("v0");
    b.messageCable.toTarget().dropAfter(0); // the other version has other words
    outage.source.put("k", "v1");
    b.cache.invalidate("k");
    long written = System.nanoTime();
    byte[] channel = ("sw1:" + outage.namespace + ":users:messages").getBytes(UTF_8);
    outage.admin(
        admin ->
            assertThat(now(admin.commands().publish(channel, "2 k 17".getBytes(UTF_8))))
                .isPositive());

    a.readsWithin(BOUND, written, "k", "v0", "v1");
  }

  // ---- 16: two applications with different forms

  @Test
  void case16_otherCodecOrOtherBuckets_areRefusedLoudlyAndHarmNobody() {
    OutageNode a = outage.node(Outage.DEAF);
    assertThat(a.get("k")).isEqualTo("v0");
    try (Redis redis = Redis.connect(server.address()).namespace(outage.namespace)) {
      RedisLayer same = RedisLayer.of(redis, RedisLayerOptions.standard().buckets(4));
      RedisLayer other = RedisLayer.of(redis, RedisLayerOptions.standard().buckets(8));

      assertThatThrownBy(
              () ->
                  LayeredCache.named("users").layer(same, Codec.int64()).build((String key) -> 1L))
          .isInstanceOf(UnequalFormException.class)
          .hasMessageContaining("users");
      assertThatThrownBy(
              () ->
                  LayeredCache.named("users").layer(other, Codec.text()).build((String key) -> key))
          .isInstanceOf(UnequalFormException.class)
          .hasMessageContaining("8 buckets");
    }
    OutageNode b = outage.node(Outage.DEAF);
    assertThat(b.cache.get("k").source()).isEqualTo(Result.Source.LAYER);
  }

  // ---- 20: many keys, invalidated by what they have in common while they are read

  @Test
  void case20_prefixOfManyKeysInvalidatedWhileTheyAreRead_noneOfThemStays() {
    AtomicInteger generation = new AtomicInteger();
    List<OutageNode> nodes = List.of(many(generation), many(generation));
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add("user:" + i);
    }
    nodes.forEach(node -> node.cache.getAll(keys));
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong changedAt = new AtomicLong(Long.MAX_VALUE);
    List<CompletableFuture<Integer>> readers = new ArrayList<>();
    for (OutageNode node : nodes) {
      readers.add(outage.inBackground(() -> readAgain(node, keys, over, changedAt)));
    }

    generation.set(1);
    nodes.get(0).cache.invalidatePrefix("user:");
    changedAt.set(System.nanoTime());

    long until = System.nanoTime() + 2 * BOUND.toNanos();
    await("twice the bound", () -> System.nanoTime() - until > 0);
    over.set(true);
    readers.forEach(reader -> assertThat(now(reader)).isPositive());
    for (OutageNode node : nodes) {
      assertThat(node.cache.getAll(keys).values()).allMatch(it -> it.value().equals("1"));
    }
  }

  private OutageNode many(AtomicInteger generation) {
    return outage.add(
        OutageNode.built(
            outage,
            it ->
                it.memory(2L * KEYS)
                    .executor(ForkJoinPool.commonPool())
                    .policy(Policy.ttl(Outage.HOUR).bound(BOUND).heartbeat(Duration.ofMillis(100)))
                    .build((String key) -> "" + generation.get())));
  }

  /** Reads, and says how often. No read that began later than the bound after it may be old. */
  private static int readAgain(
      OutageNode node, List<String> keys, AtomicBoolean over, AtomicLong changedAt) {
    int count = 0;
    while (!over.get()) {
      long start = System.nanoTime();
      boolean late = start - BOUND.toNanos() > changedAt.get();
      String value = node.get(keys.get(count++ % keys.size()));
      if (late && !value.equals("1")) {
        throw new AssertionError("Read %s after %s".formatted(value, BOUND));
      }
    }
    return count;
  }
}
