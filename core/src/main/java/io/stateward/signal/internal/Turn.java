package io.stateward.signal.internal;

import io.stateward.signal.FeedbackLoopException;
import io.stateward.signal.NestedUpdateException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the current thread is doing in the library: whose updater it runs, in which transaction, and
 * which callback it is in.
 *
 * <p>One thread-local look-up per update buys two guarantees: updaters cannot take a second lock in
 * whatever order they like, and a feedback loop is seen as a chain and cut.
 */
final class Turn {

  /** How many updates may cause each other before the next one is refused. */
  static final int LONGEST_CHAIN = 1_000;

  private static final int LINKS_TOLD = 8;
  private static final ThreadLocal<Turn> CURRENT = ThreadLocal.withInitial(Turn::new);

  /** The root whose updater this thread runs, under its lock. */
  @Nullable Root<?> updating;

  /** The transaction whose body this thread runs, under the locks of its roots. */
  @Nullable Transaction transaction;

  /** What caused the commit that this thread delivers, if a callback did. */
  @Nullable Cause cause;

  /** The subscriber that this thread is calling. */
  @Nullable Subscriber<?> calling;

  /** The version that it is being told of. */
  long callingVersion;

  private @Nullable List<Runnable> afterwards; // what has to wait until no lock is held

  private Turn() {}

  static Turn current() {
    return CURRENT.get();
  }

  boolean holdsLock() {
    return updating != null || transaction != null;
  }

  void refuseInUpdater(String attempted) {
    Root<?> outer = updating;
    if (outer != null) {
      throw new NestedUpdateException(outer.name(), attempted);
    }
    if (transaction != null) {
      throw new NestedUpdateException(transaction.toString(), attempted);
    }
  }

  /** Puts off work that takes a lock until this thread holds none, in whatever order it asks. */
  void whenUnlocked(Runnable work) {
    if (!holdsLock()) {
      work.run();
      return;
    }
    List<Runnable> all = afterwards;
    if (all == null) {
      all = new ArrayList<>();
      afterwards = all;
    }
    all.add(work);
  }

  /**
   * Does what was put off. Called when the lock of an update, or all of a transaction, is released.
   */
  void unlocked() {
    List<Runnable> all = afterwards;
    if (all != null) {
      afterwards = null;
      all.forEach(Runnable::run);
    }
  }

  /** Returns the cause of an update that is made now; null when no callback makes it. */
  @Nullable Cause causeOfUpdate(Root<?> root) {
    Subscriber<?> subscriber = calling;
    if (subscriber == null) {
      return null;
    }
    int depth = cause == null ? 1 : cause.depth + 1;
    if (depth > LONGEST_CHAIN) {
      throw new FeedbackLoopException(root.name(), depth - 1, links(cause));
    }
    return new Cause(
        subscriber.node().source().name(), callingVersion, subscriber.name(), depth, cause);
  }

  private static List<String> links(@Nullable Cause latest) {
    List<String> links = new ArrayList<>();
    for (Cause link = latest; link != null && links.size() < LINKS_TOLD; link = link.parent) {
      links.add("%s@%d -> %s".formatted(link.source, link.version, link.subscriber));
    }
    return links;
  }

  /** A callback in which an update was made, and the one that caused that one. */
  record Cause(String source, long version, String subscriber, int depth, @Nullable Cause parent) {}
}
