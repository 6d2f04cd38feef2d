package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.FlushMode;
import io.lettuce.core.KillArgs;
import io.stateward.cache.Result;
import io.stateward.redis.RedisServerFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three processes that read and write at random, while connections are killed, the layer is
 * flushed, and the server and the processes are stopped for longer than the bound; and an oracle
 * that knows which value may be read when.
 *
 * <p>It lasts as many seconds as the system property {@code stateward.outage.soak} says: 6 without
 * it. {@code stateward.outage.seed} says what is random; what the processes make of it is not the
 * same twice.
 *
 * <p>All read {@link System#nanoTime()}, which counts from the same moment in all processes of a
 * machine with Linux. A read counts from its beginning and a write from the return of its
 * invalidation, so that no pause of the machine makes a read look older than it is.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OutageSoakTest {

  private static final long SECONDS = Long.getLong("stateward.outage.soak", 6);
  private static final long SEED = Long.getLong("stateward.outage.seed", 22);
  private static final long ROUND_SECONDS = 10;
  private static final int PROCESSES = 3;
  private static final int KEYS = 30;
  private static final long BOUND_MILLIS = 500;

  private final RedisServerFixture server = RedisServerFixture.start();
  private final RedisServerFixture database = RedisServerFixture.start();
  private final CacheChild.Settings settings =
      new CacheChild.Settings(
          server.address() + "?timeout=300ms", database.address(), "soak", BOUND_MILLIS, 1_000);
  private final Admin admin = new Admin(server);
  private final Admin source = new Admin(database);
  private final SoakOracle oracle =
      new SoakOracle(KEYS, TimeUnit.MILLISECONDS.toNanos(BOUND_MILLIS));
  private final Random random = new Random(SEED);
  private final long[] sums = new long[7];
  private final List<Integer> deck = new ArrayList<>(); // so that each of them happens
  private int flushes;
  private int kills;
  private int freezes;

  @Test
  void processes_amongOutages_readNothingOlderThanTheBound_andNothingStaleStays() {
    List<CacheProcess> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(new CacheProcess(settings, oracle::hear));
      }
      children.forEach(CacheProcess::ready);
      for (long left = SECONDS; left > 0; left -= ROUND_SECONDS) {
        round(children, Math.min(left, ROUND_SECONDS));
      }
      System.out.println(told());
      assertThat(oracle.problems()).isEmpty();
      assertThat(sums[1]).as("hits in memory").isPositive();
      assertThat(sums[2]).as("writes").isPositive();
      assertThat(oracle.checked()).as("reads that were checked").isGreaterThan(100);
    } finally {
      children.forEach(CacheProcess::close);
      admin.close();
      source.close();
      server.close();
      database.close();
    }
  }

  private String told() {
    return "%d processes, %d s, seed %d: %d reads, %d of them hits in memory, %d writes, %d races (values that were not stored), %d loads while the layer was away, %d repairs and flushes of memory, %d failed reads; %d flushes of the layer, %d kills of connections, %d stops of a server or a process; %d reads older than the bound, %d stale sets"
        .formatted(
            PROCESSES,
            SECONDS,
            SEED,
            sums[0],
            sums[1],
            sums[2],
            sums[3],
            sums[4],
            sums[5],
            sums[6],
            flushes,
            kills,
            freezes,
            oracle.oldReads(),
            oracle.staleSets());
  }

  private void round(List<CacheProcess> children, long seconds) {
    List<CompletableFuture<String>> ends = new ArrayList<>();
    for (CacheProcess child : children) {
      ends.add(child.ask("soak %d %d %d".formatted(seconds * 1_000, random.nextInt(), KEYS)));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - end < 0) {
      befall(children);
      pass(20 + random.nextInt(200));
    }
    for (CompletableFuture<String> done : ends) {
      String[] figures = CacheProcess.answer(done).split(" ");
      for (int i = 0; i < sums.length; i++) {
        sums[i] += Long.parseLong(figures[i]);
      }
    }
    pass(BOUND_MILLIS + 1); // from here on nothing old may be read at all
    children.forEach(child -> assertThat(child.tell("check " + KEYS)).isEqualTo("checked"));
    settle();
    oracle.judge();
  }

  /** Something happens. */
  private void befall(List<CacheProcess> children) {
    if (deck.isEmpty()) {
      deck.addAll(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
      Collections.shuffle(deck, random);
    }
    int what = deck.remove(deck.size() - 1);
    if (what < 8) {
      harm(what);
    } else if (what < 10) {
      server.freeze();
      pass(BOUND_MILLIS * (1 + random.nextInt(3)) / 2);
      server.thaw();
      freezes++;
    } else {
      CacheProcess child = children.get(random.nextInt(children.size()));
      child.freeze();
      pass(BOUND_MILLIS * (1 + random.nextInt(3)) / 2);
      child.thaw();
      freezes++;
    }
  }

  private void harm(int what) {
    switch (what) {
      case 0, 1 -> {
        now(admin.commands().flushall());
        flushes++;
      }
      case 2 -> now(admin.commands().scriptFlush(FlushMode.SYNC));
      case 3, 4 -> {
        now(admin.commands().clientKill(KillArgs.Builder.typePubsub()));
        kills++;
      }
      default -> {
        now(admin.commands().clientKill(KillArgs.Builder.typeNormal()));
        kills++;
      }
    }
  }

  private static void pass(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = 1; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Compares what the layer has with the source, when nobody writes any more. */
  private void settle() {
    try (CacheChild late = new CacheChild(settings, said -> {})) {
      for (int key = 0; key < KEYS; key++) {
        String name = "s" + key;
        await("the layer", () -> late.cache.get(name).reason() == Result.Reason.HIT);
        long has = number(late.cache.get(name).valueOrNull());
        oracle.compare(key, has, sourceOf(name));
      }
    }
  }

  private long sourceOf(String key) {
    byte[] bytes = now(source.commands().get(key.getBytes(UTF_8)));
    return number(bytes == null ? null : new String(bytes, UTF_8));
  }

  private static long number(@Nullable String text) {
    return text == null ? 0 : Long.parseLong(text);
  }
}
