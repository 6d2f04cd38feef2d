package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.EntityTable;
import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Families: who makes values, who keeps them, and when they go. */
final class FamilyTest {

  private final List<String> log = new ArrayList<>();
  private final VirtualTimekeeper time = VirtualTimekeeper.create();

  /** A value that says when it is made and closed. */
  private final class Room implements AutoCloseable {
    final String name;

    Room(String name) {
      this.name = name;
      log.add("+" + name);
    }

    @Override
    public void close() {
      log.add("-" + name);
    }
  }

  @Test
  void get_exampleOfTheDocumentation_sharesOneSignalPerKey() {
    record Order(long id, String state) {}
    Store<EntityTable<Long, Order>> store =
        Store.of(EntityTable.<Long, Order>of(Order::id).set(new Order(7, "new")));
    Scope scope = Scope.root("shop");
    Keyed<Long, Order> all = store.entities(table -> table);
    Family<Long, Signal<@Nullable Order>> orders = scope.own(Family.lru("orders", 1_000, all::at));
    orders.get(7L).subscribe(change -> log.add(String.valueOf(change.now())));

    store.update(table -> table.set(new Order(7, "paid")));

    assertThat(orders.get(7L)).isSameAs(orders.get(7L));
    assertThat(log).containsExactly("Order[id=7, state=paid]");
    scope.close();
    assertThat(orders.isClosed()).isTrue();
  }

  @Test
  void counted_lastLeaseEnds_valueGoes() {
    LeasedFamily<String, Room> rooms = Family.counted("rooms", Room::new);
    Lease<Room> first = rooms.lease("lobby");
    Lease<Room> second = rooms.lease("lobby");

    assertThat(first.value()).isSameAs(second.value());
    first.close();
    first.close();
    assertThat(log).containsExactly("+lobby");
    assertThat(rooms.size()).isEqualTo(1);
    second.close();

    assertThat(log).containsExactly("+lobby", "-lobby");
    assertThat(rooms.size()).isZero();
  }

  @Test
  void counted_askedAgain_isMadeAnew() {
    LeasedFamily<String, Room> rooms = Family.counted("rooms", Room::new);

    rooms.lease("lobby").close();
    rooms.lease("lobby").close();

    assertThat(log).containsExactly("+lobby", "-lobby", "+lobby", "-lobby");
  }

  @Test
  void lru_tooMany_leastRecentlyUsedGoes() {
    Family<String, Room> rooms = Family.lru("rooms", 2, Room::new);
    rooms.get("a");
    rooms.get("b");
    rooms.get("a");

    rooms.get("c");

    assertThat(log).containsExactly("+a", "+b", "+c", "-b");
    assertThat(rooms.size()).isEqualTo(2);
  }

  @Test
  void lru_leased_isNotEvictedAndTakesNoRoom() {
    Family<String, Room> rooms = Family.lru("rooms", 1, Room::new);
    Lease<Room> lease = rooms.lease("a");
    rooms.get("b");
    rooms.get("c");
    assertThat(log).containsExactly("+a", "+b", "+c", "-b");

    lease.close();

    assertThat(log).endsWith("-c");
    assertThat(rooms.size()).isEqualTo(1);
  }

  @Test
  void idle_unusedForTheTime_goesAtThatMoment() {
    Family<String, Room> rooms = Family.idle("rooms", Duration.ofMinutes(5), time, Room::new);
    rooms.get("a");
    time.advance(Duration.ofMinutes(3));
    rooms.get("b");
    time.advance(Duration.ofMinutes(1));
    rooms.get("a");

    time.advance(Duration.ofMinutes(4).minusNanos(1));
    assertThat(log).containsExactly("+a", "+b");
    time.advance(Duration.ofNanos(1));
    assertThat(log).containsExactly("+a", "+b", "-b");
    time.advance(Duration.ofMinutes(1));

    assertThat(log).endsWith("-b", "-a");
    assertThat(rooms.size()).isZero();
    assertThat(time.pending()).isZero();
  }

  @Test
  void idle_leased_staysHoweverLong() {
    Family<String, Room> rooms = Family.idle("rooms", Duration.ofMinutes(5), time, Room::new);
    Lease<Room> lease = rooms.lease("a");

    time.advance(Duration.ofDays(1));
    assertThat(log).containsExactly("+a");
    lease.close();
    time.advance(Duration.ofMinutes(5));

    assertThat(log).containsExactly("+a", "-a");
  }

