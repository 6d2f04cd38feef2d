package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentMap;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What subscribers are told while others commit, subscribe and close.
 *
 * <p>Claimed: from its start to the last commit, a subscription is told a joined chain of changes
 * that ends at the final value, one at a time; a commit made after {@code close} returned is never
 * told.
 *
 * <p>Excluded: how many changes a signal of several stores is told of, which depends on who runs
 * ahead; and a callback that another thread had begun when {@code close} returned.
 */
final class DeliveryStressTest {

  private static final int COMMITS = 20_000;
  private static final int SUBSCRIPTIONS_KEPT = 200;

  private record State(int number, PersistentMap<String, Integer> entries) {
    State next() {
      return new State(number + 1, entries.plus("key", number + 1));
    }
  }

  /** The kinds of signal that a number goes through. */
  enum Kind {
    STORE((store, other) -> store.map(State::number)),
    SELECT((store, other) -> store.select(State::number)),
    KEYED((store, other) -> store.entries(State::entries).at("key").map(n -> n == null ? 0 : n)),
    COMBINE((store, other) -> Signal.combine(store, other, (s, o) -> s.number() + o)),
    DERIVE((store, other) -> Signal.derive(from -> from.get(store).number() + from.get(other))),
    MAP_OF_COMBINE(
        (store, other) ->
            Signal.combine(store, other, (s, o) -> s.number() + o).map(n -> n).map(n -> n)),
    MIDDLE(
        (store, other) -> {
          Signal<Integer> middle = Signal.derive(from -> from.get(store).number());
          Signal.derive(from -> from.get(middle) + from.get(other)).subscribe(change -> {});
          return middle;
        }),
    PARITY_AND_BACK((store, other) -> Signal.derive(from -> from.get(store).number() / 2 % 2)),
    MAPPED_PARITY(
        (store, other) ->
            Signal.combine(store, other, (s, o) -> s.number() / 2 % 2).map(n -> n * 10));

    /** Makes the signal. */
    interface Maker {
      Signal<Integer> of(Store<State> store, Store<Integer> other);
    }

    private final Maker maker;

    Kind(Maker maker) {
      this.maker = maker;
    }
  }

  /** One subscription, and whether what it is told joins up. */
  private static final class Follower {
    private final AtomicBoolean inside = new AtomicBoolean();
    private volatile int last;
    private volatile int count;
    private volatile String problem = "";

    void take(Change<Integer> change) {
      if (!inside.compareAndSet(false, true)) {
        problem = "two at once";
      }
      if (count > 0 && last != change.was()) {
        problem = "after %d came %s".formatted(last, change);
      }
      if (change.was().equals(change.now())) {
        problem = "no change: " + change;
      }
      last = change.now();
      count = count + 1;
      inside.set(false);
    }

    void verify(int atStart, int atEnd) {
      assertThat(problem).isEmpty();
      assertThat(count == 0 ? atStart : last).isEqualTo(atEnd);
    }
  }

  @ParameterizedTest
  @EnumSource
  void subscribe_amongCommits_losesNothingUpToTheLast(Kind kind) throws InterruptedException {
    Store<State> store = Store.of(new State(0, PersistentMap.of()));
    Signal<Integer> signal = kind.maker.of(store, Store.of(0));
    List<Follower> followers = new ArrayList<>();
    Race race = new Race();
    race.run(
        () -> {
          for (int i = 0; i < COMMITS; i++) {
            store.update(State::next);
          }
        });
    for (int t = 0; t < 2; t++) {
      race.during(
          () -> {
            Follower follower = new Follower();
            Subscription subscription = signal.subscribe(follower::take);
            synchronized (followers) {
              if (followers.size() < SUBSCRIPTIONS_KEPT) {
                followers.add(follower);
                return;
              }
            }
            subscription.close();
            assertThat(follower.problem).isEmpty();
          });
    }

    race.finish();

    int end = signal.get();
    for (Follower follower : followers) {
      follower.verify(end, end);
    }
  }

  /** The last commit races with the subscription, over and over: the narrowest window there is. */
  @ParameterizedTest
  @EnumSource
  void subscribe_againstOneCommit_isToldOrStartsFromIt(Kind kind) throws Exception {
    Store<State> store = Store.of(new State(0, PersistentMap.of()));
    Signal<Integer> signal = kind.maker.of(store, Store.of(0));
    signal.subscribe(change -> {});
    AtomicInteger round = new AtomicInteger();
    AtomicInteger committed = new AtomicInteger();
    int rounds = 2_000;
    Race race = new Race();
    race.run(
        () -> {
          for (int i = 1; i <= rounds; i++) {
            await(() -> round.get(), i, race);
            store.update(State::next);
            committed.set(i);
          }
        });
    race.run(
        () -> {
          for (int i = 1; i <= rounds; i++) {
            int before = signal.get();
            Follower follower = new Follower();
            AtomicInteger start = new AtomicInteger(before);
            round.set(i);
            for (int spins = ThreadLocalRandom.current().nextInt(50); spins > 0; spins--) {
              Thread.onSpinWait();
            }
            Subscription subscription =
                signal.subscribe(
                    Delivery.every().withCurrent(),
                    change -> {
                      if (change.was().equals(change.now())) {
                        start.set(change.now());
                      } else {
                        follower.take(change);
                      }
                    });
            await(() -> committed.get(), i, race);
            follower.verify(start.get(), signal.get());
            subscription.close();
          }
        });

    race.finish();
  }

