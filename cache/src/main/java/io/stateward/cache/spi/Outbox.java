package io.stateward.cache.spi;

import io.stateward.signal.Subscription;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A place in the source of a cache where invalidations are kept that commit with its transactions,
 * until somebody has relayed them: a table of the same database, for example.
 *
 * <p>The rules, which the contract kit tests:
 *
 * <ol>
 *   <li>What was appended in a transaction is relayed if that commits, and not before; and never if
 *       it does not.
 *   <li>It is relayed at least once: it is kept until a stage of a sender has completed normally,
 *       whoever dies meanwhile, and whether or not anybody relays when it is committed. If the
 *       stage completes exceptionally, or the sender throws, it is relayed again after a while.
 *   <li>Those of a cache are relayed in the order in which their transactions committed, and in a
 *       transaction in the order in which they were appended; each after the one before it was. So
 *       numbers that are taken before the commit will not do: a transaction with a lower one may
 *       commit later, and would be passed over.
 *   <li>Each cache is relayed for itself: one whose senders fail delays no other.
 *   <li>If several senders relay a cache, in one process or in many, each invalidation is for one
 *       of them. After its subscription is closed, nothing more is given to a sender.
 * </ol>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; a transaction is used by the call that
 * it is given to, and by nobody else.
 *
 * @param <T> what a transaction is
 * @since 0.1
 */
public interface Outbox<T> {

  /**
   * Appends an invalidation to a transaction of the host, which goes on with it.
   *
   * @param transaction the transaction
   * @param cache the name of the cache
   * @param what what is invalid once it is committed
   */
  void append(T transaction, String cache, Invalidation what);

  /**
   * Relays what was committed, and what will be.
   *
   * @param cache the name of the cache
   * @param sender does an invalidation; its stage completes when all layers know of it. Doing one
   *     twice is harmless. It does not block
   * @return ends the relaying
   */
  Subscription relay(String cache, Function<Invalidation, ? extends CompletionStage<?>> sender);
}