  @Test
  void ttl_used_goesAtItsAgeAllTheSame() {
    Family<String, Room> rooms = Family.ttl("rooms", Duration.ofMinutes(5), time, Room::new);
    Room first = rooms.get("a");
    time.advance(Duration.ofMinutes(4));
    assertThat(rooms.get("a")).isSameAs(first);

    time.advance(Duration.ofMinutes(1));

    assertThat(log).containsExactly("+a", "-a");
    assertThat(rooms.get("a")).isNotSameAs(first);
  }

  @Test
  void ttl_leased_isReplacedAndClosedWithItsLastLease() {
    Family<String, Room> rooms = Family.ttl("rooms", Duration.ofMinutes(5), time, Room::new);
    Lease<Room> old = rooms.lease("a");

    time.advance(Duration.ofMinutes(5));
    Room next = rooms.get("a");

    assertThat(next).isNotSameAs(old.value());
    assertThat(log).containsExactly("+a", "+a");
    old.close();
    assertThat(log).containsExactly("+a", "+a", "-a");
    assertThat(rooms.size()).isEqualTo(1);
  }

  @Test
  void evict_leased_nextOneIsNewAndOldOneClosedLater() {
    Family<String, Room> rooms = Family.lru("rooms", 9, Room::new);
    Lease<Room> old = rooms.lease("a");

    rooms.evict("a");
    rooms.evict("nobody");
    assertThat(rooms.size()).isZero();
    assertThat(rooms.get("a")).isNotSameAs(old.value());
    old.close();
    rooms.evict("a");

    assertThat(log).containsExactly("+a", "+a", "-a", "-a");
  }

  @Test
  void close_leasedOrNot_everyValueIsClosedOnce() {
    Family<String, Room> rooms = Family.lru("rooms", 9, Room::new);
    Lease<Room> lease = rooms.lease("a");
    Lease<Room> evicted = rooms.lease("b");
    rooms.evict("b");
    rooms.get("c");

    rooms.close();
    rooms.close();
    lease.close();
    evicted.close();

    assertThat(log).containsExactlyInAnyOrder("+a", "+b", "+c", "-a", "-b", "-c");
    assertThatThrownBy(() -> rooms.get("a"))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("Family 'rooms' is closed")
        .hasMessageContaining("key 'a'");
  }

  @Test
  void close_timed_leavesNoTimer() {
    Family<String, Room> rooms = Family.idle("rooms", Duration.ofMinutes(5), time, Room::new);
    rooms.get("a");
    assertThat(time.pending()).isEqualTo(1);

    rooms.close();

    assertThat(time.pending()).isZero();
  }