  private static void await(Supplier<Integer> value, int expected, Race race) {
    for (int spins = 0; value.get() < expected && !race.isOver(); spins++) {
      if (spins > 100) {
        Thread.yield(); // there may be more threads than processors
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_amongCommits_isNotToldOfLaterOnes(Kind kind) throws InterruptedException {
    Store<State> store = Store.of(new State(0, PersistentMap.of()));
    Signal<Integer> signal = kind.maker.of(store, Store.of(0));
    boolean monotone = kind.ordinal() <= Kind.MIDDLE.ordinal();
    AtomicInteger late = new AtomicInteger();
    Race race = new Race();
    race.run(
        () -> {
          for (int i = 0; i < COMMITS; i++) {
            store.update(State::next);
          }
        });
    for (int t = 0; t < 2; t++) {
      race.during(
          () -> {
            AtomicInteger bound = new AtomicInteger(Integer.MAX_VALUE);
            Subscription subscription =
                signal.subscribe(
                    change -> {
                      if (change.now() > bound.get()) {
                        late.incrementAndGet();
                      }
                    });
            Thread.onSpinWait();
            subscription.close();
            bound.set(monotone ? store.get().number() : Integer.MAX_VALUE);
          });
    }

    race.finish();

    assertThat(late).hasValue(0);
  }

  @Test
  void derived_ofTwoStoresCommittedByTwoThreads_isToldSeriallyUpToTheFinalValue()
      throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      Store<Integer> a = Store.of(0);
      Store<Integer> b = Store.of(0);
      Signal<Integer> sum = Signal.combine(a, b, Integer::sum);
      Signal<Integer> end = Signal.derive(from -> from.get(sum) * 2).map(n -> n / 2);
      Follower first = new Follower();
      Follower second = new Follower();
      sum.subscribe(first::take);
      end.subscribe(second::take);

      new Race()
          .run(() -> count(a, 1_000))
          .run(() -> count(b, 1_000))
          .during(() -> assertThat(end.get()).isLessThanOrEqualTo(2_000))
          .finish();

      first.verify(0, 2_000);
      second.verify(0, 2_000);
    }
  }

  private static void count(Store<Integer> store, int times) {
    for (int i = 0; i < times; i++) {
      store.update(n -> n + 1);
    }
  }

  /**
   * Dependencies that change all the time, subscribers that come and go, and readers at moments of
   * their own. Two signals depend on each other, each in the state in which the other does not.
   */
  @Test
  void dependencies_thatChangeAmongSubscribersThatComeAndGo_stayLinked()
      throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      Store<Boolean> turn = Store.of(false);
      Store<Integer> left = Store.of(0);
      Store<Integer> right = Store.of(0);
      List<Signal<Integer>> pair = new ArrayList<>();
      pair.add(Signal.derive(from -> from.get(turn) ? from.get(pair.get(1)) : from.get(left)));
      pair.add(Signal.derive(from -> from.get(turn) ? from.get(right) : from.get(pair.get(0))));
      Signal<Integer> top = Signal.combine(pair.get(0), pair.get(1), Integer::sum);
      Follower follower = new Follower();
      top.subscribe(follower::take);

      new Race()
          .run(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  turn.update(before -> !before);
                }
              })
          .run(() -> count(left, 2_000))
          .run(() -> count(right, 2_000))
          .during(() -> pair.get(0).subscribe(change -> {}).close())
          .during(() -> pair.get(1).subscribe(change -> {}).close())
          .during(() -> assertThat(top.get()).isBetween(0, 4_000))
          .finish();

      follower.verify(0, 4_000);
      count(left, 1);
      turn.set(true);
      count(right, 7);
      follower.verify(0, 4_014);
      turn.set(false);
      follower.verify(0, 4_002);
      count(left, 7);
      follower.verify(0, 4_016);
    }
  }

  @Test
  void latest_amongCommits_endsAtTheFinalValue() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      Store<State> store = Store.of(new State(0, PersistentMap.of()));
      AtomicLong last = new AtomicLong();
      Signal<Integer> hundreds = store.select(state -> state.number() / 100);
      hundreds.subscribe(Delivery.latest(), change -> last.set(change.now()));
      Race race = new Race();
      for (int t = 0; t < 2; t++) {
        race.run(
            () -> {
              for (int i = 0; i < 550; i++) {
                store.update(State::next);
              }
            });
      }

      race.finish();

      assertThat(last).hasValue(11);
    }
  }
}
