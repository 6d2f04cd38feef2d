package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.cluster.SlotHash;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.Lease;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisClusterFixture;
import io.stateward.redis.internal.Line;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bucket that moves to another node of a cluster. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClusterMoveTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RedisClusterFixture cluster;

  private final String namespace = "move" + TESTS.incrementAndGet();
  private final Redis redis = cluster.connect().namespace(namespace);
  private final RedisLayer layer = RedisLayer.of(redis, RedisLayerOptions.standard().buckets(2));
  private final LayerSession session = now(layer.open("users", "text-1"));
  private final LayerSession other = now(layer.open("users", "text-1"));
  private final @Nullable Line first = line(session);
  private final @Nullable Line second = line(other);
  private final int bucket = session.bucketOf("a");
  private final int slot = SlotHash.getSlot(new Keys(namespace, "users").meta(bucket));
  private final int from = RedisClusterFixture.first(slot);
  private final int to = (from + 1) % 3;

  @BeforeAll
  static void start() {
    cluster = RedisClusterFixture.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() {
    redis.close();
  }

  private static Lease lease(LayerSession by) {
    return ((Acquired.Leased) now(by.acquire("a", null, LONG))).lease();
  }

  private static LayerEntry entry(Lease lease, String text) {
    return lease.entry(text.getBytes(UTF_8), Set.of(), null, LONG, LONG);
  }

  private static boolean fill(LayerSession by, Lease lease, String text) {
    return now(by.fill("a", lease, entry(lease, text)));
  }

  private static @Nullable String text(LayerSession by) {
    return text(now(by.read("a")).entry());
  }

  private static @Nullable String text(@Nullable LayerEntry entry) {
    return entry == null || entry.value() == null ? null : new String(entry.value(), UTF_8);
  }

  /** Waits until both have a line that knows where the slot is by now. */
  private void awaitKnown() {
    await("a line that knows", () -> isKnown(session, first) && isKnown(other, second));
  }

  private static boolean isKnown(LayerSession by, @Nullable Line before) {
    boolean answered = isAnswered(by.read("a")); // which tells a line that does not know
    Line present = line(by);
    return answered && present != null && present != before;
  }

  private static boolean isAnswered(CompletionStage<?> question) {
    return question.handle((it, failure) -> failure == null).toCompletableFuture().join();
  }

  private static @Nullable Line line(LayerSession of) {
    var live = ((RedisSession) of).asking().live();
    return live == null ? null : live.connection();
  }

  @Test
  void fill_bucketMovedSinceTheLease_isRefused() {
    Lease lease = lease(session);

    cluster.move(slot, from, to);

    assertThat(fill(session, lease, "old")).isFalse();
    awaitKnown();
    assertThat(text(other)).isNull();
    Lease next = lease(other);
    assertThat(fill(other, next, "new")).isTrue();
    assertThat(text(session)).isEqualTo("new");
  }

  @Test
  void heads_bucketMoved_areOfAnotherEpochInItAloneAndTheSameForAll() {
    assertThat(fill(session, lease(session), "old")).isTrue();
    List<Head> before = now(session.heads());

    cluster.move(slot, from, to);
    List<Head> here = now(session.heads());

    assertThat(now(other.heads())).isEqualTo(here);
    awaitKnown();
    assertThat(now(session.heads())).isEqualTo(here);
    for (int each = 0; each <= 2; each++) {
      assertThat(here.get(each).equals(before.get(each))).isEqualTo(each != bucket);
    }
    assertThat(now(other.log(bucket, before.get(bucket), 9)).complete()).isFalse();
    assertThat(text(other)).isNull();
  }

  @Test
  void line_slotMoved_isReplacedByOneThatKnowsIt_once() {
    Lease lease = lease(session);
    cluster.move(slot, from, to);

    now(session.read("a")); // is redirected, and that tells
    await("another line", () -> line(session) != null && line(session) != first);
    Line after = line(session);
    for (int i = 0; i < 50; i++) {
      now(session.invalidate(new Invalidation.Key("a")));
    }

    assertThat(fill(session, lease, "old")).isFalse();
    assertThat(redirections()).isPositive().isEqualTo(redirections(() -> now(session.read("a"))));
    assertThat(line(session)).isSameAs(after);
  }

  /** How often the node that had the slot has sent somebody to another one. */
  private long redirections() {
    String errors = cluster.on(from, it -> it.info("errorstats"));
    int start = errors.indexOf("errorstat_MOVED:count=");
    return start < 0 ? 0 : Long.parseLong(errors.substring(start + 22).lines().toList().get(0));
  }

  private long redirections(Runnable during) {
    during.run();
    return redirections();
  }

  @Test
  void slotIsMoving_whatIsThereIsRead_andWhatWouldChangeItFailsUntilTheEnd() {
    assertThat(fill(session, lease(session), "old")).isTrue();
    List<Head> before = now(session.heads());

    cluster.begin(slot, from, to);
    assertThat(text(session)).isEqualTo("old");
    assertThat(now(session.heads())).isEqualTo(before);
    assertThat(now(now(layer.open("users", "text-1")).heads())).isEqualTo(before);
    assertThatThrownBy(() -> now(session.invalidate(new Invalidation.Key("a"))))
        .hasRootCauseMessage("TRYAGAIN Multiple keys request during rehashing of slot");
    cluster.moveKeys(slot, from, to, ":e:a"); // the entry before the head
    assertThat(text(session)).isEqualTo("old");
    cluster.moveKeys(slot, from, to, ":m");
    assertThat(text(session)).isEqualTo("old");
    assertThat(isAnswered(other.invalidate(new Invalidation.Key("a")))).isFalse();
    cluster.moveKeys(slot, from, to, "");
    assertThat(line(session)).isSameAs(first);
    cluster.end(slot, to);

    now(session.invalidate(new Invalidation.Key("a")));
    awaitKnown();
    assertThat(text(session)).isNull();
    assertThat(text(other)).isNull();
    assertThat(now(session.heads())).isEqualTo(now(other.heads()));
  }

  @Test
  void read_headIsOnTheOtherNodeAndTheEntryIsNot_isTheEntryOrNoAnswer() {
    assertThat(fill(session, lease(session), "old")).isTrue();
    cluster.begin(slot, from, to);
    cluster.moveKeys(slot, from, to, ":m");

    String read =
        session
            .read("a")
            .handle((it, no) -> no == null ? text(it.entry()) : "none")
            .toCompletableFuture()
            .join();
    cluster.moveKeys(slot, from, to, "");
    cluster.end(slot, to);
    now(session.invalidate(new Invalidation.Key("a")));
    awaitKnown();

    assertThat(read).isIn("old", "none");
    assertThat(text(session)).isNull();
  }

  @Test
  void fill_slotIsMoving_failsOrIsRefused_andIsRefusedOnTheOtherNode() {
    Lease lease = lease(session);
    cluster.begin(slot, from, to);
    cluster.moveKeys(slot, from, to, "");

    assertThatThrownBy(() -> fill(session, lease, "old"))
        .hasCauseInstanceOf(ExecutionException.class)
        .hasStackTraceContaining(LayerUnavailableException.class.getSimpleName());
    cluster.end(slot, to);
    now(other.invalidate(new Invalidation.Key("a")));

    assertThat(fill(session, lease, "old")).isFalse();
    awaitKnown();
    assertThat(text(other)).isNull();
  }

  @Test
  void races_whileASlotMovesToAndFro_nothingStaleIsRead() throws Exception {
    AtomicInteger source = new AtomicInteger();
    AtomicInteger invalidated = new AtomicInteger();
    AtomicInteger hits = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> running =
        List.of(
            threads.submit(() -> until(over, () -> write(source, invalidated))),
            threads.submit(() -> until(over, () -> load(session, source))),
            threads.submit(() -> until(over, () -> load(other, source))),
            threads.submit(() -> until(over, () -> check(session, invalidated, hits))),
            threads.submit(() -> until(over, () -> check(other, invalidated, hits))));

    for (int i = 0; i < 20; i++) {
      int here = i % 2 == 0 ? from : to;
      cluster.move(slot, here, from + to - here);
      int seen = hits.get();
      await(
          "a hit after the move",
          () -> hits.get() > seen || running.stream().anyMatch(Future::isDone));
    }
    over.set(true);
    threads.shutdown();
    for (Future<?> each : running) {
      each.get(20, TimeUnit.SECONDS); // fails with what a thread has found
    }
    assertThat(invalidated.get()).isPositive();
  }

  private static void until(AtomicBoolean over, Runnable work) {
    while (!over.get()) {
      work.run();
    }
  }

  private void write(AtomicInteger source, AtomicInteger invalidated) {
    int version = source.incrementAndGet();
    if (isAnswered(other.invalidate(new Invalidation.Key("a")))) {
      invalidated.set(version);
    }
    LockSupport.parkNanos(3_000_000);
  }

  private static void load(LayerSession by, AtomicInteger source) {
    by.acquire("a", null, LONG)
        .thenCompose(
            acquired ->
                acquired instanceof Acquired.Leased it
                    ? by.fill("a", it.lease(), entry(it.lease(), "" + source.get()))
                    : CompletableFuture.completedStage(false))
        .handle((filled, failure) -> filled)
        .toCompletableFuture()
        .join();
  }

  private static void check(LayerSession by, AtomicInteger invalidated, AtomicInteger hits) {
    int least = invalidated.get();
    String read =
        by.read("a")
            .handle((it, no) -> no == null ? text(it.entry()) : null)
            .toCompletableFuture()
            .join();
    if (read != null) {
      assertThat(Integer.parseInt(read)).isGreaterThanOrEqualTo(least);
      hits.incrementAndGet();
    }
  }
}
