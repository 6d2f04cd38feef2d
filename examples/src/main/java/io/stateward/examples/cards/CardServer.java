package io.stateward.examples.cards;

import io.stateward.collection.PersistentVector;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import io.stateward.time.Timekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The server that all windows write to, as far away as the person wants it: what is true of the
 * cards is true here.
 *
 * <p>A write is on its way for half of the latency, is decided in one step, and its answer is on
 * its way for the other half; so is the news to all windows. A write that says its key again is not
 * done again.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class CardServer {

  /** When a window finds out that it has missed news. */
  static final Duration RECOVERY = Duration.ofSeconds(12);

  private final Store<Authority> authority = Store.of("server", Authority.initial());
  private final Set<Consumer<Push>> followers = ConcurrentHashMap.newKeySet();
  private final Timekeeper timekeeper;
  private final Executor executor;
  private final IntSupplier dice;
  private final ReentrantLock lock = new ReentrantLock();
  private long lastDue; // guarded by lock: in the timekeeper's nanoseconds
  private boolean said; // guarded by lock

  /** Answers and pushes are given on the executor; the dice give 0 to 99. */
  CardServer(Timekeeper timekeeper, Executor executor, IntSupplier dice) {
    this.timekeeper = timekeeper;
    this.executor = executor;
    this.dice = dice;
  }

  /** Returns the cards as they are at this moment. */
  Cards cards() {
    return authority.get().cards();
  }

  Signal<Dials> dials() {
    return authority.select(Authority::dials);
  }

  Signal<PersistentVector<LogLine>> log() {
    return authority.select(Authority::log);
  }

  /** Turns the dials; latency that is on its way stays as it was. */
  void dial(UnaryOperator<Dials> change) {
    authority.update(state -> state.withDials(change.apply(state.dials())));
  }

  /** Tells news, in order, from now on. */
  Subscription follow(Consumer<Push> follower) {
    followers.add(follower); // each window comes with a function of its own
    return () -> followers.remove(follower);
  }

  /**
   * Writes a card.
   *
   * @return what becomes of it; fails if the server cannot be reached, and never completes if the
   *     answer is lost
   */
  CompletableFuture<WriteResult<Versioned<Card>>> write(CardWrite write) {
    CompletableFuture<WriteResult<Versioned<Card>>> answer = new CompletableFuture<>();
    Duration half = authority.get().dials().latency().dividedBy(2);
    later(half, () -> arrive(write, half, answer));
    return answer;
  }

  private void arrive(
      CardWrite write, Duration half, CompletableFuture<WriteResult<Versioned<Card>>> answer) {
    if (!authority.get().dials().reachable()) {
      answer.completeExceptionally(new IOException("The server cannot be reached."));
      return;
    }
    boolean unlucky = dice.getAsInt() < authority.get().dials().failurePercent();
    long millis = timekeeper.now().toEpochMilli();
    AtomicReference<@Nullable Ruling> ruled = new AtomicReference<>();
    authority.update(
        state -> {
          Ruling ruling = Ruling.on(state, write, unlucky, millis);
          ruled.set(ruling);
          return ruling.now();
        });
    Ruling ruling = Objects.requireNonNull(ruled.get());
    if (!ruling.lost()) {
      inOrder(half, () -> answer.complete(ruling.answer()));
    }
    ruling.pushes().forEach(push -> inOrder(half, () -> tell(push)));
    if (ruling.lost()) {
      later(RECOVERY, () -> inOrder(Duration.ZERO, recovering(write)));
    }
  }

  private void tell(Push push) {
    followers.forEach(follower -> follower.accept(push));
  }

  /** Tells all what has become of a write, as those do who find out that they have missed news. */
  private Runnable recovering(CardWrite write) {
    Authority now = authority.get();
    Versioned<Card> saved = now.answers().byKey().get(write.key());
    if (saved == null) {
      return () -> {};
    }
    long id = saved.value().id();
    Push push = new Push(id, now.cards().at(id), write.key(), "");
    return () -> tell(push);
  }

  /** What the server says never overtakes what it said before, even if the latency is shortened. */
  private void inOrder(Duration delay, Runnable task) {
    lock.lock();
    try {
      long now = timekeeper.nanoTime();
      long earliest = now + delay.toNanos();
      lastDue = said && lastDue - earliest > 0 ? lastDue : earliest;
      said = true;
      later(Duration.ofNanos(lastDue - now), task);
    } finally {
      lock.unlock();
    }
  }

  private void later(Duration delay, Runnable task) {
    timekeeper.schedule(delay, () -> executor.execute(task));
  }

  void close() {
    authority.close();
  }
}
