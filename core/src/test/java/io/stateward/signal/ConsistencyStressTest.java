package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What readers see while others commit.
 *
 * <p>Claimed: updates of one {@code atomically} are seen together; who has seen a commit sees
 * everything committed before it; versions never go back; an update that returned is seen by every
 * derived signal.
 *
 * <p>Excluded: {@code a.get()} followed by {@code b.get()} over stores that change atomically,
 * which is two readings and may well see the newer of the second.
 */
final class ConsistencyStressTest {

  private static final int COMMITS = 40_000;

  /** The ways to make one signal of two stores. */
  enum Joint {
    COMBINE {
      @Override
      Signal<Long> of(Signal<Integer> a, Signal<Integer> b) {
        return Signal.combine(a, b, Joint::pack);
      }
    },
    DERIVE {
      @Override
      Signal<Long> of(Signal<Integer> a, Signal<Integer> b) {
        return Signal.derive(from -> pack(from.get(a), from.get(b)));
      }
    },
    DIAMOND {
      @Override
      Signal<Long> of(Signal<Integer> a, Signal<Integer> b) {
        Signal<Integer> left = Signal.derive(from -> from.get(a));
        Signal<Integer> right = Signal.combine(left, b.map(n -> n), (unused, n) -> n);
        return Signal.combine(left.map(n -> n), right, Joint::pack);
      }
    };

    abstract Signal<Long> of(Signal<Integer> a, Signal<Integer> b);

    static long pack(int a, int b) {
      return ((long) a << 32) | b;
    }

    static int first(long both) {
      return (int) (both >> 32);
    }

    static int second(long both) {
      return (int) both;
    }
  }

  @ParameterizedTest
  @EnumSource
  void joint_ofStoresChangedAtomically_isNeverTorn(Joint joint) throws InterruptedException {
    Store<Integer> a = Store.of(0);
    Store<Integer> b = Store.of(0);
    Signal<Long> both = joint.of(a, b);
    AtomicReference<@Nullable Long> torn = new AtomicReference<>();
    both.subscribe(
        change -> {
          if (Joint.first(change.now()) != Joint.second(change.now())) {
            torn.set(change.now());
          }
        });

    new Race()
        .run(
            () -> {
              for (int n = 1; n <= COMMITS; n++) {
                int next = n;
                Store.atomically(
                    () -> {
                      a.set(next);
                      b.set(next);
                    },
                    a,
                    b);
              }
            })
        .during(() -> assertTogether(both.get()))
        .during(
            () -> {
              Versioned<Long> one = both.versioned();
              Versioned<Long> two = both.versioned();
              assertTogether(two.value());
              assertThat(two.version()).isGreaterThanOrEqualTo(one.version());
              assertThat(two.value()).isGreaterThanOrEqualTo(one.value());
              assertThat(two.version() == one.version()).isEqualTo(two.value().equals(one.value()));
            })
        .finish();

    assertThat(torn).hasNullValue();
    assertThat(both.get()).isEqualTo(Joint.pack(COMMITS, COMMITS));
  }

  private static void assertTogether(long both) {
    assertThat(Joint.second(both)).isEqualTo(Joint.first(both));
  }

  @ParameterizedTest
  @EnumSource
  void joint_ofStoresChangedOneAfterTheOther_neverSeesTheLaterWithoutTheEarlier(Joint joint)
      throws InterruptedException {
    Store<Integer> earlier = Store.of(0);
    Store<Integer> later = Store.of(0);
    Signal<Long> both = joint.of(earlier, later);
    Signal<Integer> mapped = earlier.map(n -> n);
    Signal<Integer> derived = Signal.derive(from -> from.get(later));

    new Race()
        .run(
            () -> {
              for (int n = 1; n <= COMMITS; n++) {
                earlier.set(n);
                later.set(n);
              }
            })
        .during(
            () -> {
              long seen = both.get();
              assertThat(Joint.first(seen)).isGreaterThanOrEqualTo(Joint.second(seen));
            })
        .during(
            () -> {
              int seen = derived.get();
              assertThat(mapped.get()).isGreaterThanOrEqualTo(seen);
              assertThat(Joint.second(both.get())).isGreaterThanOrEqualTo(seen);
            })
        .finish();
  }

