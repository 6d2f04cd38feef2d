package io.stateward.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.VirtualThreads;
import io.stateward.cache.LayeredCache;
import io.stateward.redis.RedisServerFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The case of docs/cache-cases.md about virtual threads: none holds its carrier while it waits. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VirtualThreadCasesTest {

  private static final int THREADS = 1_000;
  private static final int KEYS = 20;
  private final Semaphore connections = new Semaphore(2); // what loaders block for

  @Test
  void case22_readsAndWritesOnManyVirtualThreads_pinNone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pinned.jfr");
    ExecutorService virtual = VirtualThreads.executor();
    try (RedisServerFixture server = RedisServerFixture.start();
        Outage outage = new Outage(server);
        Recording recording = new Recording()) {
      OutageNode a = node(outage, virtual);
      OutageNode b = node(outage, virtual);
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      use(a.cache, b.cache, virtual); // loads the classes, and the JVM pins who waits for that
      recording.start();
      use(a.cache, b.cache, virtual);
      recording.stop();
      recording.dump(file);
    } finally {
      virtual.shutdown();
      assertThat(virtual.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(Files.size(file)).isPositive();
    assertThat(VirtualThreads.pinnedInStateward(file)).isEmpty();
  }

  private OutageNode node(Outage outage, ExecutorService virtual) {
    return outage.add(
        OutageNode.built(
            outage,
            it ->
                it.executor(virtual)
                    .policy(Outage.POLICY)
                    .build(
                        (String key) -> {
                          connections.acquire();
                          try {
                            Thread.yield();
                            return "v" + key;
                          } finally {
                            connections.release();
                          }
                        })));
  }

  private static void use(
      LayeredCache<String, String> a, LayeredCache<String, String> b, ExecutorService virtual)
      throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      running.add(virtual.submit(() -> use(number % 2 == 0 ? a : b, number)));
    }
    for (Future<?> each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  private static void use(LayeredCache<String, String> cache, int number) {
    String key = "" + number % KEYS;
    assertThat(cache.get(key).value()).isEqualTo("v" + key);
    if (number % 20 == 0) {
      cache.invalidate(key, () -> {});
    }
    if (number % 50 == 1) {
      cache.write(key, () -> "v" + key);
    }
    assertThat(cache.getAll(List.of(key, "other"))).hasSize(2);
  }
}
