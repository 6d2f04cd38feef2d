package io.stateward.cache.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Outbox} obeys. To check one, extend this class and return an outbox
 * that is empty when a test begins, and the transactions of its source.
 *
 * @param <T> what a transaction is
 * @since 0.1
 */
@DisplayName("An outbox")
public abstract class OutboxContract<T> {

  private static final String CACHE = "users";

  private final List<String> sent = new CopyOnWriteArrayList<>();

  /** For subclasses. */
  protected OutboxContract() {}

  /**
   * Returns the outbox under test.
   *
   * @return the same outbox during a test
   */
  protected abstract Outbox<T> outbox();

  /**
   * Begins a transaction of the source.
   *
   * @return the transaction, which goes on beside others
   */
  protected abstract T begin();

  /**
   * Commits a transaction.
   *
   * @param transaction the transaction
   */
  protected abstract void commit(T transaction);

  /**
   * Rolls a transaction back.
   *
   * @param transaction the transaction
   */
  protected abstract void rollBack(T transaction);

  /** Returns when all that can be relayed has been, and what had failed was tried again. */
  protected abstract void settle();

  private T open(String... keys) {
    T transaction = begin();
    for (String key : keys) {
      outbox().append(transaction, CACHE, new Invalidation.Key(key));
    }
    return transaction;
  }

  private void committed(String... keys) {
    commit(open(keys));
  }

  private CompletionStage<?> send(Invalidation what) {
    sent.add(((Invalidation.Key) what).key());
    return CompletableFuture.completedFuture(what);
  }

  private Subscription relay() {
    return outbox().relay(CACHE, this::send);
  }

  /** Checks that it relays what a committed transaction appended, as it was. */
  @Test
  @DisplayName("1.1 relays what a committed transaction appended, as it was")
  public void rule1_1_whatWasCommitted_isRelayed() {
    List<Invalidation> all =
        List.of(
            new Invalidation.Key("a", 7),
            new Invalidation.Tag("red"),
            new Invalidation.Prefix("user:"),
            new Invalidation.All());
    List<Invalidation> heard = new ArrayList<>();
    Function<Invalidation, CompletionStage<?>> sender =
        what -> {
          heard.add(what);
          return CompletableFuture.completedFuture(what);
        };
    try (Subscription relaying = outbox().relay(CACHE, sender)) {
      T transaction = begin();
      all.forEach(what -> outbox().append(transaction, CACHE, what));
      commit(transaction);
      settle();
    }
    assertThat(heard).containsExactlyElementsOf(all);
  }

  /** Checks that it relays nothing before the commit. */
  @Test
  @DisplayName("1.2 relays nothing before the commit")
  public void rule1_2_beforeTheCommit_nothingIsRelayed() {
    try (Subscription relaying = relay()) {
      T transaction = open("a");
      settle();
      assertThat(sent).isEmpty();
      rollBack(transaction);
    }
  }

  /** Checks that it never relays what was rolled back. */
  @Test
  @DisplayName("1.3 never relays what was rolled back")
  public void rule1_3_whatWasRolledBack_isNeverRelayed() {
    try (Subscription relaying = relay()) {
      rollBack(open("a"));
      settle();
    }
    assertThat(sent).isEmpty();
  }

  /** Checks that it keeps what was committed while nobody relays. */
  @Test
  @DisplayName("2.1 keeps what was committed while nobody relays")
  public void rule2_1_whatNobodyRelays_isKept() {
    committed("a", "b");
    settle();

    try (Subscription relaying = relay()) {
      settle();
    }
    assertThat(sent).containsExactly("a", "b");
  }

  /** Checks that it relays again what ended exceptionally. */
  @Test
  @DisplayName("2.2 relays again what ended exceptionally")
  public void rule2_2_whatFailed_isRelayedAgain() {
    List<String> tried = new ArrayList<>();
    Function<Invalidation, CompletionStage<?>> sender =
        what -> {
          tried.add("try");
          return tried.size() < 3
              ? CompletableFuture.failedFuture(new IllegalStateException("away"))
              : send(what);
        };
    try (Subscription relaying = outbox().relay(CACHE, sender)) {
      committed("a");
      settle();
      settle();
      settle();
    }
    assertThat(sent).containsExactly("a");
  }

