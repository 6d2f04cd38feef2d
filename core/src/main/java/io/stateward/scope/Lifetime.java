package io.stateward.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be closed with a scope, and whether it was.
 *
 * <p>Thread safety: safe for any number of threads. The lock guards the two collections; nothing
 * foreign runs under it, the equality of resources included, and no other lock is taken under it.
 */
final class Lifetime {

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<TreeScope> children = new LinkedHashSet<>(0); // guarded by lock
  private final Map<Identity, AutoCloseable> owned = new LinkedHashMap<>(0); // guarded by lock
  private volatile boolean ended; // written under lock

  /** What was open when a lifetime ended: children first one first, resources last one first. */
  record Contents(List<TreeScope> children, List<AutoCloseable> owned) {}

  /** Adds a child; false if the lifetime is over. */
  boolean add(TreeScope child) {
    lock.lock();
    try {
      return !ended && children.add(child);
    } finally {
      lock.unlock();
    }
  }

  void remove(TreeScope child) {
    lock.lock();
    try {
      children.remove(child);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a resource, unless it is there already; false if the lifetime is over. */
  boolean add(AutoCloseable resource) {
    lock.lock();
    try {
      if (!ended) {
        owned.putIfAbsent(new Identity(resource), resource);
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  boolean remove(AutoCloseable resource) {
    lock.lock();
    try {
      return owned.remove(new Identity(resource)) != null;
    } finally {
      lock.unlock();
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** Ends it and returns what was open; null if it had ended before. */
  @Nullable Contents end() {
    lock.lock();
    try {
      if (ended) {
        return null;
      }
      ended = true;
      Contents contents = new Contents(new ArrayList<>(children), reversed(owned.values()));
      children.clear();
      owned.clear();
      return contents;
    } finally {
      lock.unlock();
    }
  }

  private static <E> List<E> reversed(Collection<E> elements) {
    List<E> list = new ArrayList<>(elements);
    Collections.reverse(list);
    return list;
  }

  /** A resource as itself, whatever its own equality says. */
  private static final class Identity {
    private final Object object;

    Identity(Object object) {
      this.object = object;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity that && object == that.object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }
}
