package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.elsewhere;
import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.leased;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1: sessions, forms, and entries as they are kept. */
interface LayerSessionRules extends LayerSubjects {

  @Test
  @DisplayName("1.1 a new layer has no entries, and a head of sequence 0 for every bucket")
  default void rule1_1_newLayerIsEmpty() {
    LayerSession session = open();

    List<Head> heads = now(session.heads());
    Reading reading = now(session.read("a"));

    assertThat(heads).hasSize(session.buckets() + 1).allMatch(head -> head.sequence() == 0);
    assertThat(reading.entry()).isNull();
    assertThat(reading.head()).isEqualTo(heads.get(session.bucketOf("a")));
    assertThat(reading.wide()).isEqualTo(heads.get(LayerSession.WIDE));
  }

  @Test
  @DisplayName("1.2 sessions of a cache see the same entries, whole")
  default void rule1_2_sessionsShareEntries() {
    LayerSession here = open();
    LayerSession there = open();
    Lease lease = lease(here, "a");
    LayerEntry put =
        lease.entry("Ada".getBytes(UTF_8), Set.of("x", "y"), "v1", moments(10), moments(20));

    assertThat(now(here.fill("a", lease, put))).isTrue();

    LayerEntry found = now(there.read("a")).entry();
    assertThat(found).isNotNull().usingRecursiveComparison().ignoringFields("fresh", "kept");
    assertThat(found).extracting(LayerEntry::value).isEqualTo("Ada".getBytes(UTF_8));
    assertThat(found.token()).isEqualTo(lease.token());
    assertThat(found.tags()).containsExactlyInAnyOrder("x", "y");
    assertThat(found.validator()).isEqualTo("v1");
    assertThat(List.of(found.head(), found.wide())).containsExactly(lease.head(), lease.wide());
    assertThat(there.buckets()).isEqualTo(here.buckets());
  }

  @Test
  @DisplayName("1.3 a cache that is in use with another form is refused, and both are named")
  default void rule1_3_otherFormIsRefused() {
    open();

    assertThatThrownBy(() -> now(layer().open(CACHE, "binary-7")))
        .isInstanceOf(UnequalFormException.class)
        .hasMessageContaining(CACHE)
        .hasMessageContaining(FORM)
        .hasMessageContaining("binary-7");
  }

  @Test
  @DisplayName("1.4 caches of other names are apart")
  default void rule1_4_cachesAreApart() {
    LayerSession users = open();
    LayerSession orders = now(layer().open("orders", "binary-7"));
    filled(users, "a", "Ada");

    invalidated(orders, "a");

    assertThat(text(orders, "a")).isNull();
    assertThat(text(users, "a")).isEqualTo("Ada");
    assertThat(now(users.heads())).allMatch(head -> head.sequence() == 0);
    leased(now(orders.acquire("a", null, moment())));
  }

