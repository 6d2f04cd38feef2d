package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.VirtualThreads;
import io.stateward.codec.Codec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * Virtual threads may read, load and write through memory and a layer, and none is pinned by it.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
final class CacheVirtualThreadsTest {

  private static final int THREADS = 500;
  private static final int KEYS = 20;

  private final Semaphore connections = new Semaphore(2); // what loaders block for
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void reads_onManyVirtualThreads_shareLoadsAndPinNone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pinned.jfr");
    ExecutorService virtual = VirtualThreads.executor();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      runOn(virtual); // loads the classes, and the JVM pins threads that wait for that
      recording.start();
      runOn(virtual);
      recording.stop();
      recording.dump(file);
    } finally {
      virtual.shutdown();
      assertThat(virtual.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(loads.get()).isBetween(2 * KEYS, THREADS);
    assertThat(VirtualThreads.pinnedInStateward(file)).isEmpty();
  }

  private void runOn(ExecutorService virtual) throws Exception {
    MemoryLayer layer = MemoryLayer.of();
    try (LayeredCache<Integer, String> one = cache(layer, virtual);
        LayeredCache<Integer, String> two = cache(layer, virtual)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        running.add(virtual.submit(() -> use(number % 2 == 0 ? one : two, number)));
      }
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static void use(LayeredCache<Integer, String> cache, int number) {
    int key = number % KEYS;
    assertThat(cache.get(key).value()).isEqualTo("v" + key);
    assertThat(cache.getAll(List.of(key, (key + 1) % KEYS))).hasSize(2);
    if (number % 50 == 0) {
      cache.invalidate(key);
    }
    assertThat(cache.get((key + 2) % KEYS).value()).isNotNull();
  }

  private LayeredCache<Integer, String> cache(MemoryLayer layer, ExecutorService virtual) {
    return LayeredCache.named("numbers")
        .layer(layer, Codec.text())
        .executor(virtual)
        .build(this::find);
  }

  private String find(Integer key) throws InterruptedException {
    loads.incrementAndGet();
    connections.acquire();
    try {
      Thread.yield();
      return "v" + key;
    } finally {
      connections.release();
    }
  }
}