  @Test
  void idle_timekeeperRefuses_isReportedAndValuesGoWhenAskedFor() {
    List<Probe.Failed> told = new ArrayList<>();
    Timekeeper closed = new RefusingTimekeeper(time);
    Family<String, Room> rooms = Family.idle("stale", Duration.ofMinutes(5), closed, Room::new);
    try (Subscription probe =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failed && failed.where().contains("'stale'")) {
                told.add(failed);
              }
            })) {
      Room first = rooms.get("a");
      time.advance(Duration.ofMinutes(5));

      assertThat(rooms.get("a")).isNotSameAs(first);
    }

    assertThat(told).isNotEmpty().allMatch(it -> it.problem().contains("refused a task"));
    assertThat(log).containsExactly("+a", "-a", "+a");
  }

  private record RefusingTimekeeper(Timekeeper time) implements Timekeeper {
    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      throw new IllegalStateException("closed");
    }
  }

  @Test
  void close_valuesThrow_allAreClosedAndAllIsTold() {
    Family<String, AutoCloseable> family =
        Family.lru(
            "fragile",
            9,
            key ->
                () -> {
                  log.add(key);
                  throw new IllegalStateException(key);
                });
    family.get("a");
    family.get("b");

    assertThatThrownBy(family::close)
        .isInstanceOf(CloseFailedException.class)
        .hasMessageContaining("Family 'fragile' is closed")
        .hasMessageContaining("2 of its closers threw");
    assertThat(log).containsExactly("b", "a");
  }

  @Test
  void close_inUpdater_isRefused() {
    Family<String, String> family = Family.lru("names", 9, key -> key);
    Store<Integer> store = Store.of(0);

    assertThatThrownBy(
            () ->
                store.update(
                    n -> {
                      family.close();
                      return n;
                    }))
        .isInstanceOf(NestedUpdateException.class);
    assertThat(family.isClosed()).isFalse();
  }

  @Test
  void eviction_valueThrows_isReportedAndHarmsNobody() {
    IllegalStateException problem = new IllegalStateException("stuck");
    Family<String, AutoCloseable> doors =
        Family.lru(
            "doors",
            1,
            key ->
                () -> {
                  throw problem;
                });
    AtomicReference<Probe.@Nullable Failed> told = new AtomicReference<>();
    try (Subscription probe =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failed && failed.cause() == problem) {
                told.set(failed);
              }
            })) {
      doors.get("a");
      doors.get("b");
    }

    assertThat(told.get()).isNotNull();
    assertThat(told.get().where()).isEqualTo("Key 'a' of family 'doors'");
    assertThat(doors.size()).isEqualTo(1);
  }

  @Test
  void factory_throws_nothingIsKeptAndNextOneTriesAgain() {
    boolean[] broken = {true};
    Family<String, Room> rooms =
        Family.lru(
            "rooms",
            9,
            key -> {
              if (broken[0]) {
                throw new IllegalArgumentException("no " + key);
              }
              return new Room(key);
            });

    assertThatThrownBy(() -> rooms.get("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no a");
    assertThat(rooms.size()).isZero();
    broken[0] = false;

    assertThat(rooms.get("a").name).isEqualTo("a");
  }

  @Test
  @SuppressWarnings("DataFlowIssue") // null is what is tested
  void factory_returnsNull_isToldByName() {
    Family<String, Object> family = Family.lru("nothing", 9, key -> null);

    assertThatThrownBy(() -> family.get("a"))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("family 'nothing'")
        .hasMessageContaining("key 'a'");
    assertThat(family.size()).isZero();
  }

  @Test
  void factory_asksForItself_isToldInsteadOfWaiting() {
    AtomicReference<@Nullable Family<String, String>> self = new AtomicReference<>();
    Family<String, String> family = Family.lru("circle", 9, key -> self.get().get(key) + "!");
    self.set(family);

    assertThatThrownBy(() -> family.get("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Key 'a' of family 'circle' is being made of itself");
    assertThat(family.size()).isZero();
  }

  @Test
  void factory_asksForAnotherKey_isMadeFirst() {
    AtomicReference<@Nullable Family<Integer, Long>> self = new AtomicReference<>();
    Family<Integer, Long> fibonacci =
        Family.lru(
            "fibonacci", 100, n -> n < 2 ? n : self.get().get(n - 1) + self.get().get(n - 2));
    self.set(fibonacci);

    assertThat(fibonacci.get(80)).isEqualTo(23_416_728_348_467_685L);
    assertThat(fibonacci.size()).isEqualTo(81);
  }

  @Test
  void factory_closesTheFamily_valueIsClosedAndRefused() {
    AtomicReference<@Nullable Family<String, Room>> self = new AtomicReference<>();
    Family<String, Room> rooms =
        Family.lru(
            "rooms",
            9,
            key -> {
              self.get().close();
              return new Room(key);
            });
    self.set(rooms);

    assertThatThrownBy(() -> rooms.get("a")).isInstanceOf(ClosedException.class);
    assertThat(log).containsExactly("+a", "-a");
  }

  @Test
  void lease_closed_valueIsRefused() {
    Lease<String> lease = Family.counted("names", (String key) -> key).lease("a");
    lease.close();

    assertThatThrownBy(lease::value)
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("A lease of family 'names' is closed");
  }

  @Test
  void construction_boundsThatKeepNothing_areRefusedByName() {
    assertThatThrownBy(() -> Family.lru("none", 0, key -> key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Family 'none' cannot keep 0 values")
        .hasMessageContaining("Family.counted");
    assertThatThrownBy(() -> Family.idle("none", Duration.ZERO, time, key -> key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not PT0S");
    assertThatThrownBy(() -> Family.ttl("none", Duration.ofSeconds(-1), time, key -> key))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
