package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.codec.Codec;
import io.stateward.signal.Change;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What happens, as events and as figures. */
final class EventsTest {

  private final World world = new World();
  private final List<CacheEvent> told = new ArrayList<>();

  @Test
  void onEvent_theLayerIsLostAndBack_isToldOnceEach() {
    World.Instance a = world.instance();
    a.cache().onEvent(told::add);

    a.link().cut = true;
    world.time.advance(Duration.ofSeconds(3));
    a.link().cut = false;
    world.time.advance(Duration.ofSeconds(1));

    assertThat(told).hasSize(2);
    assertThat(told.get(0))
        .isInstanceOfSatisfying(
            CacheEvent.LayerLost.class,
            lost -> {
              assertThat(lost.layer()).isZero();
              assertThat(lost.cause()).isInstanceOf(LayerUnavailableException.class);
              assertThat(lost.bound()).isEqualTo(World.POLICY.bound());
            });
    assertThat(told.get(1)).isEqualTo(new CacheEvent.LayerBack(0, Duration.ofSeconds(3)));
  }

  @Test
  void onEvent_messagesAreLost_isToldOfTheRepair() {
    World.Instance a = world.instance();
    World.Instance b = world.instance();
    a.get("k");
    a.cache().onEvent(told::add);

    world.wire.loses = true;
    b.cache().invalidate("k");
    b.cache().invalidate("k");
    world.time.advance(World.POLICY.heartbeat());

    assertThat(told).singleElement().isInstanceOf(CacheEvent.Repaired.class);
    assertThat(((CacheEvent.Repaired) told.get(0)).count()).isEqualTo(2);
  }

  @Test
  void onEvent_theLogIsGone_isToldOfTheFlush() {
    World small = new World(MemoryLayerOptions.standard().buckets(1).log(1));
    World.Instance a = small.instance();
    World.Instance b = small.instance();
    a.cache().onEvent(told::add);

    small.wire.loses = true;
    b.cache().invalidate("k");
    b.cache().invalidate("k");
    b.cache().invalidate("k");
    small.time.advance(World.POLICY.heartbeat());

    assertThat(told).containsExactly(new CacheEvent.Flushed(0, 1));
  }

  @Test
  void onEvent_invalidationsWait_isToldOfThem() {
    World.Instance a = world.instance(World.POLICY.writes(WritePolicy.QUEUE));
    a.cache().onEvent(told::add);

    a.link().cut = true;
    a.cache().invalidate("k");
    a.cache().invalidate("l");
    a.link().cut = false;
    world.time.advance(Duration.ofSeconds(1));

    assertThat(told).hasSize(5);
    assertThat(told.get(0)).isInstanceOf(CacheEvent.LayerLost.class);
    assertThat(told.subList(1, 3))
        .containsExactly(new CacheEvent.WriteQueued(1), new CacheEvent.WriteQueued(2));
    assertThat(told)
        .contains(
            new CacheEvent.LayerBack(0, World.POLICY.heartbeat()),
            new CacheEvent.QueueSent(2, World.POLICY.heartbeat()));
  }

  @Test
  void onEvent_closedWithInvalidationsThatWait_isToldThatTheyAreLost() {
    World.Instance a = world.instance(World.POLICY.writes(WritePolicy.QUEUE));
    a.cache().onEvent(told::add);
    a.link().cut = true;
    a.cache().invalidate("k");

    a.cache().close();

    assertThat(told).last().isEqualTo(new CacheEvent.QueueLost(1));
    a.cache().close();
    assertThat(told).containsOnlyOnce(new CacheEvent.QueueLost(1));
  }

  @Test
  void log_ofAFailure_saysNoKey() {
    List<Probe.Failed> failed = new ArrayList<>();
    Events events = new Events("Cache 'x'", Runnable::run);

    try (Subscription probing = attach(failed)) {
      Throwable cause = new IllegalStateException("old form");
      events.emit(new CacheEvent.Unreadable(0, "ada@example.org", cause));
      events.emit(new CacheEvent.Unstorable("ada@example.org", cause));
      events.emit(new CacheEvent.LoadFailed("ada@example.org", true, cause));
      events.emit(new CacheEvent.LoadFailed("ada@example.org", false, cause));
      events.emit(new CacheEvent.WriteAbandoned("ada@example.org", cause));
    }

    assertThat(failed.stream().map(Probe.Failed::problem))
        .containsExactly(
            "What layer 0 has of a key cannot be decoded; it is loaded anew.",
            "What a key has cannot be encoded; it is stored nowhere.",
            "The loader failed for a key; what is stale is served.",
            "The loader failed to refresh a key.",
            "A write of a key that failed could not be taken back in the layer.");
  }

