package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A change that is not settled.
 *
 * <p>Thread safety: written under the lock of its document; what a submission says is read by
 * anybody.
 */
final class Pending implements Submission {

  Tree change;
  long base;
  long after;
  volatile long id;

  /** The record of the outbox that has to be stored before this may be sent: its last number. */
  volatile long ticket = Long.MAX_VALUE;

  /** The record of the outbox by which it survives the process: its first one. */
  private volatile long firstTicket = Long.MAX_VALUE;

  /** Whether the hub has it, or may have it. */
  volatile boolean sent;

  /** Whether nobody can say that the hub never got it under this number. */
  boolean uncertain;

  /** Whether the hub is known to have accepted it. */
  volatile boolean applied;

  /** Whether it counts among those that the hub has not answered. */
  boolean flying;

  /** Whether the hub has judged it and is asked how. */
  boolean repeat;

  /**
   * The place that the hub gave it, if that was heard before the updates that come before; or 0.
   */
  long place;

  /** What took that place, or null if that is what was sent. */
  @Nullable Tree placed;

  private final LongSupplier stored;
  private final CompletableFuture<Settled> settled = new CompletableFuture<>();

  Pending(long id, long base, long after, Tree change, LongSupplier stored) {
    this.id = id;
    this.base = base;
    this.after = after;
    this.change = change;
    this.stored = stored;
  }

  /** It is to be sent anew. */
  void recall() {
    sent = false;
    applied = false;
    flying = false;
    repeat = false;
    place = 0;
    placed = null;
  }

  /** A record says what it is and its number. */
  void recorded(long record) {
    ticket = record;
    firstTicket = Math.min(firstTicket, record);
  }

  /** It comes out of the outbox: nobody knows whether it was sent. */
  void restored() {
    recorded(0);
    uncertain = true;
  }

  /** Whether it would be there after a restart. */
  boolean isSaved() {
    return firstTicket <= stored.getAsLong();
  }

  /** What the replica is told of it. */
  Mutation asMutation(String client) {
    return new Mutation(client, id, base, 0, change);
  }

  /** Ends it; outside of the lock, as whoever waits for it runs here. */
  void settle(Settled outcome) {
    settled.complete(outcome);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public Progress progress() {
    if (settled.isDone()) {
      return Progress.SETTLED;
    } else if (applied) {
      return Progress.APPLIED;
    } else if (sent) {
      return Progress.SENT;
    }
    return isSaved() ? Progress.STORED : Progress.VISIBLE;
  }

  @Override
  public CompletionStage<Settled> settled() {
    return settled.minimalCompletionStage();
  }

  @Override
  public String toString() {
    return "change %d on %d: %s".formatted(id, base, progress());
  }
}
