package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.FlushMode;
import io.lettuce.core.KillArgs;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.CommandType;
import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.redis.internal.Line;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a layer in Redis does beyond the contract. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RedisLayerTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RedisServerFixture server;
  private static Admin admin;

  private final String namespace = "layer" + TESTS.incrementAndGet();
  private final Redis redis = Redis.connect(server.address()).namespace(namespace);
  private final RedisLayer layer = RedisLayer.of(redis, RedisLayerOptions.standard().buckets(2));
  private final Keys keys = new Keys(namespace, "users");
  private final LayerSession session = open();

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
    admin = new Admin(server);
  }

  @AfterAll
  static void stop() {
    admin.close();
    server.close();
  }

  @AfterEach
  void close() {
    redis.close();
  }

  private LayerSession open() {
    return now(layer.open("users", "text-1"));
  }

  private static Lease lease(LayerSession by, String key) {
    Acquired acquired = now(by.acquire(key, null, LONG));
    assertThat(acquired).isInstanceOf(Acquired.Leased.class);
    return ((Acquired.Leased) acquired).lease();
  }

  private static LayerEntry entry(Lease lease, String text) {
    return lease.entry(text.getBytes(UTF_8), Set.of("tag"), "etag", LONG, LONG);
  }

  private static Lease filled(LayerSession by, String key, String text) {
    Lease lease = lease(by, key);
    assertThat(now(by.fill(key, lease, entry(lease, text)))).isTrue();
    return lease;
  }

  private static @Nullable String text(LayerSession by, String key) {
    LayerEntry entry = now(by.read(key)).entry();
    return entry == null || entry.value() == null ? null : new String(entry.value(), UTF_8);
  }

  private byte[] entryOf(String key) {
    return keys.entry(session.bucketOf(key), key);
  }

  private List<Probe.Failed> reports(Runnable work) {
    List<Probe.Failed> reports = new CopyOnWriteArrayList<>();
    try (Subscription probing =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed it) {
                reports.add(it);
              }
            })) {
      work.run();
    }
    return reports;
  }

  // ---- scripts

  @Test
  void scripts_flushed_areSentAgain() {
    now(admin.commands().scriptFlush(FlushMode.SYNC));

    filled(session, "a", "Ada");
    Intent intent = now(session.begin("a", LONG));

    assertThat(now(session.complete("a", intent, null)).stamp().sequence()).isEqualTo(2);
  }

  // ---- connections

  @Test
  void fill_connectionWasKilledSinceTheLease_isRefused() {
    Lease lease = lease(session, "a");
    Line before = Admin.live(session);

    admin.kill(session);
    await("another line", () -> hasOther(before));

    assertThat(now(session.fill("a", lease, entry(lease, "old")))).isFalse();
    assertThat(text(session, "a")).isNull();
    filled(open(), "a", "new"); // its lease was given back
  }

  private boolean hasOther(Line before) {
    var live = ((RedisSession) session).asking().live();
    return live != null && live.connection() != before;
  }

  @Test
  void invalidation_connectionKilledWhileItIsBlocked_failsAndIsNotSentAgain() {
    Line before = Admin.live(session);
    long id = now(before.commands().clientId());
    admin.run(CommandType.CLIENT, "PAUSE", "20000", "WRITE");
    CompletionStage<Stamp> blocked = session.invalidate(new Invalidation.Key("a"));
    await("a script that is blocked", () -> isAsking(id));

    now(admin.commands().clientKill(KillArgs.Builder.id(id)));

    assertThatThrownBy(() -> blocked.toCompletableFuture().join())
        .hasCauseInstanceOf(LayerUnavailableException.class);
    admin.run(CommandType.CLIENT, "UNPAUSE");
    await("another line", () -> hasOther(before));
    assertThat(now(session.heads())).allMatch(head -> head.sequence() == 0);
  }

  private static boolean isAsking(long id) {
    return now(admin.commands().clientList())
        .lines()
        .anyMatch(line -> line.startsWith("id=" + id + " ") && line.contains("flags=b"));
  }

  @Test
  void question_serverHangs_failsInTimeAndGoesOnLater() {
    try (RedisServerFixture hanging = RedisServerFixture.start();
        Redis there = Redis.connect(hanging.address() + "?timeout=300ms")) {
      LayerSession asked = now(RedisLayer.of(there).open("users", "text-1"));
      Lease lease = lease(asked, "a");
      hanging.freeze();

      long start = System.nanoTime();
      assertThatThrownBy(() -> asked.read("a").toCompletableFuture().join())
          .hasCauseInstanceOf(LayerUnavailableException.class);
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
      hanging.thaw();

      await("an answer", () -> isAnswered(asked));
      assertThat(now(asked.fill("a", lease, entry(lease, "late")))).isFalse();
    }
  }

  private static boolean isAnswered(LayerSession asked) {
    return asked.heads().handle((it, failure) -> failure == null).toCompletableFuture().join();
  }

  // ---- what the server forgot

  @Test
  void restart_withoutItsData_isAnotherEpoch() {
    try (RedisServerFixture other = RedisServerFixture.start();
        Redis there = Redis.connect(other.address())) {
      LayerSession asked = now(RedisLayer.of(there).open("users", "text-1"));
      long epoch = now(asked.heads()).get(0).epoch();
      Lease lease = lease(asked, "a");

      other.restart();

      await("an answer", () -> isAnswered(asked));
      assertThat(now(asked.heads()).get(0).epoch()).isNotEqualTo(epoch);
      assertThat(now(asked.fill("a", lease, entry(lease, "late")))).isFalse();
    }
  }

  @Test
  void step_serverHasAnotherHistory_believesNothingOfBefore() {
    try (RedisServerFixture other = RedisServerFixture.start();
        Redis there = Redis.connect(other.address());
        Admin root = new Admin(other)) {
      LayerSession asked = now(RedisLayer.of(there).open("users", "text-1"));
      filled(asked, "a", "Ada");
      Lease lease = lease(asked, "b");
      long epoch = now(asked.heads()).get(0).epoch();

      // As one that was demoted and promoted again, and still has its connections.
      root.run(CommandType.REPLICAOF, "127.0.0.1", "1");
      assertThatThrownBy(() -> asked.heads().toCompletableFuture().join())
          .hasCauseInstanceOf(LayerUnavailableException.class);
      root.run(CommandType.REPLICAOF, "NO", "ONE");
      await("an answer", () -> isAnswered(asked));

      assertThat(now(asked.fill("b", lease, entry(lease, "late")))).isFalse();
      assertThat(now(asked.heads()).get(0).epoch()).isNotEqualTo(epoch);
      assertThat(text(asked, "a")).isNull();
    }
  }

  @Test
  void step_serverHasAnotherHistoryOnTheSameConnection_isRefused() {
    try (RedisServerFixture other = RedisServerFixture.start();
        Redis there = Redis.connect(other.address());
        Admin root = new Admin(other)) {
      LayerSession asked = now(RedisLayer.of(there).open("users", "text-1"));
      filled(asked, "a", "Ada");
      Lease lease = lease(asked, "b");
      Line line = Admin.live(asked);

      root.run(CommandType.REPLICAOF, "127.0.0.1", "1");
      root.run(CommandType.REPLICAOF, "NO", "ONE");

      assertThat(now(asked.fill("b", lease, entry(lease, "late")))).isFalse();
      assertThat(text(asked, "a")).isNull();
      assertThat(Admin.live(asked)).isSameAs(line);
    }
  }

  @Test
  void entry_metaOfItsBucketIsGone_isNotRead() {
    filled(session, "a", "Ada");
    Lease refreshing =
        ((Acquired.Leased) now(session.acquire("a", filledToken("a"), LONG))).lease();

    now(admin.commands().del(keys.meta(session.bucketOf("a"))));

    assertThat(text(session, "a")).isNull();
    assertThat(now(session.fill("a", refreshing, entry(refreshing, "old")))).isFalse();
    assertThat(now(admin.commands().exists(entryOf("a")))).isEqualTo(1); // it would be there
  }

  private String filledToken(String key) {
    LayerEntry entry = now(session.read(key)).entry();
    assertThat(entry).isNotNull();
    return entry.token();
  }

  // ---- what others put there

  @Test
  void read_garbageInPlaceOfAnEntry_isAMissAndReportedOnce() {
    now(admin.commands().set(entryOf("a"), "garbage".getBytes(UTF_8)));
    now(admin.commands().rpush(entryOf("b"), "garbage".getBytes(UTF_8)));

    List<Probe.Failed> reports =
        reports(
            () -> {
              assertThat(text(session, "a")).isNull();
              assertThat(text(session, "b")).isNull();
            });

    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).problem()).contains("in the place of an entry");
    now(session.release("b", lease(session, "b"))); // what is no string is taken for nothing
    await("its end", () -> now(admin.commands().exists(entryOf("a"), entryOf("b"))) == 0);
    filled(session, "a", "Ada");
    assertThat(now(session.readAll(List.of("a", "b")))).containsOnlyKeys("a", "b");
  }

  @Test
  void steps_otherTypesInPlaceOfOurs_beginAnew() {
    int bucket = session.bucketOf("a");
    int version = 1;
    for (byte[] place :
        List.of(
            entryOf("a"),
            keys.claims(bucket, "a"),
            keys.fence(bucket, "a"),
            keys.log(bucket),
            keys.meta(bucket))) {
      now(admin.commands().del(place));
      now(admin.commands().sadd(place, "garbage".getBytes(UTF_8)));

      assertThat(text(session, "a")).isNull();
      Lease lease = lease(session, "a");
      assertThat(now(session.fill("a", lease, entry(lease, "Ada").withVersion(version)))).isTrue();
      Stamp stamp = now(session.invalidate(new Invalidation.Key("a", ++version)));
      assertThat(stamp.sequence()).isPositive();
    }
  }

  @Test
  void acquire_entryThatLooksRightAndIsNot_isRemovedAndLeased() {
    filled(session, "a", "Ada");
    byte[] bytes = now(admin.commands().get(entryOf("a")));
    now(admin.commands().set(entryOf("a"), Arrays.copyOf(bytes, 70)));

    assertThat(reports(() -> lease(session, "a"))).hasSize(1);
  }

  // ---- forms

  @Test
  void open_otherNumberOfBuckets_isRefusedAndSaysBoth() {
    RedisLayer other = RedisLayer.of(redis, RedisLayerOptions.standard().buckets(3));

    assertThatThrownBy(() -> other.open("users", "text-1").toCompletableFuture().join())
        .cause()
        .isInstanceOf(UnequalFormException.class)
        .hasMessageContaining("text-1, in 2 buckets")
        .hasMessageContaining("text-1, in 3 buckets");
    filled(session, "a", "Ada");
  }

  @Test
  void open_refusedForm_leavesNothingBehind() {
    filled(session, "a", "Ada");

    assertThatThrownBy(() -> layer.open("users", "binary").toCompletableFuture().join())
        .hasCauseInstanceOf(UnequalFormException.class);

    assertThat(text(session, "a")).isEqualTo("Ada");
  }

  @Test
  void namespaces_areApart() {
    filled(session, "a", "Ada");
    RedisLayer apart = RedisLayer.of(redis.namespace("elsewhere"));

    LayerSession other = now(apart.open("users", "binary"));

    assertThat(text(other, "a")).isNull();
  }

  // ---- limits

  @Test
  void fill_valueTooLong_isRefusedAndReportedOnceAndOthersMayTry() {
    RedisLayer small =
        RedisLayer.of(redis, RedisLayerOptions.standard().buckets(2).maximumBytes(3));
    LayerSession limited = now(small.open("users", "text-1"));
    Lease lease = lease(limited, "a");

    List<Probe.Failed> reports =
        reports(
            () -> {
              assertThat(now(limited.fill("a", lease, entry(lease, "four")))).isFalse();
              Lease next = lease(limited, "a");
              assertThat(now(limited.fill("a", next, entry(next, "five")))).isFalse();
            });

    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).problem()).contains("is 4 bytes long, and no more than 3");
    Intent intent = now(limited.begin("a", LONG));
    LayerEntry written = intent.entry(new byte[4], Set.of(), null, LONG, LONG);
    Completed completed = now(limited.complete("a", intent, written));
    assertThat(completed.stored()).isFalse();
    filled(limited, "a", "Bob");
  }

  @Test
  void log_isTrimmedByNodes_butNotShort() {
    for (int i = 0; i < 50; i++) {
      assertThat(now(session.invalidate(new Invalidation.Key("a"))).sequence()).isEqualTo(i + 1);
    }
    assertThat(now(admin.commands().xlen(keys.log(session.bucketOf("a"))))).isEqualTo(50);
  }

  @Test
  void keys_ofABucket_areInOneSlot() {
    Keys odd = new Keys("a{b}:c", "}{:%");

    Set<Integer> slots =
        Stream.of(
                odd.meta(7),
                odd.log(7),
                odd.marks(7),
                odd.entry(7, "}x{y}"),
                odd.claims(7, ""),
                odd.fence(7, "{}"))
            .map(SlotHash::getSlot)
            .collect(Collectors.toSet());

    assertThat(slots).hasSize(1);
    assertThat(new String(new Keys("a:b", "c").meta(1), UTF_8))
        .isNotEqualTo(new String(new Keys("a", "b:c").meta(1), UTF_8));
  }

  @Test
  void entries_expireAndLeaveNothing() {
    Lease lease = lease(session, "a");
    Duration brief = Duration.ofMillis(30);
    now(session.fill("a", lease, lease.entry(new byte[1], Set.of(), null, brief, brief)));

    await("its end", () -> now(admin.commands().exists(entryOf("a"))) == 0);
    assertThat(now(admin.commands().exists(keys.claims(session.bucketOf("a"), "a")))).isZero();
    assertThat(now(session.readAll(List.of("a"))).values()).allMatch(it -> it.entry() == null);
  }
}
