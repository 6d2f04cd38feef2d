package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Recorder;
import io.stateward.signal.Signal;
import io.stateward.store.Sample.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 5, 8 and 10 where they concern what is selected: the cost follows the change. */
interface SelectionRules extends StoreSubjects {

  @Test
  @DisplayName("5.12 a conflated subscriber is not left behind by a commit of something else")
  default void rule5_12_unrelatedCommitDoesNotSwallowTheLatest() {
    Store<Sample> store = store(0, 0);
    store.subscribe(
        change -> {
          if (change.now().right() == 0) {
            store.update(state -> state.withRight(1));
          }
        });
    Recorder<Integer> told = new Recorder<>();
    store.select(Sample::left).subscribe(Delivery.latest(), told);

    store.update(state -> state.withLeft(1));

    assertThat(told.values()).containsExactly(1);
  }

  @Test
  @DisplayName("5.13 nor by a commit of an equal state")
  default void rule5_13_equalCommitDoesNotSwallowTheLatest() {
    Store<Sample> store = store(0, 0);
    List<Object> repeated = new ArrayList<>();
    store.subscribe(
        change -> {
          if (repeated.isEmpty()) {
            repeated.add(change);
            store.update(state -> new Sample(state.left(), state.right(), state.entries()));
          }
        });
    Recorder<Sample> told = new Recorder<>();
    store.subscribe(Delivery.latest(), told);

    store.update(state -> state.withLeft(1));

    assertThat(told.values()).containsExactly(Sample.of(1, 0));
  }

  @Test
  @DisplayName("8.10 a selection of several parts is computed when one of them changed")
  default void rule8_10_severalPartsAreMemoised() {
    Store<Sample> store = store(1, 2);
    List<Integer> computed = new ArrayList<>();
    Signal<Integer> sum =
        store.select(
            Sample::left,
            Sample::right,
            (left, right) -> {
              computed.add(left + right);
              return left + right;
            });
    Recorder<Integer> told = new Recorder<>();
    sum.subscribe(told);
    sum.get();

    store.update(state -> state.withEntries(state.entries().plus(new Key(1, new AtomicLong()), 1)));
    store.update(state -> state.withLeft(10));

    assertThat(computed).containsExactly(3, 12);
    assertThat(told.values()).containsExactly(12);
  }

  @Test
  @DisplayName("8.11 a selection and its slice agree on every commit")
  default void rule8_11_sliceIsSeenThroughBoth() {
    Store<Sample> store = store(1, 2);
    Store<Integer> left = store.slice(Sample::left, Sample::withLeft);
    Recorder<Sample> whole = new Recorder<>();
    Recorder<Integer> part = new Recorder<>();
    store.subscribe(whole);
    left.subscribe(part);

    left.update(value -> value + 10);
    store.update(state -> state.withLeft(20));
    left.set(30);

    assertThat(part.values()).containsExactly(11, 20, 30);
    assertThat(whole.values())
        .containsExactly(Sample.of(11, 2), Sample.of(20, 2), Sample.of(30, 2));
    assertThat(left.get()).isEqualTo(store.get().left());
  }

  @Test
  @DisplayName("10.3 a commit evaluates a selector once, however many subscribe to it")
  default void rule10_3_oneEvaluationPerSelector() {
    Store<Sample> store = store(0, 0);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> left =
        store.select(
            state -> {
              evaluated.add(state.left());
              return state.left();
            });
    Recorder<Integer> told = new Recorder<>();
    for (int i = 0; i < 100; i++) {
      left.subscribe(told);
    }
    evaluated.clear();

    store.update(state -> state.withLeft(1));
    store.update(state -> state.withRight(1));

    assertThat(evaluated).containsExactly(1, 1);
    assertThat(told.values()).hasSize(100);
  }

  @Test
  @DisplayName("10.4 a commit costs as many looks at keys as changed, however many are observed")
  default void rule10_4_keyedCostFollowsTheChange() {
    AtomicLong looks = new AtomicLong();
    Key[] keys = new Key[5_000];
    MapBuilder<Key, Integer> entries = PersistentMap.builder();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new Key(i, looks);
      entries.put(keys[i], 0);
    }
    Store<Sample> store = create("keyed", new Sample(0, 0, entries.build()));
    Keyed<Key, Integer> keyed = store.entries(Sample::entries);
    Recorder<Integer> others = new Recorder<>();
    Recorder<Integer> one = new Recorder<>();
    keyed.at(keys[77]).subscribe(one);
    for (int i = 100; i < keys.length; i++) {
      keyed.at(keys[i]).subscribe(others);
    }
    looks.set(0);

    store.update(state -> state.withEntries(state.entries().plus(keys[77], 1)));

    assertThat(looks).hasValueLessThan(100);
    assertThat(one.changes()).containsExactly(new Change<>(0, 1, store.version()));
    assertThat(others.changes()).isEmpty();
  }

  @Test
  @DisplayName("10.5 a keyed subscription is told when its entry comes, changes and goes")
  default void rule10_5_keyedSubscriptionFollowsItsEntry() {
    AtomicLong looks = new AtomicLong();
    Key mine = new Key(1, looks);
    Key other = new Key(2, looks);
    Store<Sample> store = store(0, 0);
    Recorder<Integer> told = new Recorder<>();
    store.entries(Sample::entries).at(mine).subscribe(told);

    store.update(state -> state.withEntries(state.entries().plus(mine, 1)));
    store.update(state -> state.withEntries(state.entries().plus(other, 5)));
    store.update(state -> state.withEntries(state.entries().plus(mine, 2)));
    store.update(state -> state.withEntries(state.entries().minus(mine)));

    assertThat(told.values()).containsExactly(1, 2, null);
    told.verifyJoined();
  }
}