  @Test
  void onEvent_invalidatedWhileLoaded_isToldOfTheKey() {
    World.Instance a = world.instance();
    a.cache().onEvent(told::add);

    world.afterNextRead(() -> a.cache().invalidate("k"));
    a.get("k");

    assertThat(told).containsExactly(new CacheEvent.FillRejected("k"));
  }

  @Test
  void onEvent_whatCannotBeEncodedOrDecoded_isTold() {
    Codec<String> picky =
        Codec.of(
            "picky",
            text -> Codec.text().encode(refuse("in", text)),
            bytes -> refuse("out", Codec.text().decode(bytes)));
    LayeredCache<String, String> one = cache(picky);
    LayeredCache<String, String> other = cache(picky);
    one.onEvent(told::add);

    one.get("in");
    other.get("out");
    one.get("out");

    assertThat(told).hasSize(2);
    assertThat(told.get(0))
        .isInstanceOfSatisfying(
            CacheEvent.Unstorable.class, it -> assertThat(it.key()).isEqualTo("in"));
    assertThat(told.get(1))
        .isInstanceOfSatisfying(
            CacheEvent.Unreadable.class, it -> assertThat(it.key()).isEqualTo("out"));
  }

  private static String refuse(String what, String text) {
    if (text.equals(what)) {
      throw new IllegalArgumentException("not " + what);
    }
    return text;
  }

  private LayeredCache<String, String> cache(Codec<String> codec) {
    return LayeredCache.named("picky")
        .layer(world.layer, codec)
        .executor(Runnable::run)
        .timekeeper(world.time)
        .build(key -> key);
  }

