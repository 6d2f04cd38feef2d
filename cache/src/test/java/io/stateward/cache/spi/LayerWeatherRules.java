package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.head;
import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.leased;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 6: forgetting costs a load, and never lets an old value in. */
interface LayerWeatherRules extends LayerSubjects {

  @Test
  @DisplayName("6.1 a layer that forgot everything has new epochs, and its leases and intents end")
  default void rule6_1_flushed() {
    LayerSession session = open();
    filled(session, "a", "Ada");
    Head before = head(invalidated(session, "b"));
    Lease lease = lease(session, "b");
    Intent intent = now(session.begin("c", moments(10)));

    storm().flush();

    assertThat(now(session.read("a")).entry()).isNull();
    assertThat(now(session.fill("b", lease, entry(lease, "x")))).isFalse();
    assertThat(now(session.complete("c", intent, entry(intent, "x"))).stored()).isFalse();
    assertThat(now(session.heads())).noneMatch(head -> head.epoch() == before.epoch());
    assertThat(now(session.log(session.bucketOf("b"), before, 5)).complete()).isFalse();
    assertThat(lease(session, "b").token()).isNotEqualTo(lease.token());
  }

  @Test
  @DisplayName(
      "6.2 if others use a forgotten cache with another form, who used it before is refused")
  default void rule6_2_forgottenForm() {
    LayerSession before = open();
    storm().flush();
    LayerSession after = now(layer().open(CACHE, "binary-7"));

    assertThatThrownBy(() -> now(before.read("a"))).isInstanceOf(UnequalFormException.class);
    assertThatThrownBy(() -> now(before.acquire("a", null, moment())))
        .isInstanceOf(UnequalFormException.class);
    assertThat(now(after.read("a")).entry()).isNull();
  }

  @Test
  @DisplayName("6.3 an entry that was dropped is loaded again")
  default void rule6_3_evicted() {
    LayerSession session = open();
    filled(session, "a", "Ada");
    filled(session, "b", "Bob");

    storm().evict(CACHE, "a");

    assertThat(text(session, "a")).isNull();
    assertThat(text(session, "b")).isEqualTo("Bob");
    filled(open(), "a", "again");
  }

  @Test
  @DisplayName("6.4 without a connection a question fails as one, at once, and others are answered")
  default void rule6_4_disconnected() {
    LayerSession session = open();
    LayerSession other = open();

    storm().disconnect(session);

    assertThatThrownBy(() -> now(session.read("a")))
        .isInstanceOf(LayerUnavailableException.class)
        .hasMessageContaining(CACHE);
    assertThatThrownBy(() -> now(session.invalidate(new Invalidation.All())))
        .isInstanceOf(LayerUnavailableException.class);
    filled(other, "a", "Ada");
    storm().reconnect(session);
    assertThat(text(session, "a")).isEqualTo("Ada");
  }

  @Test
  @DisplayName("6.5 a lease holds on no other connection than its own")
  default void rule6_5_leaseEndsWithItsConnection() {
    LayerSession session = open();
    Lease lease = leased(now(session.acquire("a", null, moments(5))));

    storm().disconnect(session);
    storm().reconnect(session);

    assertThat(now(session.fill("a", lease, entry(lease, "x")))).isFalse();
    assertThat(text(session, "a")).isNull();
    pass(moments(6));
    filled(session, "a", "Ada");
  }

  @Test
  @DisplayName("6.6 a write that ends on another connection stores nothing, but ends")
  default void rule6_6_writeEndsOnAnotherConnection() {
    LayerSession session = open();
    Intent intent = now(session.begin("a", moments(50)));

    storm().disconnect(session);
    assertThat(now(open().acquire("a", null, moment()))).isInstanceOf(Acquired.Writing.class);
    storm().reconnect(session);

    assertThat(now(session.complete("a", intent, entry(intent, "x"))).stored()).isFalse();
    filled(open(), "a", "Ada");
  }

  @Test
  @DisplayName("6.7 who listens is told when the connection is lost and when there is one again")
  default void rule6_7_connectionIsTold() {
    LayerSession session = open();
    List<Boolean> heard = new CopyOnWriteArrayList<>();
    List<Boolean> ended = new CopyOnWriteArrayList<>();
    session.onConnection(
        up -> {
          throw new IllegalStateException("thrown on purpose");
        });
    session.onConnection(heard::add);
    Subscription subscription = session.onConnection(ended::add);

    storm().disconnect(session);
    subscription.close();
    storm().reconnect(session);

    assertThat(heard).containsExactly(false, true);
    assertThat(ended).containsExactly(false);
  }

  @Test
  @DisplayName("6.8 whose answer was lost is told so, and what was asked for is whole or not done")
  default void rule6_8_lostAnswer() {
    LayerSession session = open();
    filled(session, "a", "Ada");
    Head before = now(session.heads()).get(session.bucketOf("a"));
    storm().loseAnswer(session);

    assertThatThrownBy(() -> invalidated(session, "a"))
        .isInstanceOf(LayerUnavailableException.class)
        .hasMessageContaining(CACHE);

    Head after = now(open().heads()).get(session.bucketOf("a"));
    boolean done = after.sequence() == before.sequence() + 1;
    assertThat(text(open(), "a")).isEqualTo(done ? null : "Ada");
    assertThat(after.epoch()).isEqualTo(before.epoch());
  }

  @Test
  @DisplayName(
      "6.9 after a failover no number is believed, nor an entry that was invalidated since")
  default void rule6_9_failedOver() {
    LayerSession session = open();
    filled(session, "a", "old");
    Head before = head(invalidated(session, "b"));
    Runnable failOver = storm().replica();
    invalidated(session, "a");

    failOver.run();

    assertThat(now(session.read("a")).entry()).isNull();
    assertThat(now(session.heads())).noneMatch(head -> head.epoch() == before.epoch());
    assertThat(now(session.log(session.bucketOf("a"), before, 5)).complete()).isFalse();
  }

  @Test
  @DisplayName("6.10 after a failover no lease that the replica knows of lets anything in")
  default void rule6_10_leasesAfterAFailover() {
    LayerSession session = open();
    Lease lease = leased(now(session.acquire("a", null, moments(5))));
    Intent intent = now(session.begin("b", moments(5)));
    Runnable failOver = storm().replica();
    invalidated(session, "a");
    invalidated(session, "b");

    failOver.run();

    assertThat(now(session.fill("a", lease, entry(lease, "old")))).isFalse();
    assertThat(now(session.complete("b", intent, entry(intent, "old"))).stored()).isFalse();
    assertThat(text(session, "a")).isNull();
    assertThat(text(session, "b")).isNull();
    pass(moments(6));
    filled(session, "a", "new");
  }

  @Test
  @DisplayName("6.11 tokens are not given again by a layer that forgot or was restored")
  default void rule6_11_tokensAfterForgetting() {
    LayerSession session = open();
    Runnable failOver = storm().replica();
    String first = lease(session, "a").token();
    storm().flush();
    String second = lease(session, "a").token();
    failOver.run();
    String third = lease(session, "a").token();

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("6.12 what is dropped for want of memory are entries, not announced writes")
  default void rule6_12_intentsAreNotEvicted() {
    Assumptions.assumeTrue(keepsIntents(), "the layer drops a key with all that it has of it");
    LayerSession session = open();
    now(session.begin("a", moments(10)));

    storm().evict(CACHE, "a");

    assertThat(now(session.acquire("a", null, moment()))).isInstanceOf(Acquired.Writing.class);
  }
}
