package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntryChange;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.Concurrently;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Time travel, one rule at a time. */
final class TimelineTest {

  private static final TreeCodec<Integer> NUMBERS =
      TreeCodec.of("number/1", number -> Tree.of((long) number), Tree::asInt);

  private final VirtualTimekeeper time =
      VirtualTimekeeper.startingAt(Instant.parse("2026-01-31T12:00:00Z"));
  private final ReducingStore<Integer, Integer> store =
      Store.reducing("sum", 0, (sum, more) -> sum + more);
  private final AtomicInteger calls = new AtomicInteger();
  private final Timeline<Integer, Integer> timeline = Timeline.of(store, this::plus, 1_000, time);

  private Integer plus(Integer sum, Integer more) {
    calls.incrementAndGet();
    return sum + more;
  }

  @Test
  void view_notPinned_isTheStoreAndCallsNoReducer() {
    Recorder<Integer> seen = new Recorder<>();
    timeline.view().subscribe(seen);

    store.dispatch(1);
    store.dispatch(2);

    assertThat(seen.values()).containsExactly(1, 3);
    assertThat(timeline.status().get()).isEqualTo(new TimelineStatus(2, 0, 0, 2, 2, false, true));
    assertThat(calls).hasValue(0);
  }

  @Test
  void jump_storeGoesOn_viewStays() {
    store.dispatch(1);
    store.dispatch(2);
    Recorder<Integer> seen = new Recorder<>();
    timeline.view().subscribe(seen);

    timeline.jump(1);
    store.dispatch(4);
    timeline.stepForward();
    timeline.resume();

    assertThat(seen.values()).containsExactly(1, 3, 7);
    assertThat(store.get()).isEqualTo(7);
  }

  @Test
  void jump_whatIsNotKept_saysWhatIs() {
    Timeline<Integer, Integer> two = Timeline.of(store, this::plus, 2, time);
    IntStream.rangeClosed(1, 4).forEach(store::dispatch);

    assertThat(two.jump(1)).isEqualTo(new MomentResult.NotKept<>(2, 4));
    assertThat(two.jump(5)).isEqualTo(new MomentResult.NotKept<>(2, 4));
    assertThat(two.jump(2).<Integer>fold(found -> found.moment().after(), notKept -> -1))
        .isEqualTo(3);
    assertThat(two.stepBack()).isEqualTo(new MomentResult.NotKept<>(2, 4));
    assertThat(two.view().get()).isEqualTo(3);
  }

  @Test
  void jump_pinnedMomentIsDropped_viewKeepsItsState() {
    Timeline<Integer, Integer> two = Timeline.of(store, this::plus, 2, time);
    store.dispatch(1);
    two.jump(1);
    IntStream.rangeClosed(2, 5).forEach(store::dispatch);

    assertThat(two.view().get()).isEqualTo(1);
    assertThat(two.stepForward().<Long>fold(found -> found.moment().version(), notKept -> -1L))
        .isEqualTo(3);
  }

  @Test
  void moments_sayWhenWhyAndWhat() {
    store.dispatch(1);
    time.advance(Duration.ofSeconds(1));
    timeline.label("hydrate", () -> store.set(10));
    store.update(sum -> sum + 1);

    assertThat(timeline.moments())
        .containsExactly(
            new Moment<>(1, time.now().minusSeconds(1), null, List.of(1), 0, 1, false),
            new Moment<>(2, time.now(), "hydrate", List.of(), 1, 10, false),
            new Moment<>(3, time.now(), null, List.of(), 10, 11, false));
    assertThat(timeline.moments())
        .extracting(Moment::cause)
        .containsExactly("1", "hydrate", "update");
  }

  @Test
  void moment_entries_areTheDifference() {
    Store<PersistentMap<String, Integer>> map = Store.of(PersistentMap.of());
    Timeline<PersistentMap<String, Integer>, Void> ofMap = Timeline.of(map);
    map.update(all -> all.plus("a", 1).plus("b", 2));
    map.update(all -> all.plus("a", 3));

    assertThat(ofMap.moments().get(1).<String, Integer>entries(all -> all).changes())
        .containsExactly(new EntryChange.Changed<>("a", 1, 3));
  }

  @Test
  void slice_logsItsOwnChangesAlone() {
    record Whole(int mine, int other) {}
    Store<Whole> whole = Store.of(new Whole(0, 0));
    Store<Integer> mine = whole.slice(Whole::mine, (all, next) -> new Whole(next, all.other()));
    Timeline<Integer, Void> ofMine = Timeline.of(mine);

    mine.set(1);
    whole.update(all -> new Whole(all.mine(), 5));
    mine.set(2);

    assertThat(ofMine.moments()).extracting(Moment::version).containsExactly(1L, 3L);
    ofMine.jump(2);
    assertThat(ofMine.view().get()).isEqualTo(1);
  }

