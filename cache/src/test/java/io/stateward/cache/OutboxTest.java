package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.World.Instance;
import io.stateward.cache.spi.FlawedOutbox;
import io.stateward.cache.spi.FlawedOutbox.Transaction;
import io.stateward.cache.spi.Invalidation;
import io.stateward.codec.Codec;
import io.stateward.signal.ClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invalidations that commit with the source's own transactions. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OutboxTest {

  private final World world = new World();
  private final Instance a = world.instance();
  private final Instance b = world.instance();
  private final FlawedOutbox outbox = FlawedOutbox.plain();

  private Transaction writing(String value) {
    Transaction transaction = outbox.begin();
    transaction.write(() -> world.source.put("k", value));
    return transaction;
  }

  @Test
  void invalidate_committed_isReadByAll() {
    try (TransactionalWrites<String, Transaction> writes = a.cache().transactional(outbox)) {
      assertThat(b.get("k")).isEqualTo("v0");
      Transaction transaction = writing("v1");
      writes.invalidate("k", transaction);
      assertThat(b.get("k")).isEqualTo("v0");

      transaction.commit();

      assertThat(b.get("k")).isEqualTo("v1");
      assertThat(a.get("k")).isEqualTo("v1");
      assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
      assertThat(outbox.size()).isZero();
    }
  }

  @Test
  void invalidate_rolledBack_neverWas() {
    try (TransactionalWrites<String, Transaction> writes = a.cache().transactional(outbox)) {
      assertThat(b.get("k")).isEqualTo("v0");
      Transaction transaction = writing("v1");
      writes.invalidate("k", transaction);

      transaction.rollBack();

      assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    }
  }

  @Test
  void writerThatDiesAfterItsCommit_withoutAnOutbox_leavesWhatIsOld() {
    assertThat(b.get("k")).isEqualTo("v0");
    writing("v1").commit();
    a.cache().close(); // before it invalidated

    world.time.advance(World.POLICY.lease().plus(World.POLICY.bound()));

    assertThat(b.get("k")).isEqualTo("v0");
  }

  @Test
  void writerThatDiesAfterItsCommit_isRelayedByAnother() {
    TransactionalWrites<String, Transaction> mine = a.cache().transactional(outbox);
    assertThat(b.get("k")).isEqualTo("v0");
    Transaction transaction = writing("v1");
    mine.invalidate("k", transaction);
    a.cache().close(); // before it relayed
    transaction.commit();
    assertThat(outbox.size()).isEqualTo(1);

    try (TransactionalWrites<String, Transaction> others = b.cache().transactional(outbox)) {
      assertThat(b.get("k")).isEqualTo("v1");
      assertThat(others).isNotNull();
    }
    assertThat(outbox.size()).isZero();
  }

  @Test
  void atLeast_theStampOfATransaction_readsTheSource() {
    try (TransactionalWrites<String, Transaction> writes = a.cache().transactional(outbox)) {
      assertThat(b.get("k")).isEqualTo("v0");
      a.link().cut = true; // so that it is not relayed
      Transaction transaction = writing("v1");
      Stamp stamp = writes.invalidate("k", transaction);
      transaction.commit();

      assertThat(stamp.isKnown()).isFalse();
      assertThat(b.get("k")).isEqualTo("v0");
      assertThat(b.cache().get("k", ReadOptions.atLeast(stamp)).value()).isEqualTo("v1");
    }
  }

  @Test
  void layerThatIsAway_whateverThePolicy_keepsItInTheOutbox() {
    Instance c = world.instance(World.POLICY.writes(WritePolicy.QUEUE));
    for (Instance writer : List.of(a, c)) {
      try (TransactionalWrites<String, Transaction> writes = writer.cache().transactional(outbox)) {
        String old = b.get("k");
        writer.link().cut = true;
        Transaction transaction = writing(old + "+");
        writes.invalidate("k", transaction);
        transaction.commit();
        outbox.settle();
        assertThat(outbox.size()).isEqualTo(1);
        assertThat(b.get("k")).isEqualTo(old);

        writer.link().cut = false;
        outbox.settle();

        assertThat(outbox.size()).isZero();
        assertThat(b.get("k")).isEqualTo(old + "+");
      }
    }
  }

  @Test
  void eachKind_committed_invalidatesWhatItMeans() {
    try (TransactionalWrites<String, Transaction> writes = a.cache().transactional(outbox)) {
      List<BiFunction<String, Transaction, Stamp>> kinds =
          List.of(
              (key, transaction) -> writes.invalidateTag("#red", transaction),
              (key, transaction) -> writes.invalidatePrefix("k", transaction),
              (key, transaction) -> writes.clear(transaction));
      world.source.put("k", "v#red");
      for (int i = 0; i < kinds.size(); i++) {
        b.get("k");
        Transaction transaction = writing("v" + i + "#red");
        assertThat(kinds.get(i).apply("k", transaction).isKnown()).isFalse();
        transaction.commit();
        assertThat(b.get("k")).isEqualTo("v" + i + "#red");
      }
    }
  }

  @Test
  void host_isToldAfterItIsRelayed() {
    List<Invalidation> told = new ArrayList<>();
    LayeredCache<String, String> cache =
        LayeredCache.named("words")
            .layer(world.layer, Codec.text())
            .executor(Runnable::run)
            .timekeeper(world.time)
            .onInvalidate(told::add)
            .buildWith(world::load);
    try (TransactionalWrites<String, Transaction> writes = cache.transactional(outbox)) {
      Transaction transaction = writing("v1");
      writes.invalidate("k", transaction);
      assertThat(told).isEmpty();
      transaction.commit();
    }
    assertThat(told).containsExactly(new Invalidation.Key("k"));
  }

  @Test
  void transactional_withoutALayer_isRefused() {
    try (LayeredCache<String, String> alone = LayeredCache.named("alone").buildWith(world::load)) {
      assertThatThrownBy(() -> alone.transactional(outbox))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("alone")
          .hasMessageContaining("no layer");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // a host that is wrong
  void wrongArguments_areRefusedAtOnce() {
    try (TransactionalWrites<String, Transaction> writes = a.cache().transactional(outbox)) {
      Transaction transaction = outbox.begin();
      assertThatThrownBy(() -> writes.invalidate(null, transaction))
          .isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> writes.invalidate("k", null))
          .isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> writes.invalidateTag(" ", transaction))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writes.invalidatePrefix("", transaction))
          .isInstanceOf(IllegalArgumentException.class);
      transaction.commit();
      assertThat(outbox.size()).isZero();
    }
  }

  @Test
  void closed_itselfOrItsCache_refusesAndRelaysNothing() {
    TransactionalWrites<String, Transaction> mine = a.cache().transactional(outbox);
    TransactionalWrites<String, Transaction> others = b.cache().transactional(outbox);
    mine.close();
    mine.close();
    b.cache().close();

    assertThatThrownBy(() -> mine.invalidate("k", outbox.begin()))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> others.invalidate("k", outbox.begin()))
        .isInstanceOf(ClosedException.class);
    Transaction transaction = writing("v1");
    outbox.append(transaction, "words", new Invalidation.Key("k"));
    transaction.commit();
    assertThat(outbox.size()).isEqualTo(1);
  }
}
