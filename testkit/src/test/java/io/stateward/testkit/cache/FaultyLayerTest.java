package io.stateward.testkit.cache;

import static io.stateward.testkit.cache.LayerOperation.ACQUIRE;
import static io.stateward.testkit.cache.LayerOperation.FILL;
import static io.stateward.testkit.cache.LayerOperation.HEADS;
import static io.stateward.testkit.cache.LayerOperation.INVALIDATE;
import static io.stateward.testkit.cache.LayerOperation.OPEN;
import static io.stateward.testkit.cache.LayerOperation.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.Reading;
import io.stateward.signal.ClosedException;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class FaultyLayerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryLayer memory =
      MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(1));
  private final FaultyLayer layer = FaultyLayer.over(memory, time);
  private final LayerSession here = open(layer);
  private final LayerSession there = now(memory.open("users", "text"));

  private static LayerSession open(FaultyLayer layer) {
    return now(layer.open("users", "text"));
  }

  private static <T> T now(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    assertThat(future).isDone();
    return future.join();
  }

  private static void assertUnanswered(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(LayerUnavailableException.class);
  }

  private CompletionStage<Stamp> invalidate() {
    return here.invalidate(new Invalidation.Key("k"));
  }

  /** How many invalidations the layer has seen. */
  private long invalidations() {
    return now(there.heads()).get(1).sequence();
  }

  private Lease lease() {
    return ((Acquired.Leased) now(here.acquire("k", null, MINUTE))).lease();
  }

  private static LayerEntry entry(Lease lease) {
    return lease.entry(new byte[] {1}, Set.of(), null, MINUTE, MINUTE);
  }

  @Test
  void drop_isNotDone_andSaysSo() {
    layer.next(INVALIDATE).drop();

    assertUnanswered(() -> now(invalidate()));

    assertThat(invalidations()).isZero();
    now(invalidate());
    assertThat(invalidations()).isEqualTo(1);
  }

  @Test
  void dropAnswer_isDone_andSaysThatItMayNotBe() {
    layer.next(INVALIDATE).dropAnswer();

    assertUnanswered(() -> now(invalidate()));

    assertThat(invalidations()).isEqualTo(1);
  }

  @Test
  void duplicate_isDoneTwice_andTheFirstAnswerCounts() {
    layer.every(INVALIDATE, FILL).duplicate();

    assertThat(now(invalidate()).sequence()).isEqualTo(1);
    assertThat(invalidations()).isEqualTo(2);
    Lease lease = lease();
    assertThat(now(here.fill("k", lease, entry(lease)))).isTrue();
  }

  @Test
  void delay_isDoneLater_andLaterOnesOvertake() {
    Lease lease = lease();
    layer.next(FILL).delay(Duration.ofSeconds(5));

    CompletableFuture<Boolean> filled = here.fill("k", lease, entry(lease)).toCompletableFuture();
    assertThat(filled).isNotDone();
    now(invalidate());
    time.advance(Duration.ofSeconds(5));

    assertThat(now(filled)).isFalse(); // the invalidation came first
  }

  @Test
  void delayAnswer_isDoneAtOnce_andAnsweredLater() {
    layer.next(READ).delayAnswer(Duration.ofSeconds(5));
    CompletableFuture<Reading> read = here.read("k").toCompletableFuture();
    now(invalidate());

    time.advance(Duration.ofSeconds(5));

    assertThat(now(read).head().sequence()).isZero(); // as it was when it was asked
  }

  @Test
  void hold_untilReleased_isDoneThen() {
    layer.when(call -> call.keys().contains("k")).hold();
    CompletableFuture<Reading> read = here.read("k").toCompletableFuture();
    CompletableFuture<Reading> other = here.read("other").toCompletableFuture();
    assertThat(other).isDone();
    assertThat(layer.held()).isEqualTo(1);
    now(there.invalidate(new Invalidation.Key("k")));

    layer.release();

    assertThat(now(read).head().sequence()).isEqualTo(1);
    assertThat(layer.held()).isZero();
  }

  @Test
  void holdAnswer_dropped_saysThatThereIsNone() {
    layer.next(INVALIDATE).holdAnswer();
    layer.next(INVALIDATE).hold();
    CompletionStage<Stamp> done = invalidate();
    CompletionStage<Stamp> never = invalidate();

    layer.dropHeld();

    assertUnanswered(() -> now(done));
    assertUnanswered(() -> now(never));
    assertThat(invalidations()).isEqualTo(1);
  }

  @Test
  void heldQuestion_ofASessionThatIsClosedMeanwhile_isAnUnansweredOne() {
    layer.next(READ).hold();
    CompletionStage<Reading> read = here.read("k");
    here.close();

    layer.release();

    assertUnanswered(() -> now(read));
    assertThatThrownBy(() -> here.read("k")).isInstanceOf(ClosedException.class);
  }

  @Test
  void disconnect_endsLeasesAndWhatIsUnderWay_andIsTold() {
    List<Boolean> told = new ArrayList<>();
    here.onConnection(told::add);
    Lease lease = lease();
    layer.next(FILL).hold();
    layer.next(HEADS).delay(MINUTE);
    CompletionStage<Boolean> held = here.fill("k", lease, entry(lease));
    CompletionStage<?> late = here.heads();

    layer.disconnect();

    assertUnanswered(() -> now(held));
    assertUnanswered(() -> now(late));
    assertUnanswered(() -> now(here.read("k")));
    assertUnanswered(() -> now(layer.open("users", "text")));
    assertThat(now(there.acquire("k", null, MINUTE))).isInstanceOf(Acquired.Leased.class);
    layer.reconnect();
    assertThat(now(here.fill("k", lease, entry(lease)))).isFalse();
    assertThat(told).containsExactly(false, true);
  }

  @Test
  void moveTo_aNewLayer_forgetsEverything() {
    Lease lease = lease();
    assertThat(now(here.fill("k", lease, entry(lease)))).isTrue();
    long epoch = now(here.heads()).get(0).epoch();

    layer.moveTo(MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(1)));

    assertThat(now(here.read("k")).entry()).isNull();
    assertThat(now(here.heads()).get(0).epoch()).isNotEqualTo(epoch);
    assertThat(now(there.read("k")).entry()).isNotNull();
  }

  @Test
  void open_concernsRulesAsWell() {
    layer.next(OPEN).drop();
    assertUnanswered(() -> open(layer));
    layer.next(OPEN).dropAnswer();
    assertUnanswered(() -> open(layer));
    layer.next(OPEN).duplicate();
    assertThat(now(open(layer).read("k")).entry()).isNull();
  }

  @Test
  void pass_mendsIt() {
    layer.every().drop();
    layer.disconnect();

    layer.pass();

    assertThat(now(here.read("k")).entry()).isNull();
    layer.every(ACQUIRE).hold();
    CompletionStage<Acquired> acquired = here.acquire("k", null, MINUTE);
    layer.pass();
    assertThat(now(acquired)).isInstanceOf(Acquired.Leased.class);
  }

  @Test
  void randomly_withTheSameSeed_hasTheSameFaults() {
    List<String> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      layer.randomly(7, Chances.none().drop(0.2).dropAnswer(0.2).duplicate(0.2).delay(0.2, MINUTE));
      StringBuilder seen = new StringBuilder();
      long before = invalidations();
      for (int i = 0; i < 60; i++) {
        CompletableFuture<Stamp> stage = invalidate().toCompletableFuture();
        seen.append(!stage.isDone() ? '?' : stage.isCompletedExceptionally() ? '!' : '.');
        seen.append(invalidations() - before);
      }
      time.advance(MINUTE);
      runs.add(seen.toString());
    }

    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains("?", "!", ".");
  }
}
