package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.elsewhere;
import static io.stateward.cache.spi.LayerSubjects.head;
import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.leased;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 2: a fill is accepted only with the lease that is the present one of its key. */
interface LayerLeaseRules extends LayerSubjects {

  @Test
  @DisplayName("2.1 a lease has the heads that its key's bucket and the wide one had")
  default void rule2_1_leaseHasTheHeads() {
    LayerSession session = open();
    Head head = head(invalidated(session, "a"));
    Head wide = head(now(session.invalidate(new Invalidation.Tag("x"))));

    Lease lease = lease(session, "a");

    assertThat(lease.head()).isEqualTo(head);
    assertThat(lease.wide()).isEqualTo(wide);
  }

  @Test
  @DisplayName("2.2 while there is a lease, others are told for how long it still holds")
  default void rule2_2_otherLeaseIsBusy() {
    LayerSession session = open();
    leased(now(session.acquire("a", null, moments(10))));

    pass(moments(4));

    Acquired answer = now(open().acquire("a", null, moments(50)));
    assertThat(answer).isInstanceOf(Acquired.Busy.class);
    assertThat(((Acquired.Busy) answer).remaining())
        .isGreaterThan(Duration.ZERO)
        .isLessThanOrEqualTo(moments(6));
    lease(session, elsewhere(session, "a"));
  }

  @Test
  @DisplayName("2.3 a lease is used up by its fill")
  default void rule2_3_leaseFillsOnce() {
    LayerSession session = open();
    Lease lease = filled(session, "a", "one");

    assertThat(now(session.fill("a", lease, entry(lease, "two")))).isFalse();
    assertThat(text(session, "a")).isEqualTo("one");
  }

  @Test
  @DisplayName("2.4 a fill after an invalidation of its key is refused, and stored nowhere")
  default void rule2_4_invalidationEndsTheLease() {
    LayerSession session = open();
    Lease lease = lease(session, "a");

    invalidated(open(), "a");

    assertThat(now(session.fill("a", lease, entry(lease, "old")))).isFalse();
    assertThat(text(session, "a")).isNull();
    filled(session, "a", "new");
  }

  @Test
  @DisplayName("2.5 a fill after the lease's time is refused, though nobody else took it")
  default void rule2_5_timeEndsTheLease() {
    LayerSession session = open();
    Lease lease = leased(now(session.acquire("a", null, moments(5))));

    pass(moments(6));

    assertThat(now(session.fill("a", lease, entry(lease, "late")))).isFalse();
    assertThat(text(session, "a")).isNull();
  }

  @Test
  @DisplayName("2.6 after the lease's time another is given, and only that one fills")
  default void rule2_6_leaseIsTakenOver() {
    LayerSession session = open();
    Lease slow = leased(now(session.acquire("a", null, moments(5))));
    pass(moments(6));

    Lease quick = lease(open(), "a");

    assertThat(quick.token()).isNotEqualTo(slow.token());
    assertThat(now(session.fill("a", slow, entry(slow, "slow")))).isFalse();
    assertThat(text(session, "a")).isNull();
    assertThat(now(session.read("a")).entry()).isNull();
  }

  @Test
  @DisplayName("2.7 a lease is given back: another is given, and it fills no more")
  default void rule2_7_releaseEndsTheLease() {
    LayerSession session = open();
    Lease lease = lease(session, "a");

    now(session.release("a", lease));

    assertThat(now(session.fill("a", lease, entry(lease, "x")))).isFalse();
    filled(open(), "a", "Ada");
  }

  @Test
  @DisplayName("2.8 to give back a lease that is not the present one does nothing")
  default void rule2_8_oldReleaseDoesNothing() {
    LayerSession session = open();
    Lease old = lease(session, "a");
    invalidated(session, "a");
    Lease present = lease(session, "a");

    now(session.release("a", old));

    assertThat(now(session.acquire("a", null, moment()))).isInstanceOf(Acquired.Busy.class);
    assertThat(now(session.fill("a", present, entry(present, "Ada")))).isTrue();
  }

  @Test
  @DisplayName("2.9 the lease on a key fills no other one")
  default void rule2_9_leaseIsOfItsKey() {
    LayerSession session = open();
    Lease lease = lease(session, "a");
    String other = elsewhere(session, "a");
    lease(session, other);

    assertThat(now(session.fill(other, lease, entry(lease, "x")))).isFalse();
    assertThat(text(session, other)).isNull();
    assertThat(now(session.fill("a", lease, entry(lease, "Ada")))).isTrue();
  }

  @Test
  @DisplayName(
      "2.10 a lease or an intent holds for more than no time, or is refused as an argument")
  default void rule2_10_limitsAreChecked() {
    LayerSession session = open();

    for (Duration limit : Set.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> session.acquire("a", null, limit))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> session.begin("a", limit))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(now(session.heads())).allMatch(head -> head.sequence() == 0);
  }

  @Test
  @DisplayName("2.11 an entry with another token or other numbers is refused as an argument")
  default void rule2_11_entriesAreChecked() {
    LayerSession session = open();
    Lease lease = lease(session, "a");
    Head later = new Head(lease.head().epoch(), lease.head().sequence() + 1);
    Lease token = new Lease("x", lease.head(), lease.wide(), lease.connection());
    Lease head = new Lease(lease.token(), later, lease.wide(), lease.connection());
    Lease wide = new Lease(lease.token(), lease.head(), later, lease.connection());

    for (Lease wrong : Set.of(token, head, wide)) {
      assertThatThrownBy(() -> session.fill("a", lease, entry(wrong, "x")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(now(session.fill("a", lease, entry(lease, "Ada")))).isTrue();
  }

  @Test
  @DisplayName("2.12 tokens are never given twice")
  default void rule2_12_tokensAreUnique() {
    LayerSession session = open();
    Set<String> tokens = new HashSet<>();

    for (int i = 0; i < 50; i++) {
      LayerSession at = i % 2 == 0 ? session : open();
      assertThat(tokens.add(lease(at, i % 3 == 0 ? "a" : "b" + i).token())).isTrue();
      assertThat(tokens.add(now(at.begin("a", moment())).token())).isTrue();
      pass(moments(2));
    }
  }

  @Test
  @DisplayName("2.13 an invalidation of another key, or of many, leaves the lease")
  default void rule2_13_otherInvalidationsLeaveTheLease() {
    LayerSession session = open();
    Lease lease = lease(session, "a");

    invalidated(session, elsewhere(session, "a"));
    now(session.invalidate(new Invalidation.Tag("x")));

    assertThat(now(session.fill("a", lease, entry(lease, "Ada", "x")))).isTrue();
    LayerEntry entry = now(session.read("a")).entry();
    assertThat(entry == null || entry.wide().equals(lease.wide())).isTrue();
  }
}
