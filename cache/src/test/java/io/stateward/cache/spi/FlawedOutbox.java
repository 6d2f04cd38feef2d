package io.stateward.cache.spi;

import static io.stateward.cache.spi.OutboxFlaw.*;

import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An outbox in memory that is wrong in one way, or in none: then it is the plainest that obeys the
 * rules. What failed is tried again when it is {@linkplain #settle told}. One thread at a time.
 */
public final class FlawedOutbox implements Outbox<FlawedOutbox.Transaction> {

  private final OutboxFlaw flaw;
  private final List<Posted> committed = new ArrayList<>();
  private final List<Posted> places = new ArrayList<>(); // as they were appended
  private int highest = -1; // place that was relayed
  private final List<Relay> relays = new ArrayList<>();
  private final Set<String> busy = new HashSet<>(); // caches of which one is being sent
  private final Set<String> failed = new HashSet<>(); // caches of which the first one failed

  FlawedOutbox(OutboxFlaw flaw) {
    this.flaw = flaw;
  }

  /**
   * Creates one without a flaw.
   *
   * @return the outbox
   */
  public static FlawedOutbox plain() {
    return new FlawedOutbox(NONE);
  }

  /** What happens to a source in one step, or not at all. */
  public static final class Transaction {
    private final FlawedOutbox outbox;
    private final List<Posted> posted = new ArrayList<>();
    private final List<Runnable> writes = new ArrayList<>();

    private Transaction(FlawedOutbox outbox) {
      this.outbox = outbox;
    }

    /**
     * Writes the source when it commits.
     *
     * @param write what happens to the source
     */
    public void write(Runnable write) {
      writes.add(write);
    }

    /** Does all of it. */
    public void commit() {
      writes.forEach(Runnable::run);
      outbox.commit(posted);
    }

    /** Does nothing of it. */
    public void rollBack() {
      if (outbox.flaw == RELAYS_WHAT_WAS_ROLLED_BACK) {
        outbox.commit(posted);
      }
    }
  }

  /** One of them, and when it was appended. Two are never the same. */
  private static final class Posted {
    final String cache;
    final Invalidation what;

    Posted(String cache, Invalidation what) {
      this.cache = cache;
      this.what = what;
    }
  }

  /** Who sends. Two are never the same. */
  private static final class Relay {
    final String cache;
    final Function<Invalidation, ? extends CompletionStage<?>> sender;

    Relay(String cache, Function<Invalidation, ? extends CompletionStage<?>> sender) {
      this.cache = cache;
      this.sender = sender;
    }
  }

  /**
   * Begins a transaction.
   *
   * @return the transaction
   */
  public Transaction begin() {
    return new Transaction(this);
  }

  @Override
  public void append(Transaction transaction, String cache, Invalidation what) {
    Posted posted = new Posted(cache, what);
    transaction.posted.add(posted);
    places.add(posted);
    if (flaw == RELAYS_BEFORE_THE_COMMIT) {
      commit(List.of(posted));
    }
  }

  private void commit(List<Posted> posted) {
    List<Posted> mine = new ArrayList<>(posted);
    if (flaw == LATEST_FIRST_IN_A_TRANSACTION) {
      Collections.reverse(mine);
    }
    if (flaw == FORGETS_WHAT_NOBODY_RELAYS && relays.isEmpty() || flaw == COMMITS_ARE_NOT_SEEN) {
      return;
    }
    committed.addAll(mine);
    if (flaw == ORDER_OF_THE_FIRST_APPEND) {
      committed.sort((a, b) -> Integer.compare(places.indexOf(a), places.indexOf(b)));
    }
    work();
  }

  @Override
  public Subscription relay(
      String cache, Function<Invalidation, ? extends CompletionStage<?>> sender) {
    Relay relay = new Relay(cache, sender);
    relays.add(relay);
    work();
    return () -> {
      if (flaw != TELLS_CLOSED_SENDERS) {
        relays.remove(relay);
      }
    };
  }

  /** Tries again what failed, and returns when nothing more can be relayed now. */
  public void settle() {
    failed.clear();
    work();
  }

  /**
   * Returns how many were committed and not relayed.
   *
   * @return how many
   */
  public int size() {
    return committed.size();
  }

  private void work() {
    for (Posted next = next(); next != null; next = next()) {
      send(next);
    }
  }

  private @Nullable Posted next() {
    Set<String> behind = new HashSet<>(busy);
    behind.addAll(failed);
    if (flaw == ONE_LINE_FOR_ALL_CACHES && !behind.isEmpty()) {
      return null;
    }
    return committed.stream()
        .filter(it -> !behind.contains(it.cache))
        .filter(it -> flaw != PASSES_OVER_WHAT_BEGAN_EARLIER || places.indexOf(it) > highest)
        .filter(it -> relays.stream().anyMatch(relay -> relay.cache.equals(it.cache)))
        .findFirst()
        .orElse(null);
  }

  private void send(Posted next) {
    List<Relay> senders = relays.stream().filter(relay -> relay.cache.equals(next.cache)).toList();
    if (flaw == TELLS_EVERY_SENDER) {
      senders.subList(1, senders.size()).forEach(relay -> relay.sender.apply(next.what));
    }
    busy.add(next.cache);
    CompletionStage<?> stage = ask(senders.get(0), next.what);
    if (flaw == DOES_NOT_WAIT) {
      stage = CompletableFuture.completedFuture(stage);
    }
    stage.whenComplete((done, failure) -> sent(next, failure));
  }

  private CompletionStage<?> ask(Relay relay, Invalidation what) {
    try {
      return relay.sender.apply(what);
    } catch (RuntimeException e) {
      return flaw == FORGETS_WHAT_THREW
          ? CompletableFuture.completedFuture(what)
          : CompletableFuture.failedFuture(e);
    }
  }

  private void sent(Posted one, @Nullable Throwable failure) {
    busy.remove(one.cache);
    highest = Math.max(highest, places.indexOf(one));
    if (failure == null || flaw == FORGETS_WHAT_FAILED) {
      committed.remove(one);
    } else {
      failed.add(one.cache);
    }
    work();
  }
}
