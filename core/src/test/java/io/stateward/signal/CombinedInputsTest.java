package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A combination reads again only what has moved, as far as that is remembered.
 *
 * <p>Claimed: whatever was committed since it was read last, one by one or together, few commits or
 * more than are remembered, of stores it is made of or of others, it holds the newest values; and
 * so it does while others commit.
 */
final class CombinedInputsTest {

  private static final int STORES = 12;

  /** Stores and a signal of all of them: as they are, mapped, derived, and some twice. */
  private static final class Wide {
    final List<Store<Integer>> stores = IntStream.range(0, STORES).mapToObj(Store::of).toList();
    final int[] model = IntStream.range(0, STORES).toArray();
    final Signal<List<Integer>> all;

    Wide() {
      List<Signal<? extends Integer>> inputs = new ArrayList<>(stores.subList(0, STORES - 2));
      Store<Integer> mapped = stores.get(STORES - 2);
      Store<Integer> derived = stores.get(STORES - 1);
      inputs.add(mapped.map(n -> n + 1));
      inputs.add(Signal.derive(from -> from.get(derived) + from.get(mapped)));
      inputs.add(stores.get(0));
      all = Signal.<Integer, List<Integer>>combineAll(inputs, List::copyOf);
    }

    void set(int store, int value) {
      model[store] = value;
      stores.get(store).set(value);
    }

    List<Integer> expected() {
      List<Integer> expected = new ArrayList<>();
      Arrays.stream(model, 0, STORES - 2).forEach(expected::add);
      expected.add(model[STORES - 2] + 1);
      expected.add(model[STORES - 1] + model[STORES - 2]);
      expected.add(model[0]);
      return expected;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void combination_afterAnyNumberOfCommits_holdsTheNewest(boolean subscribed) {
    Random random = new Random(20260403);
    Wide wide = new Wide();
    Store<Integer> foreign = Store.of(0);
    Signal<Integer> ofForeign = Signal.combine(foreign, wide.stores.get(1), Integer::sum);
    List<List<Integer>> told = new ArrayList<>();
    if (subscribed) {
      wide.all.subscribe(change -> told.add(change.now()));
    }

    for (int round = 0; round < 3_000; round++) {
      for (int commits = random.nextInt(40); commits > 0; commits--) {
        commit(random, wide, foreign);
      }
      assertThat(wide.all.get()).isEqualTo(wide.expected());
      assertThat(ofForeign.get()).isEqualTo(foreign.get() + wide.model[1]);
    }
    if (subscribed) {
      assertThat(told.get(told.size() - 1)).isEqualTo(wide.expected());
    }
  }

  private static void commit(Random random, Wide wide, Store<Integer> foreign) {
    int one = random.nextInt(STORES);
    int other = random.nextInt(STORES);
    int value = random.nextInt(5);
    switch (random.nextInt(8)) {
      case 0 ->
          Store.atomically(
              () -> {
                wide.set(one, value);
                wide.set(other, value);
                assertThat(wide.all.get()).isEqualTo(wide.expected());
              },
              wide.stores.get(one),
              wide.stores.get(other));
      case 1 -> foreign.set(foreign.get() + 1);
      default -> wide.set(one, value);
    }
  }

  @Test
  void combination_whileOthersCommit_showsWhatAnUpdateThatReturnedHasSet()
      throws InterruptedException {
    List<Store<Integer>> stores = IntStream.range(0, STORES).mapToObj(i -> Store.of(0)).toList();
    Signal<List<Integer>> all = Signal.<Integer, List<Integer>>combineAll(stores, List::copyOf);

    new Race()
        .run(() -> commitAndLook(stores, all, 0))
        .run(() -> commitAndLook(stores, all, 1))
        .during(() -> assertNewer(all.get(), all.get()))
        .finish();

    assertThat(all.get()).allMatch(n -> n == 2_000);
  }

  /** Counts every other store up in turn, and looks whether the combination has it. */
  private static void commitAndLook(
      List<Store<Integer>> stores, Signal<List<Integer>> all, int first) {
    for (int n = 1; n <= 2_000; n++) {
      for (int i = first; i < stores.size(); i += 2) {
        stores.get(i).set(n);
        assertThat(all.get().get(i)).isEqualTo(n);
      }
    }
  }

  private static void assertNewer(List<Integer> earlier, List<Integer> later) {
    for (int i = 0; i < earlier.size(); i++) {
      assertThat(later.get(i)).isGreaterThanOrEqualTo(earlier.get(i));
    }
  }
}