  @Test
  void onEvent_theLoaderFailsAndStaleIsServed_isTold() {
    Policy policy = World.POLICY.failSafe(Duration.ofHours(1));
    World.Instance a =
        world.instance(
            policy,
            load -> {
              if (world.loads++ > 0) {
                throw new IllegalStateException("down");
              }
              return Loaded.of("v");
            });
    a.cache().onEvent(told::add);

    a.get("k");
    world.time.advance(Duration.ofMinutes(61));
    Result<String> stale = a.cache().get("k");

    assertThat(stale.reason()).isEqualTo(Result.Reason.LOADER_FAILED);
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            CacheEvent.LoadFailed.class,
            it -> {
              assertThat(it.key()).isEqualTo("k");
              assertThat(it.staleServed()).isTrue();
              assertThat(it.cause()).hasMessage("down");
            });
  }

  @Test
  void onEvent_aListenerThrows_harmsNobodyAndIsReported() {
    List<Probe.Failed> failed = new ArrayList<>();
    Events events = new Events("Cache 'x'", Runnable::run);
    events.listen(
        event -> {
          throw new IllegalStateException("listener");
        });
    events.listen(told::add);

    try (Subscription probing = attach(failed)) {
      events.emit(new CacheEvent.FillRejected("k"));
      events.emit(new CacheEvent.FillRejected("l"));
    }

    assertThat(told).hasSize(2);
    assertThat(failed).hasSize(2);
    assertThat(failed.get(0).problem())
        .isEqualTo("A listener threw on FillRejected; it is told of the next event all the same.");
  }

  private static Subscription attach(List<Probe.Failed> failed) {
    return Probe.attach(
        event -> {
          if (event instanceof Probe.Failed it && it.where().equals("Cache 'x'")) {
            failed.add(it);
          }
        });
  }

  @Test
  void onEvent_aListenerCausesEvents_isToldOfThemInOrder() {
    Events events = new Events("Cache 'x'", Runnable::run);
    events.listen(
        event -> {
          if (event.equals(new CacheEvent.FillRejected("a"))) {
            events.emit(new CacheEvent.FillRejected("b"));
          }
        });
    events.listen(told::add);

    events.emit(new CacheEvent.FillRejected("a"));

    assertThat(told)
        .containsExactly(new CacheEvent.FillRejected("a"), new CacheEvent.FillRejected("b"));
  }

  @Test
  void onEvent_closed_isToldOfNothingThatWaits() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Events events = new Events("Cache 'x'", tasks::add);
    Subscription subscription = events.listen(told::add);

    events.emit(new CacheEvent.FillRejected("a"));
    subscription.close();
    tasks.remove().run();

    assertThat(told).isEmpty();
    assertThat(events.areWanted()).isFalse();
  }

  @Test
  void onEvent_aSlowListener_isToldHowManyItMissed() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Events events = new Events("Cache 'x'", tasks::add);
    events.listen(told::add);

    for (int i = 0; i < 1_030; i++) {
      events.emit(new CacheEvent.FillRejected("k" + i));
    }
    tasks.remove().run();

    assertThat(told).hasSize(1_025);
    assertThat(told.get(1_023)).isEqualTo(new CacheEvent.FillRejected("k1023"));
    assertThat(told.get(1_024)).isEqualTo(new CacheEvent.Skipped(6));
  }

  @Test
  void onEvent_theExecutorRefuses_goesOnWithTheNext() {
    boolean[] refuses = {true};
    Events events =
        new Events(
            "Cache 'x'",
            task -> {
              if (refuses[0]) {
                throw new RejectedExecutionException("full");
              }
              task.run();
            });
    events.listen(told::add);

    events.emit(new CacheEvent.FillRejected("a"));
    refuses[0] = false;
    events.emit(new CacheEvent.FillRejected("b"));

    assertThat(told).containsExactly(new CacheEvent.FillRejected("b"));
  }

  @Test
  void figures_whatWasDone_isCounted() {
    World.Instance a = world.instance();
    World.Instance b = world.instance();
    Signal<CacheFigures> figures = b.cache().figures();
    CacheFigures before = figures.get();

    a.get("k");
    b.get("k");
    b.get("k");
    b.get("none");

    CacheFigures now = figures.get();
    assertThat(now.layerHits()).containsExactly(1L);
    assertThat(now.memoryHits()).isEqualTo(1);
    assertThat(now.hits()).isEqualTo(2);
    assertThat(now.loads()).isEqualTo(1);
    assertThat(now.joins()).isZero();
    assertThat(now.hitRatio()).isEqualTo(2.0 / 3);
    assertThat(now.since(before).hits()).isEqualTo(2);
    assertThat(now.since(now).loads()).isZero();
  }

  @Test
  void figures_readsThatShareALoad_areJoins() {
    ManualExecutor tasks = new ManualExecutor();
    LayeredCache<String, String> cache =
        LayeredCache.named("joined")
            .executor(tasks)
            .timekeeper(world.time)
            .build(
                key -> {
                  world.time.advance(Duration.ofMillis(3));
                  return "v";
                });

    cache.getAsync("k");
    cache.getAsync("k");
    cache.getAsync("k");
    tasks.runAll();

    CacheFigures figures = cache.figures().get();
    assertThat(figures.loads()).isEqualTo(1);
    assertThat(figures.joins()).isEqualTo(2);
    assertThat(figures.loadNanos()).isEqualTo(3_000_000);
    assertThat(figures.layerHits()).isEmpty();
  }

  @Test
  void figures_subscribed_areToldOncePerHeartbeat() {
    LayeredCache<String, String> cache =
        LayeredCache.named("beating").timekeeper(world.time).build(key -> key);
    List<Change<CacheFigures>> changes = new ArrayList<>();
    int idle = world.time.pending();
    Subscription subscription = cache.figures().subscribe(changes::add);

    cache.get("a");
    cache.get("b");
    assertThat(changes).isEmpty();
    world.time.advance(cache.figures().get().bound());

    assertThat(changes).singleElement();
    assertThat(changes.get(0).now().since(changes.get(0).was()).loads()).isEqualTo(2);
    subscription.close();
    assertThat(world.time.pending()).isEqualTo(idle);
  }
}
