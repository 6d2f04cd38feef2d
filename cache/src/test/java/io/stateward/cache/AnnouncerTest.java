package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.codec.Codec;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host is told of what an instance has invalidated. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AnnouncerTest {

  private final World world = new World();
  private final World.Link link = new World.Link(world.layer);
  private final List<Invalidation> told = new ArrayList<>();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<Probe.Failed> failures = new ArrayList<>();
  private final Subscription probe =
      Probe.attach(
          event -> {
            if (event instanceof Probe.Failed it && it.where().contains("'told'")) {
              failures.add(it);
            }
          });
  private boolean full;

  @AfterEach
  void detach() {
    probe.close();
  }

  private void execute(Runnable task) {
    if (full) {
      throw new RejectedExecutionException("full");
    }
    tasks.add(task);
  }

  private LayeredCache<String, String> cache(Policy policy) {
    return LayeredCache.named("told")
        .layer(link, Codec.text())
        .policy(policy)
        .executor(this::execute)
        .timekeeper(world.time)
        .onInvalidate(told::add)
        .buildWith(world::load);
  }

  private void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static Invalidation key(String key) {
    return new Invalidation.Key(key);
  }

  @Test
  void write_ofEachKind_isToldOnceAndInOrder() throws IOException {
    LayeredCache<String, String> cache = cache(World.POLICY);
    cache.invalidate("a");
    cache.invalidate("b", () -> {});
    cache.put("c", "v");
    cache.invalidateTag("t");
    cache.invalidatePrefix("p");
    cache.clear();
    cache.invalidateAll(List.of("x", "y"));
    cache.invalidateAsync("z", () -> CompletableFuture.completedFuture(1));
    assertThatThrownBy(
            () ->
                cache.<IOException>invalidate(
                    "q",
                    () -> {
                      throw new IOException("perhaps after the commit");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(told).as("no write waits for it").isEmpty();

    work();

    assertThat(told)
        .containsExactly(
            key("a"),
            key("b"),
            key("c"),
            new Invalidation.Tag("t"),
            new Invalidation.Prefix("p"),
            new Invalidation.All(),
            key("x"),
            key("y"),
            key("q"),
            key("z"));
  }

  @Test
  void write_inMemoryAlone_isTold() {
    try (LayeredCache<String, String> alone =
        LayeredCache.named("told")
            .executor(Runnable::run)
            .onInvalidate(told::add)
            .buildWith(world::load)) {
      alone.invalidate("a");
      alone.invalidate("b", () -> {});
      alone.clear();
    }

    assertThat(told).containsExactly(key("a"), key("b"), new Invalidation.All());
  }

  @Test
  void invalidationOfAnotherInstance_isNotTold() {
    LayeredCache<String, String> cache = cache(World.POLICY);
    LayeredCache<String, String> other =
        LayeredCache.named("told")
            .layer(world.layer, Codec.text())
            .timekeeper(world.time)
            .buildWith(world::load);
    cache.get("k");
    other.invalidate("k");
    world.time.advance(World.POLICY.heartbeat());
    work();

    assertThat(cache.peek("k")).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void writeThatFails_isNotTold_andOneThatWaitsIsToldWhenItIsSent() {
    LayeredCache<String, String> failing = cache(World.POLICY);
    LayeredCache<String, String> waiting = cache(World.POLICY.writes(WritePolicy.QUEUE));
    link.cut = true;
    assertThatThrownBy(() -> failing.invalidate("a")).isInstanceOf(LayerUnavailableException.class);
    waiting.invalidate("b");
    waiting.invalidateTag("t");
    work();
    assertThat(told).isEmpty();

    link.cut = false;
    world.time.advance(World.POLICY.heartbeat());
    world.time.advance(World.POLICY.heartbeat());
    work();

    assertThat(told).containsExactly(key("b"), new Invalidation.Tag("t"));
  }

  @Test
  void listenerThatThrows_isReportedAndHarmsNothing() {
    try (LayeredCache<String, String> alone =
        LayeredCache.named("told")
            .executor(Runnable::run)
            .onInvalidate(
                what -> {
                  told.add(what);
                  throw new IllegalStateException("the CDN is away");
                })
            .buildWith(world::load)) {
      alone.invalidate("a");
      alone.invalidate("b");
    }

    assertThat(told).containsExactly(key("a"), key("b"));
    assertThat(failures).hasSize(2);
    assertThat(failures.get(0).problem()).contains("threw").doesNotContain("key=a");
  }

  @Test
  void executorThatIsFull_isReportedAndTriedAgain() {
    LayeredCache<String, String> cache = cache(World.POLICY);
    full = true;
    cache.invalidate("a");
    assertThat(failures).hasSize(1);
    full = false;
    cache.invalidate("b");
    work();

    assertThat(told).containsExactly(key("a"), key("b"));
  }

  @Test
  void moreThanCanWait_becomeAll() {
    LayeredCache<String, String> cache = cache(World.POLICY);
    IntStream.rangeClosed(0, Announcer.MOST).forEach(i -> cache.invalidate("k" + i));
    cache.invalidate("last");
    work();

    assertThat(told).containsExactly(new Invalidation.All(), key("last"));
  }

  @Test
  void listenerThatInvalidates_isToldOfThatNext() {
    List<LayeredCache<String, String>> self = new ArrayList<>();
    try (LayeredCache<String, String> alone =
        LayeredCache.named("told")
            .executor(Runnable::run)
            .onInvalidate(
                what -> {
                  if (told.add(what) && what.equals(key("a"))) {
                    self.get(0).invalidate("b");
                    assertThat(told).containsExactly(key("a"));
                  }
                })
            .buildWith(world::load)) {
      self.add(alone);
      alone.invalidate("a");
    }

    assertThat(told).containsExactly(key("a"), key("b"));
    assertThat(failures).isEmpty();
  }
}
