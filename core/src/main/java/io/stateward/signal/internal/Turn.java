package io.stateward.signal.internal;

import io.stateward.signal.FeedbackLoopException;
import io.stateward.signal.NestedUpdateException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final AtomicLong NUMBERS = new AtomicLong();

  /** What stands for this thread in a lock. */
  final long number = NUMBERS.incrementAndGet();

  /*
   * Two references are left behind when what they stand for is over, weakly, and a flag says whether
   * they are in force: a thread that commits to one store over and over then stores no reference, and a
   * store of a reference into an old object costs a fence under some collectors.
   */

  private boolean inUpdater;
  private @Nullable WeakReference<Root<?>> updated;
  private boolean inCallback;
  private @Nullable WeakReference<Subscriber<?>> called;

  /** The transaction whose body this thread runs, under the locks of its roots. */
  @Nullable Transaction transaction;

  /** What caused the commit that this thread delivers, if a callback did. */
  @Nullable Cause cause;

  /** The version that the subscriber called is being told of. */
  private long calledVersion;

  private @Nullable List<Runnable> afterwards; // what has to wait until no lock is held

  private Turn() {}

  static Turn current() {
    return CURRENT.get();
  }

  boolean holdsLock() {
    return inUpdater || transaction != null;
  }

  /** Notes that this thread runs an updater of a root, under its lock. */
  void enterUpdater(Root<?> root) {
    if (updated != root.self) {
      updated = root.self;
    }
    inUpdater = true;
  }

  void leaveUpdater() {
    inUpdater = false;
  }

  boolean isInUpdater() {
    return inUpdater;
  }

  /** Runs a callback of a subscriber, so that what it updates has a cause. */
  void call(Subscriber<?> subscriber, long version, Runnable callback) {
    boolean outerIn = inCallback;
    WeakReference<Subscriber<?>> outer = called;
    long outerVersion = calledVersion;
    if (outer != subscriber.self()) {
      called = subscriber.self();
    }
    calledVersion = version;
    inCallback = true;
    try {
      callback.run();
    } finally {
      restore(outerIn, outer);
      calledVersion = outerVersion;
    }
  }

  /** Runs a delivery, whose commits have causes of their own. */
  void deliver(Runnable delivery) {
    boolean outerIn = inCallback;
    WeakReference<Subscriber<?>> outer = called;
    Cause outerCause = cause;
    inCallback = false;
    try {
      delivery.run();
    } finally {
      restore(outerIn, outer);
      cause = outerCause;
    }
  }

  private void restore(boolean outerIn, @Nullable WeakReference<Subscriber<?>> outer) {
    inCallback = outerIn;
    if (outerIn && called != outer) {
      called = outer;
    }
  }

  /** Returns the subscriber that this thread is calling; to other threads it may be an old one. */
  @Nullable Subscriber<?> calling() {
    WeakReference<Subscriber<?>> latest = called;
    return inCallback && latest != null ? latest.get() : null;
  }

  void refuseInUpdater(String attempted) {
    Root<?> outer = inUpdater && updated != null ? updated.get() : null;
    if (outer != null) {
      throw new NestedUpdateException(outer.name(), attempted);
    }
    if (transaction != null) {
      throw new NestedUpdateException(transaction.toString(), attempted);
    }
  }

  /** Puts off work that takes a lock until this thread holds none, in whatever order it asks. */
  void whenUnlocked(Runnable work) {
    if (holdsLock()) {
      afterUnlocking(work);
    } else {
      work.run();
    }
  }

  /** Puts off work until {@link #unlocked}, which is sure to come. */
  void afterUnlocking(Runnable work) {
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
    Subscriber<?> subscriber = inCallback ? calling() : null;
    if (subscriber == null) {
      return null;
    }
    int depth = cause == null ? 1 : cause.depth + 1;
    if (depth > LONGEST_CHAIN) {
      throw new FeedbackLoopException(root.name(), depth - 1, links(cause));
    }
    return new Cause(
        subscriber.node().source().name(), calledVersion, subscriber.name(), depth, cause);
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