  /** Checks that it relays again what a sender threw at. */
  @Test
  @DisplayName("2.3 relays again what a sender threw at")
  public void rule2_3_whatThrew_isRelayedAgain() {
    List<String> tried = new ArrayList<>();
    Function<Invalidation, CompletionStage<?>> sender =
        what -> {
          tried.add("try");
          if (tried.size() < 3) {
            throw new IllegalStateException("away");
          }
          return send(what);
        };
    try (Subscription relaying = outbox().relay(CACHE, sender)) {
      committed("a");
      settle();
      settle();
      settle();
    }
    assertThat(sent).containsExactly("a");
  }

  /** Checks that it relays transactions in the order of their commits. */
  @Test
  @DisplayName("3.1 relays transactions in the order of their commits")
  public void rule3_1_transactions_areInTheOrderOfTheirCommits() {
    T first = open("a");
    T second = open("b");
    commit(second);
    commit(first);

    try (Subscription relaying = relay()) {
      settle();
    }
    assertThat(sent).containsExactly("b", "a");
  }

  /** Checks that it relays what a transaction appended in its order. */
  @Test
  @DisplayName("3.2 relays what a transaction appended in its order")
  public void rule3_2_inATransaction_theOrderIsThatOfAppending() {
    try (Subscription relaying = relay()) {
      committed("a", "b", "c");
      settle();
    }
    assertThat(sent).containsExactly("a", "b", "c");
  }

  /** Checks that it relays nothing while the one before is under way. */
  @Test
  @DisplayName("3.3 relays nothing while the one before is under way")
  public void rule3_3_theNextOne_waitsForTheOneBefore() {
    CompletableFuture<String> first = new CompletableFuture<>();
    Function<Invalidation, CompletionStage<?>> sender =
        what -> {
          send(what);
          return sent.size() == 1 ? first : CompletableFuture.completedFuture(what);
        };
    try (Subscription relaying = outbox().relay(CACHE, sender)) {
      committed("a");
      committed("b");
      settle();
      assertThat(sent).containsExactly("a");
      first.complete("done");
      settle();
    }
    assertThat(sent).containsExactly("a", "b");
  }

  /** Checks that it passes over no transaction that began before what was relayed already. */
  @Test
  @DisplayName("3.4 passes over no transaction that began before what was relayed already")
  public void rule3_4_aLateCommit_isNotPassedOver() {
    try (Subscription relaying = relay()) {
      T first = open("a");
      committed("b");
      settle();
      assertThat(sent).containsExactly("b");
      commit(first);
      settle();
    }
    assertThat(sent).containsExactly("b", "a");
  }

  /** Checks that it delays no other cache by one that fails. */
  @Test
  @DisplayName("4.1 delays no other cache by one that fails")
  public void rule4_1_otherCaches_areNotDelayed() {
    Function<Invalidation, CompletionStage<?>> failing =
        what -> CompletableFuture.failedFuture(new IllegalStateException("away"));
    try (Subscription away = outbox().relay("orders", failing);
        Subscription relaying = relay()) {
      T transaction = begin();
      outbox().append(transaction, "orders", new Invalidation.Key("o"));
      commit(transaction);
      committed("a");
      settle();
    }
    assertThat(sent).containsExactly("a");
  }

  /** Checks that it gives each to one sender of several. */
  @Test
  @DisplayName("5.1 gives each to one sender of several")
  public void rule5_1_severalSenders_eachIsForOne() {
    try (Subscription one = relay();
        Subscription other = relay()) {
      committed("a", "b");
      settle();
    }
    assertThat(sent).containsExactly("a", "b");
  }

  /** Checks that it gives nothing to a sender whose subscription is closed. */
  @Test
  @DisplayName("5.2 gives nothing to a sender whose subscription is closed")
  public void rule5_2_closedSenders_areGivenNothing() {
    List<Invalidation> late = new ArrayList<>();
    outbox()
        .relay(
            CACHE,
            what -> {
              late.add(what);
              return CompletableFuture.completedFuture(what);
            })
        .close();
    try (Subscription relaying = relay()) {
      committed("a");
      settle();
    }
    assertThat(late).isEmpty();
    assertThat(sent).containsExactly("a");
  }
}
