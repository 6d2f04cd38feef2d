package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.World.Instance;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.signal.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes while the layer does not answer: they fail, or their invalidations wait. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QueueTest {

  private static final Policy QUEUE = World.POLICY.writes(WritePolicy.QUEUE);

  private final World world = new World();
  private final Instance a = world.instance(QUEUE);
  private final Instance b = world.instance();

  private String commit(String value) {
    world.source.put("k", value);
    return value;
  }

  private void heal() {
    a.link().cut = false;
    world.time.advance(QUEUE.heartbeat());
  }

  @Test
  void invalidate_whileTheLayerIsAway_waitsAndIsSentWhenItAnswers() {
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(a.get("k")).isEqualTo("v0");
    a.link().cut = true;
    commit("v1");

    Stamp stamp = a.cache().invalidate("k");

    assertThat(stamp.isKnown()).isFalse();
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).as("others may serve what is old until it is sent").isEqualTo("v0");
    heal();
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void queue_filledAndSent_isTold() {
    List<CacheEvent> told = new ArrayList<>();
    try (Subscription listening =
        a.cache()
            .onEvent(
                event -> {
                  if (event instanceof CacheEvent.WriteQueued
                      || event instanceof CacheEvent.QueueSent) {
                    told.add(event);
                  }
                })) {
      a.link().cut = true;
      a.cache().invalidate("k");
      world.time.advance(QUEUE.heartbeat());
      a.cache().invalidate("l");
      a.cache().invalidate("k");
      heal();
    }
    assertThat(told)
        .containsExactly(
            new CacheEvent.WriteQueued(1),
            new CacheEvent.WriteQueued(2),
            new CacheEvent.WriteQueued(2),
            new CacheEvent.QueueSent(2, QUEUE.heartbeat().multipliedBy(2)));
  }

  @Test
  void get_ofWhatWaits_asksTheSourceThoughTheLayerAnswers() {
    assertThat(b.get("k")).isEqualTo("v0");
    a.link().cut = true;
    commit("v1");
    a.cache().invalidate("k");
    a.link().cut = false; // and no beat since

    Result<String> read = a.cache().get("k");

    assertThat(read.value()).isEqualTo("v1");
    assertThat(read.source()).isEqualTo(Result.Source.OFFLINE);
    assertThat(a.cache().get("k").source())
        .as("kept, for no longer than the bound")
        .isEqualTo(Result.Source.MEMORY);
    assertThat(a.cache().getAll(List.of("k")).get("k"))
        .satisfies(it -> assertThat(it.value()).isEqualTo("v1"));
    world.time.advance(Duration.ofMillis(1));
    world.source.put("l", "l0");
    assertThat(a.cache().get("l").source()).isEqualTo(Result.Source.LOADER);
    assertThat(b.cache().get("l").source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void get_thatBeganWhileItWaits_doesNotReturnWhatTheLayerHadThen() {
    assertThat(b.get("k")).isEqualTo("v0");
    a.link().cut = true;
    commit("v1");
    a.cache().invalidate("k");
    a.link().cut = false;
    a.link().holdsReads = true;

    var read = a.cache().getAsync("k").toCompletableFuture(); // of the layer it would be v0
    world.time.advance(QUEUE.heartbeat()); // it is sent, and waits no more
    a.link().release();

    assertThat(read.join().value()).isEqualTo("v1");
  }

  @Test
  void getAll_ofWhatWaits_asksTheSourceForThatAlone() {
    world.source.put("l", "l0");
    b.cache().getAll(List.of("k", "l"));
    a.link().cut = true;
    commit("v1");
    a.cache().invalidate("k");
    a.link().cut = false;

    var all = a.cache().getAll(List.of("k", "l"));

    assertThat(all.get("k").value()).isEqualTo("v1");
    assertThat(all.get("l").source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void atLeast_theUnknownStamp_goesToTheSourceOnAnyInstance() {
    assertThat(b.get("k")).isEqualTo("v0");
    a.link().cut = true;
    commit("v1");
    Stamp sent = Stamp.parse(a.cache().invalidate("k").toString());
    int calls = b.link().calls;

    Result<String> read = b.cache().get("k", ReadOptions.atLeast(sent));

    assertThat(read.value()).isEqualTo("v1");
    assertThat(read.reason()).isEqualTo(Result.Reason.BYPASSED);
    assertThat(b.link().calls).isEqualTo(calls);
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(a.cache().get("k", ReadOptions.atLeast(sent)).value()).isEqualTo("v1");
    try (LayeredCache<String, String> alone =
        LayeredCache.named("alone").build(key -> world.source.get(key))) {
      assertThat(alone.get("k", ReadOptions.atLeast(sent)).reason())
          .isEqualTo(Result.Reason.BYPASSED);
    }
  }

  @Test
  void invalidateTag_whileTheLayerIsAway_isServedFromNowhere() {
    world.source.put("k", "v0#red");
    world.source.put("l", "l0#blue");
    List.of("k", "l").forEach(key -> assertThat(a.get(key)).isNotNull());
    a.link().cut = true;
    commit("v1#red");
    a.cache().invalidateTag("#red");
    a.link().cut = false;

    assertThat(a.get("k")).isEqualTo("v1#red");
    commit("v2#red");
    assertThat(a.get("k")).as("it is not kept").isEqualTo("v2#red");
    assertThat(a.cache().peek("k")).isEmpty();
    assertThat(a.cache().get("l").source()).isEqualTo(Result.Source.MEMORY);

    heal();
    assertThat(b.get("k")).isEqualTo("v2#red");
    assertThat(a.get("k")).isEqualTo("v2#red");
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void invalidateTag_thatWaits_coversWhatOnlyTheLayerHas() {
    world.source.put("k", "v0#red");
    assertThat(b.get("k")).isEqualTo("v0#red");
    a.link().cut = true;
    commit("v1#red");
    a.cache().invalidateTag("#red");
    a.link().cut = false;

    assertThat(a.get("k")).isEqualTo("v1#red");
  }

  @Test
  void invalidateTag_whileALoadIsUnderWay_isNotAnsweredByThatLoad() {
    commit("v0#red");
    world.afterNextRead(
        () -> {
          a.link().cut = true;
          commit("v1#red");
          a.cache().invalidateTag("#red");
          String late = CompletableFuture.supplyAsync(() -> a.get("k")).join(); // elsewhere
          assertThat(late).isEqualTo("v1#red");
        });

    assertThat(a.get("k")).as("it asked before").isEqualTo("v0#red");
    assertThat(a.get("k")).isEqualTo("v1#red");
  }

  @Test
  void prefixAndClear_whileTheLayerIsAway_coverWhatTheyMean() {
    List.of("k", "ka", "z").forEach(key -> world.source.put(key, "v0"));
    b.cache().getAll(List.of("k", "ka", "z"));
    a.cache().getAll(List.of("k", "ka", "z"));
    a.link().cut = true;
    List.of("k", "ka", "z").forEach(key -> world.source.put(key, "v1"));
    a.cache().invalidatePrefix("k");
    a.link().cut = false;

    assertThat(List.of("k", "ka")).allSatisfy(key -> assertThat(a.get(key)).isEqualTo("v1"));
    assertThat(a.get("z")).isEqualTo("v0");

    a.link().cut = true;
    a.cache().clear();
    a.link().cut = false;
    assertThat(a.get("z")).isEqualTo("v1");
    heal();
    assertThat(List.of("k", "ka", "z")).allSatisfy(key -> assertThat(b.get(key)).isEqualTo("v1"));
  }

  @Test
  void write_whileTheLayerIsAway_isMade() throws IOException {
    assertThat(b.get("k")).isEqualTo("v0");
    a.link().cut = true;

    assertThat(a.cache().write("k", () -> commit("v1")).isKnown()).isFalse();
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().invalidate("k", () -> commit("v2")).isKnown()).isFalse();
    assertThat(a.get("k")).isEqualTo("v2");
    assertThatThrownBy(
            () ->
                a.cache()
                    .<IOException>invalidate(
                        "k",
                        () -> {
                          commit("v3");
                          throw new IOException("after the commit");
                        }))
        .isInstanceOf(IOException.class);
    assertThat(a.get("k")).isEqualTo("v3");

    heal();
    assertThat(b.get("k")).isEqualTo("v3");
  }

  @Test
  void write_whoseEndIsLost_isInvalidatedWhenTheLayerAnswers() {
    assertThat(b.get("k")).isEqualTo("v0");

    Stamp stamp =
        a.cache()
            .write(
                "k",
                () -> {
                  a.link().cut = true;
                  return commit("v1");
                });

    assertThat(stamp.isKnown()).isFalse();
    assertThat(b.cache().get("k").reason()).isEqualTo(Result.Reason.WRITING);
    heal();
    world.time.advance(QUEUE.lease());
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void write_whoseEndIsLostUnderFail_throwsAndLeavesTheAnnouncement() {
    assertThat(a.get("k")).isEqualTo("v0");

    assertThatThrownBy(
            () ->
                b.cache()
                    .write(
                        "k",
                        () -> {
                          b.link().cut = true;
                          return commit("v1");
                        }))
        .isInstanceOf(LayerUnavailableException.class);

    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.WRITING);
    assertThat(a.get("k")).isEqualTo("v1");
    world.time.advance(World.POLICY.lease());
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.LOADER);
  }

  @Test
  void invalidate_thatWasDoneButNotAnswered_isSentAgain() {
    assertThat(b.get("k")).isEqualTo("v0");
    commit("v1");
    a.link().losesAnswers = true;

    Stamp stamp = a.cache().invalidate("k");

    assertThat(stamp.isKnown()).isFalse();
    assertThat(a.get("k")).isEqualTo("v1");
    a.link().losesAnswers = false;
    heal();
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void invalidate_ofWhatIsBeingSent_isSentOnceMore() {
    a.link().cut = true;
    commit("v1");
    a.cache().invalidate("k");
    a.link().cut = false;
    a.link().beforeAnswer = // the layer has done it; what is written now needs another one
        () -> {
          a.link().beforeAnswer = null;
          assertThat(b.get("k")).isEqualTo("v1");
          commit("v2");
          a.link().cut = true;
          a.cache().invalidate("k");
          a.link().cut = false;
        };
    world.time.advance(QUEUE.heartbeat());
    world.time.advance(QUEUE.heartbeat());

    assertThat(b.get("k")).isEqualTo("v2");
    assertThat(a.get("k")).isEqualTo("v2");
  }

  @Test
  void invalidate_ofMoreThanThereIsRoomFor_invalidatesAll() {
    world.source.put("other", "v0");
    assertThat(b.get("other")).isEqualTo("v0");
    assertThat(b.get("k")).isEqualTo("v0");
    a.link().cut = true;
    commit("v1");
    a.cache().invalidate("k");
    for (int i = 0; i < Unsent.MOST; i++) {
      a.cache().invalidate("x" + i);
    }
    world.source.put("other", "v1");
    a.link().cut = false;
    assertThat(a.get("other")).as("all is covered now").isEqualTo("v1");

    heal();

    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(b.get("other")).isEqualTo("v1");
  }

  @Test
  void invalidate_ofALayerNeverReached_waitsForIt() {
    World.Link away = new World.Link(world.layer);
    away.cut = true;
    assertThat(b.get("k")).isEqualTo("v0");
    Instance late = world.instance(away, QUEUE);
    commit("v1");
    assertThat(late.cache().invalidate("k").isKnown()).isFalse();
    assertThat(late.get("k")).isEqualTo("v1");

    away.cut = false;
    world.time.advance(QUEUE.heartbeat());

    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(late.get("k")).isEqualTo("v1");
  }

  @Test
  void failSafe_ofWhatWaits_isNotServed() {
    Policy safe = QUEUE.failSafe(Duration.ofHours(1)).softTimeout(Duration.ZERO);
    boolean[] broken = {false};
    Instance c =
        world.instance(
            safe,
            load -> {
              if (broken[0]) {
                throw new IOException("the source is away too");
              }
              return world.load(load);
            });
    assertThat(c.get("k")).isEqualTo("v0");
    c.link().cut = true;
    commit("v1");
    c.cache().invalidate("k");
    broken[0] = true;

    assertThat(c.cache().get("k").failure()).isInstanceOf(IOException.class);
    c.link().cut = false;
    assertThat(c.cache().get("k").failure()).isInstanceOf(IOException.class);
  }
}