  /**
   * Two stores that nobody has read together before, at each round: the first reading of both must
   * not take a commit for older than it is.
   */
  @ParameterizedTest
  @EnumSource
  void update_ofStoresReadTogetherForTheFirstTime_isSeenWhenItReturns(Joint joint)
      throws InterruptedException {
    int rounds = 10_000;
    AtomicReference<Store<Integer>> second = new AtomicReference<>(Store.of(0));
    AtomicReference<Signal<Long>> both = new AtomicReference<>(joint.of(Store.of(0), second.get()));
    CyclicBarrier turn =
        new CyclicBarrier(
            2,
            () -> {
              second.set(Store.of(0));
              both.set(joint.of(Store.of(0), second.get()));
            });

    new Race()
        .run(
            () -> {
              for (int i = 0; i < rounds; i++) {
                turn.await();
                both.get().get();
                turn.await();
              }
            })
        .run(
            () -> {
              for (int i = 0; i < rounds; i++) {
                turn.await();
                Store<Integer> store = second.get();
                Signal<Long> signal = both.get();
                store.set(1);
                assertThat(signal.get()).isEqualTo(1L);
                turn.await();
              }
            })
        .finish();
  }

  @Test
  void update_ofOneStoreByManyThreads_isSeenByWhatIsDerivedWhenItReturns()
      throws InterruptedException {
    Store<Integer> store = Store.of(0);
    Store<Integer> other = Store.of(0);
    Signal<Integer> sum = Signal.combine(store.map(n -> n), other, Integer::sum);
    Signal<Integer> chained = Signal.derive(from -> from.get(sum) + from.get(store) * 0);
    Race race = new Race();
    for (int t = 0; t < 3; t++) {
      race.run(
          () -> {
            for (int i = 0; i < COMMITS / 4; i++) {
              int mine = store.update(n -> n + 1);
              assertThat(chained.get()).isGreaterThanOrEqualTo(mine);
              assertThat(sum.get()).isGreaterThanOrEqualTo(mine);
            }
          });
    }

    race.finish();

    assertThat(chained.get()).isEqualTo(3 * (COMMITS / 4));
  }

  @Test
  void version_ofAProjectionThatGoesBackAndForth_growsWithItsValue() throws InterruptedException {
    Store<Integer> store = Store.of(0);
    Signal<Integer> part = store.select(n -> n / 2 % 2);

    new Race()
        .run(
            () -> {
              for (int n = 1; n <= COMMITS * 2; n++) {
                store.set(n);
              }
            })
        .during(() -> assertGrows(part))
        .during(() -> assertGrows(part))
        .finish();
  }

  private static void assertGrows(Signal<Integer> part) {
    Versioned<Integer> one = part.versioned();
    Versioned<Integer> two = part.versioned();
    if (one.value().equals(two.value())) {
      assertThat(two.version()).isGreaterThanOrEqualTo(one.version());
    } else {
      assertThat(two.version()).isGreaterThan(one.version());
    }
  }

  /**
   * Many paths, few levels: threads that evaluate at different moments must not wear each other
   * out.
   */
  @Test
  void ladder_readByManyWhileItsBottomChanges_isReadInTime() throws InterruptedException {
    Store<Integer> bottom = Store.of(1);
    Signal<Integer> left = bottom.map(n -> n);
    Signal<Integer> right = bottom.map(n -> n);
    for (int level = 0; level < 40; level++) {
      Signal<Integer> l = left;
      Signal<Integer> r = right;
      left = Signal.combine(l, r, (a, b) -> (a + b) % 1_000_003);
      right = Signal.derive(from -> (from.get(l) + from.get(r)) % 1_000_003);
    }
    Signal<Integer> top = Signal.combine(left, right, (a, b) -> a - b);
    Race race = new Race();
    race.run(() -> IntStream.range(0, 2_000).forEach(bottom::set));
    for (int t = 0; t < 3; t++) {
      race.during(() -> assertThat(top.get()).isZero());
    }

    race.finish();
  }
}