  @Test
  @DisplayName("1.5 a closed session says so; others go on, and closing again does nothing")
  default void rule1_5_closedSessionSaysSo() {
    LayerSession closed = open();
    LayerSession other = open();

    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.read("a")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> closed.heads()).isInstanceOf(ClosedException.class);
    filled(other, "a", "Ada");
  }

  @Test
  @DisplayName("1.6 closing a session ends its leases")
  default void rule1_6_closingEndsLeases() {
    LayerSession closed = open();
    LayerSession other = open();
    lease(closed, "a");
    lease(other, "b");

    closed.close();

    filled(other, "a", "Ada");
    assertThat(now(other.acquire("b", null, moment()))).isInstanceOf(Acquired.Busy.class);
  }

  @Test
  @DisplayName("1.7 a key has one bucket from 1 on, and many keys have many")
  default void rule1_7_bucketsOfKeys() {
    LayerSession session = open();

    for (int i = 0; i < 200; i++) {
      assertThat(session.bucketOf("k" + i)).isBetween(1, session.buckets());
      assertThat(session.bucketOf("k" + i)).isEqualTo(open().bucketOf("k" + i));
    }
    if (session.buckets() > 1) {
      assertThat(session.bucketOf(elsewhere(session, "a"))).isNotEqualTo(session.bucketOf("a"));
    }
  }

  @Test
  @DisplayName("1.8 an entry gets less fresh, then stale, and is gone when its time is over")
  default void rule1_8_entriesAge() {
    LayerSession session = open();
    Lease lease = lease(session, "a");
    LayerEntry put = lease.entry(new byte[1], Set.of(), null, moments(10), moments(30));
    assertThat(now(session.fill("a", lease, put))).isTrue();

    pass(moments(4));
    assertThat(fresh(session)).isGreaterThan(Duration.ZERO).isLessThanOrEqualTo(moments(6));
    pass(moments(8));
    assertThat(fresh(session)).isEqualTo(Duration.ZERO);
    pass(moments(20));
    assertThat(now(session.read("a")).entry()).isNull();
    filled(session, "a", "again");
  }

  private static Duration fresh(LayerSession session) {
    LayerEntry entry = now(session.read("a")).entry();
    assertThat(entry).isNotNull();
    assertThat(entry.kept()).isGreaterThan(entry.fresh());
    return entry.fresh();
  }

  @Test
  @DisplayName("1.9 that there is no value is an entry, and is not the same as an empty value")
  default void rule1_9_nothingIsAnEntry() {
    LayerSession session = open();
    Lease a = lease(session, "a");
    Lease b = lease(session, "b");

    now(session.fill("a", a, a.entry(null, Set.of(), null, moments(10), moments(10))));
    now(session.fill("b", b, b.entry(new byte[0], Set.of(), null, moments(10), moments(10))));

    assertThat(now(session.read("a")).entry()).isNotNull().matches(e -> e.value() == null);
    assertThat(now(session.read("b")).entry()).isNotNull().matches(e -> e.value() != null);
  }

  @Test
  @DisplayName("1.10 a value is copied on its way in and on its way out")
  default void rule1_10_valuesAreCopied() {
    LayerSession session = open();
    Lease lease = lease(session, "a");
    byte[] mine = "Ada".getBytes(UTF_8);
    now(session.fill("a", lease, lease.entry(mine, Set.of(), null, moments(10), moments(10))));

    mine[0] = 'X';
    LayerEntry read = now(session.read("a")).entry();
    assertThat(read).isNotNull().extracting(LayerEntry::value).isEqualTo("Ada".getBytes(UTF_8));
    java.util.Objects.requireNonNull(read.value())[0] = 'Y';

    assertThat(text(session, "a")).isEqualTo("Ada");
  }

  @Test
  @DisplayName("1.11 several keys are read as each of them is, once")
  default void rule1_11_readAllReadsEach() {
    LayerSession session = open();
    filled(session, "a", "Ada");
    invalidated(session, "b");

    Map<String, Reading> readings = now(session.readAll(List.of("a", "b", "a", "c")));

    assertThat(readings).containsOnlyKeys("a", "b", "c");
    readings.forEach(
        (key, reading) ->
            assertThat(reading)
                .usingRecursiveComparison()
                .ignoringFields("entry.age", "entry.fresh", "entry.kept")
                .isEqualTo(now(session.read(key))));
    assertThat(now(session.readAll(List.of()))).isEmpty();
  }

  @Test
  @DisplayName("1.12 an entry says how long ago the source gave it, before it came and since")
  default void rule1_12_entriesHaveAnAge() {
    LayerSession session = open();
    Lease lease = lease(session, "a");
    now(session.fill("a", lease, entry(lease, "Ada").withAge(moments(20))));

    pass(moments(3));

    LayerEntry entry = now(session.read("a")).entry();
    assertThat(entry).isNotNull();
    assertThat(entry.age()).isBetween(moments(23), moments(33));
  }
}
