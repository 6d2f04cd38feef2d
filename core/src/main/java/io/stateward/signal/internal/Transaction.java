package io.stateward.signal.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Updates of several roots that become visible in one instant.
 *
 * <p>The locks are taken in the order of the roots' numbers. What the body writes is staged: each
 * root holds a {@link StagedCell}, which reads as the old value to everyone but the thread of the
 * body. One volatile write makes all of them read as the new values; only then are the staged cells
 * replaced by plain ones and the commits delivered.
 */
public final class Transaction {

  private static final AtomicInteger OPEN = new AtomicInteger();

  private final List<Root<?>> roots;
  private final Thread owner = Thread.currentThread();
  private volatile boolean published;
  private boolean counted; // confined to the owner

  private Transaction(List<Root<?>> roots) {
    this.roots = roots;
  }

  /**
   * Runs a body under the locks of several roots.
   *
   * @param nodes the stores, or slices of them
   * @param body updates them; if it throws, nothing has happened
   */
  public static void run(Collection<? extends Node<?>> nodes, Runnable body) {
    Objects.requireNonNull(body, "body");
    List<Root<?>> roots = new ArrayList<>();
    for (Node<?> node : nodes) {
      Root<?> root = (Root<?>) node.source();
      if (!roots.contains(root)) {
        roots.add(root);
      }
    }
    roots.sort(Comparator.comparingLong(root -> root.number));
    new Transaction(List.copyOf(roots)).run(body);
  }

  /**
   * Refuses what must not be done inside an updater or an atomic update.
   *
   * @param attempted what is tried
   */
  public static void refuseInside(Supplier<String> attempted) {
    Turn turn = Turn.current();
    if (turn.holdsLock()) {
      turn.refuseInUpdater(attempted.get());
    }
  }

  private void run(Runnable body) {
    Turn turn = Turn.current();
    turn.refuseInUpdater("atomic update of " + this);
    Turn.Cause cause = turn.causeOfUpdate(roots.get(0));
    List<Root.Commit<?>> commits;
    lockAll();
    try {
      OPEN.getAndIncrement();
      turn.transaction = this;
      try {
        body.run();
      } catch (Throwable t) {
        roots.forEach(Root::unstage);
        throw t;
      } finally {
        turn.transaction = null;
        OPEN.getAndDecrement();
      }
      commits = publish(cause);
    } finally {
      if (counted) {
        Epoch.endCommit();
      }
      roots.forEach(root -> root.lock().unlock());
      turn.unlocked();
    }
    commits.forEach(commit -> commit.deliver(turn));
  }

  private void lockAll() {
    int held = 0;
    try {
      for (Root<?> root : roots) {
        root.lock().lock();
        held++;
        root.checkOpen("update");
      }
    } catch (RuntimeException e) {
      roots.subList(0, held).forEach(root -> root.lock().unlock());
      throw e;
    }
  }

  private List<Root.Commit<?>> publish(Turn.@Nullable Cause cause) {
    published = true;
    List<Root.Commit<?>> commits = new ArrayList<>();
    for (Root<?> root : roots) {
      Root.Commit<?> commit = root.settle(cause);
      if (commit != null) {
        commits.add(commit);
      }
    }
    return commits;
  }

  /** Whether any thread runs the body of one; a cheap look before a dear one. */
  static boolean anyOpen() {
    return OPEN.get() > 0;
  }

  /** Whether what this thread reads may never be committed, so that it must not be kept. */
  static boolean isStaging() {
    return anyOpen() && Turn.current().transaction != null;
  }

  /** Notes that a root is about to hold a staged cell. */
  void stages(Root<?> root) {
    if (!counted && root.isShared()) {
      counted = true;
      Epoch.beginCommit(
          Epoch.SEVERAL); // until the end, so that nobody trusts the epoch meanwhile, the owner
      // included
    }
  }

  boolean includes(Root<?> root) {
    return roots.contains(root);
  }

  /** Whether the current thread is to see what was staged. */
  boolean isVisible() {
    return published || Thread.currentThread() == owner;
  }

  @Override
  public String toString() {
    return roots.stream().map(Root::name).collect(Collectors.joining(" and "));
  }
}
