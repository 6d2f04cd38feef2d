package io.stateward.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class MemoryLayerTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private LayerSession open(MemoryLayerOptions options) {
    return now(MemoryLayer.of(options.timekeeper(time)).open("users", "text"));
  }

  private static void fill(LayerSession session, String key, Duration kept) {
    Lease lease = ((Acquired.Leased) now(session.acquire(key, null, LIMIT))).lease();
    byte[] value = key.getBytes(UTF_8);
    assertThat(now(session.fill(key, lease, lease.entry(value, Set.of(), null, kept, kept))))
        .isTrue();
  }

  private static boolean has(LayerSession session, String key) {
    return now(session.read(key)).entry() != null;
  }

  @Test
  void of_exampleOfTheDocumentation_sessionsKnowOfEachOther() {
    MemoryLayer layer = MemoryLayer.of();
    LayerSession here = layer.open("users", "json-1").toCompletableFuture().join();
    LayerSession there = layer.open("users", "json-1").toCompletableFuture().join();
    Stamp stamp = here.invalidate(new Invalidation.Key("7")).toCompletableFuture().join();
    List<Head> heads = there.heads().toCompletableFuture().join(); // they know of it

    assertThat(heads.get(stamp.bucket())).isEqualTo(new Head(stamp.epoch(), stamp.sequence()));
  }

  @Test
  void listen_exampleOfTheDocumentation_hearsTheBucket() {
    List<Integer> buckets = new ArrayList<>();
    MemoryBackplane backplane = MemoryBackplane.of();
    Subscription listening = backplane.listen("users", message -> buckets.add(message.bucket()));

    backplane.send("users", new Backplane.Message(3, new Head(1, 1), new Invalidation.All()));
    listening.close();

    assertThat(buckets).containsExactly(3);
  }

  @Test
  void fill_moreThanTheMaximum_leavesThatManyAndTheNewest() {
    LayerSession session = open(MemoryLayerOptions.standard().maximum(10));

    for (int i = 0; i < 100; i++) {
      fill(session, "k" + i, LIMIT);
      assertThat(has(session, "k" + i)).isTrue();
    }

    long left = java.util.stream.IntStream.range(0, 100).filter(i -> has(session, "k" + i)).count();
    assertThat(left).isEqualTo(10);
  }

  @Test
  void fill_moreThanTheMaximum_keepsWhatIsReadAllTheTime() {
    LayerSession session = open(MemoryLayerOptions.standard().maximum(10));
    fill(session, "hot", LIMIT);

    for (int i = 0; i < 100; i++) {
      fill(session, "k" + i, LIMIT);
      assertThat(has(session, "hot")).isTrue();
    }
  }

  @Test
  void shelf_manyThatOutlivedTheirTime_doNotPileUp() {
    MemoryLayer layer = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time));
    LayerSession session = now(layer.open("users", "text"));

    for (int i = 0; i < 1000; i++) {
      fill(session, "k" + i, Duration.ofSeconds(1));
      now(session.acquire("lost" + i, null, Duration.ofSeconds(1)));
      time.advance(Duration.ofMillis(100));
    }

    MemoryState state = layer.dump().get("users");
    assertThat(state).isNotNull();
    assertThat(state.sizes()).allSatisfy(size -> assertThat(size).isLessThan(50));
  }

  private static boolean offer(LayerSession session, String key, long version) {
    Acquired acquired = now(session.acquire(key, null, Duration.ofSeconds(1)));
    Lease lease = ((Acquired.Leased) acquired).lease();
    LayerEntry entry = lease.entry(new byte[1], Set.of(), null, Duration.ZERO, Duration.ZERO);
    return now(session.fill(key, lease, entry.withVersion(version)));
  }

  @Test
  void fence_afterItsTime_isGone() {
    LayerSession session = open(MemoryLayerOptions.standard());
    now(session.invalidate(new Invalidation.Key("a", 5)));

    time.advance(LayerSession.FENCED.minusNanos(1));
    assertThat(offer(session, "a", 4)).isFalse();
    time.advance(Duration.ofNanos(1));
    assertThat(offer(session, "a", 4)).isTrue();
  }

  @Test
  void fences_tooMany_theOldestGo() {
    LayerSession session = open(MemoryLayerOptions.standard().maximum(10));
    for (int i = 0; i < 11; i++) {
      now(session.invalidate(new Invalidation.Key("k" + i, 5)));
    }

    assertThat(offer(session, "k0", 4)).isTrue();
    assertThat(offer(session, "k10", 4)).isFalse();
  }

  @Test
  void fences_manyWhoseTimeIsOver_doNotPileUp() {
    MemoryLayer layer = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time));
    LayerSession session = now(layer.open("users", "text"));

    for (int i = 0; i < 1000; i++) {
      now(session.invalidate(new Invalidation.Key("k" + i, 5)));
      time.advance(LayerSession.FENCED.dividedBy(10));
    }

    MemoryState state = layer.dump().get("users");
    assertThat(state).isNotNull();
    assertThat(state.sizes()).allSatisfy(size -> assertThat(size).isLessThan(50));
  }

  @Test
  void fill_longerThanThereIsTime_isKept() {
    LayerSession session = open(MemoryLayerOptions.standard());

    fill(session, "a", Duration.ofSeconds(Long.MAX_VALUE));
    time.advance(Duration.ofDays(10_000));

    assertThat(has(session, "a")).isTrue();
  }

  @Test
  void options_lessThanOne_areRefusedByName() {
    MemoryLayerOptions options = MemoryLayerOptions.standard();

    assertThatThrownBy(() -> options.buckets(0)).hasMessageContaining("'buckets'");
    assertThatThrownBy(() -> options.log(-1))
        .hasMessageContaining("'log'")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> options.maximum(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'maximum'");
  }

  @Test
  void open_blankName_isRefused() {
    assertThatThrownBy(() -> MemoryLayer.of().open(" ", "text"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