  @Test
  void skip_callsTheReducerForTheActionsAfterItAlone() {
    IntStream.rangeClosed(1, 1_000).forEach(store::dispatch);

    assertThat(callsOf(() -> timeline.skip(700))).isEqualTo(300);
    assertThat(timeline.view().get()).isEqualTo(500_500 - 700);
    assertThat(callsOf(() -> timeline.jump(900))).isZero();
    assertThat(timeline.view().get()).isEqualTo(900 * 901 / 2 - 700);
    assertThat(callsOf(() -> timeline.skip(901))).isEqualTo(99);
    assertThat(callsOf(() -> timeline.skip(10))).isEqualTo(988);
    assertThat(timeline.view().get()).isEqualTo(900 * 901 / 2 - 700 - 10);
    assertThat(callsOf(() -> timeline.include(700))).isEqualTo(299 + 1);
    assertThat(callsOf(() -> timeline.include(10))).isEqualTo(99);
    assertThat(callsOf(() -> timeline.include(901))).isZero();
    assertThat(callsOf(() -> timeline.skip(500))).isEqualTo(500);
    assertThat(callsOf(() -> timeline.includeAll())).isZero();
    timeline.resume();
    assertThat(timeline.view().get()).isEqualTo(500_500);
  }

  private int callsOf(Runnable work) {
    calls.set(0);
    work.run();
    return calls.get();
  }

  @Test
  void skip_reducerWasInjectedLater_isRepeatedToo() {
    Timeline<Integer, Integer> ofStore = Timeline.of(store);
    store.inject((sum, more) -> more == 10 ? sum * 2 : sum);
    store.dispatch(1);
    store.dispatch(2);
    store.dispatch(10);

    ofStore.skip(2);

    assertThat(store.get()).isEqualTo(26);
    assertThat(ofStore.view().get()).isEqualTo(22);
  }

  @Test
  void skip_storeGoesOn_viewShowsTheRestOnItsBranch() {
    store.dispatch(1);
    store.dispatch(2);
    Recorder<Integer> seen = new Recorder<>();
    timeline.view().subscribe(seen);

    timeline.skip(1);
    assertThat(callsOf(() -> store.dispatch(4))).isEqualTo(1);

    assertThat(seen.values()).containsExactly(2, 6);
    assertThat(timeline.status().get().live()).isFalse();
    store.set(100);
    assertThat(timeline.view().get()).as("an update cannot be repeated").isEqualTo(100);
    assertThat(timeline.status().get().live()).isTrue();
  }

  @Test
  void skip_laterActionsMakeNoDifference_stopsThere() {
    AtomicInteger reductions = new AtomicInteger();
    ReducingStore<String, String> words = Store.reducing("words", "", (was, word) -> word);
    Timeline<String, String> ofWords =
        Timeline.of(
            words,
            (was, word) -> {
              reductions.incrementAndGet();
              return word;
            });
    IntStream.range(0, 100).forEach(i -> words.dispatch("word " + i));

    ofWords.skip(50);

    assertThat(reductions).hasValue(1);
    assertThat(ofWords.moments().get(49).after()).isEqualTo("word 48");
    assertThat(ofWords.status().get().live()).isTrue();
  }

  @Test
  void skip_reducerThrowsOnABranchItNeverSaw_isReportedAndChangesNothing() {
    ReducingStore<Integer, Integer> quotient = Store.reducing("quotient", 1, (all, by) -> by / all);
    Timeline<Integer, Integer> ofQuotient =
        Timeline.of(quotient, (all, by) -> by == 7 ? failing() : by / all);
    quotient.dispatch(5);
    quotient.dispatch(5);
    quotient.dispatch(7);

    try (Reports reports = new Reports()) {
      ofQuotient.skip(1);

      assertThat(ofQuotient.view().get()).isEqualTo(5);
      assertThat(reports.naming("Timeline of 'quotient'"))
          .extracting(failed -> failed.problem())
          .containsExactly(
              "The reducer threw for 7 of version 3, replayed without what was skipped; it shows the state before.");
    }
  }

  private static Integer failing() {
    throw new IllegalStateException("no");
  }

  @Test
  void clear_startsFromNow() {
    store.dispatch(1);
    timeline.skip(1);
    timeline.clear();
    store.dispatch(2);

    assertThat(timeline.moments()).extracting(Moment::version).containsExactly(2L);
    assertThat(timeline.view().get()).isEqualTo(3);
  }

  @Test
  void close_whatWasRecordedCanBeLookedAt() {
    store.dispatch(1);
    store.dispatch(2);
    timeline.close();
    store.dispatch(4);

    assertThat(timeline.moments()).hasSize(2);
    timeline.jump(1);
    assertThat(timeline.view().get()).isEqualTo(1);
    timeline.resume();
    assertThat(timeline.view().get()).isEqualTo(7);
  }

  @Test
  void codec_json_isReadable() {
    store.dispatch(1);
    timeline.label("import", () -> store.set(10));
    timeline.skip(1);
    TreeCodec<SavedTimeline<Integer, Integer>> codec = SavedTimeline.codec(NUMBERS, NUMBERS, 10);

    assertThat(codec.toTree(timeline.save()).toJson())
        .isEqualTo(
            "{\"format\":\"timeline/1\",\"states\":\"number/1\",\"actions\":\"number/1\","
                + "\"version\":0,\"time\":\"2026-01-31T12:00:00Z\",\"state\":0,\"commits\":["
                + "{\"version\":1,\"time\":\"2026-01-31T12:00:00Z\",\"actions\":[1],\"skipped\":true},"
                + "{\"version\":2,\"time\":\"2026-01-31T12:00:00Z\",\"label\":\"import\",\"state\":10}]}");
  }

  @Test
  void open_withAnotherReducer_showsWhatItWouldHaveMade() {
    store.dispatch(3);
    store.dispatch(4);
    TreeCodec<SavedTimeline<Integer, Integer>> codec = SavedTimeline.codec(NUMBERS, NUMBERS, 10);

    var opened =
        Timeline.open(codec.decode(codec.encode(timeline.save())), (sum, more) -> sum + 10 * more);

    assertThat(opened.view().get()).isEqualTo(70);
    opened.skip(1);
    assertThat(opened.view().get()).isEqualTo(40);
    opened.stepBack();
    assertThat(opened.view().get()).isZero();
  }

  @Test
  void codec_withoutActions_roundTrips() {
    Store<Integer> plain = Store.of(0);
    Timeline<Integer, Void> ofPlain = Timeline.of(plain, 10, time);
    plain.set(1);
    plain.set(2);
    Codec<SavedTimeline<Integer, Void>> codec = SavedTimeline.codec(NUMBERS, 10);

    var opened = Timeline.open(codec.decode(codec.encode(ofPlain.save())), (state, none) -> state);

    assertThat(opened.moments()).isEqualTo(ofPlain.moments());
  }

  @Test
  void decode_anotherSchemaOrTooLong_isRefusedByName() {
    store.dispatch(1);
    store.dispatch(2);
    byte[] kept = SavedTimeline.codec(NUMBERS, NUMBERS, 10).encode(timeline.save());
    TreeCodec<Integer> newer = TreeCodec.of("number/2", n -> Tree.of((long) n), Tree::asInt);

    assertThatThrownBy(() -> SavedTimeline.codec(newer, NUMBERS, 10).decode(kept))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("its states are 'number/1' and not 'number/2'");
    assertThatThrownBy(() -> SavedTimeline.codec(NUMBERS, newer, 10).decode(kept))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("its actions are 'number/1' and not 'number/2'");
    assertThatThrownBy(() -> SavedTimeline.codec(NUMBERS, 10).decode(kept))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("its actions are 'number/1' and not 'none'");
    assertThatThrownBy(() -> SavedTimeline.codec(NUMBERS, NUMBERS, 1).decode(kept))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("it has 2 commits, and up to 1 are allowed");
  }

  @Test
  void savedTimeline_thatCannotBe_isRefused() {
    var commit =
        new SavedTimeline.Commit<Integer, Integer>(3, time.now(), null, List.of(1), null, false);

    assertThatThrownBy(() -> new SavedTimeline<>(3, time.now(), 0, List.of(commit)))
        .hasMessage("Versions of a timeline grow; 3 does not come after 3.");
    assertThatThrownBy(
            () ->
                new SavedTimeline.Commit<Integer, Integer>(
                    3, time.now(), null, List.of(), null, false))
        .hasMessageContaining("version 3 has neither");
    assertThatThrownBy(() -> Timeline.of(store, this::plus, 0, time))
        .hasMessageContaining("at least 1 moment, not 0");
  }

  @Test
  void insideAnUpdater_isRefused() {
    assertThatThrownBy(
            () ->
                store.update(
                    sum -> {
                      timeline.jump(0);
                      return sum;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("jump in the timeline of 'sum'");
  }

  @Test
  void manyThreads_dispatchJumpAndSkip_everyCommitIsThereInOrder() {
    int rounds = 1_000;
    Timeline<Integer, Integer> all = Timeline.of(store, this::plus, 10_000, time);
    Runnable dispatching = () -> IntStream.range(0, rounds).forEach(i -> store.dispatch(1));
    Runnable travelling =
        () ->
            IntStream.range(0, 200)
                .forEach(
                    i -> {
                      all.jump(i * 3);
                      all.skip(i);
                      all.view().get();
                      all.include(i / 2);
                      all.resume();
                    });

    Concurrently.together(
        Duration.ofSeconds(60), dispatching, dispatching, dispatching, travelling, travelling);

    List<Moment<Integer, Integer>> moments = all.moments();
    int skipped = (int) moments.stream().filter(Moment::skipped).count();
    assertThat(moments)
        .extracting(Moment::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 3L * rounds).boxed().toList());
    assertThat(all.view().get()).isEqualTo(3 * rounds - skipped);
    all.includeAll();
    assertThat(all.view().get()).isEqualTo(3 * rounds);
    assertThat(all.moments()).allMatch(moment -> moment.after() == moment.version());
  }
}
