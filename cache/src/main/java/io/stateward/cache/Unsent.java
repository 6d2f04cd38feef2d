package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Invalidations that the layer was not told of yet, in order. While one of them is here, what it
 * covers must not be taken from the layer.
 *
 * <p>Each is here once. One that comes again while it is being sent is another one: what was sent
 * may have arrived before the write that it is for. If there are too many, they become one of
 * everything: that costs loads, and forgets none but the versions of keys.
 *
 * <p>Thread safety: guarded by the lock, which readers do not take while nothing is here. Whoever
 * looks whether something is covered does so before he looks whether it is valid: what leaves here
 * is known to be invalid by then.
 */
final class Unsent {

  static final int MOST = 10_000;
  private static final Invalidation ALL = new Invalidation.All();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Invalidation, Item> items = new LinkedHashMap<>(); // guarded by lock
  private final Set<String> prefixes = new LinkedHashSet<>(); // guarded by lock
  private int wide; // how many are not of one key; guarded by lock
  private volatile boolean anyItem; // written under the lock
  private volatile boolean anyWide; // written under the lock

  /** One of them. Two are never the same, whatever they invalidate. */
  static final class Item {
    final Invalidation what;
    private boolean sent; // guarded by lock

    private Item(Invalidation what) {
      this.what = what;
    }
  }

  boolean isEmpty() {
    return !anyItem;
  }

  /** Whether there are some that concern many keys. */
  boolean isWide() {
    return anyWide;
  }

  /** Puts one in. Returns whether all that was here became one of everything. */
  boolean add(Invalidation what) {
    lock.lock();
    try {
      Item all = items.get(ALL);
      if (all != null && !all.sent) {
        return false; // it is said with that
      }
      Item same = items.get(placeOf(what));
      if (same != null && same.sent) {
        remove(same);
      }
      boolean crowded = items.size() >= MOST && !items.containsKey(placeOf(what));
      put(crowded ? ALL : what, same);
      return crowded;
    } finally {
      lock.unlock();
    }
  }

  private void put(Invalidation what, @Nullable Item same) {
    if (what instanceof Invalidation.All) {
      items.clear();
      prefixes.clear();
      wide = 0;
    }
    Item item = new Item(same == null ? what : latest(what, same.what));
    boolean added = items.put(placeOf(what), item) == null;
    if (added && !(what instanceof Invalidation.Key)) {
      wide++;
    }
    if (what instanceof Invalidation.Prefix it) {
      prefixes.add(it.prefix());
    }
    publish();
  }

  /** Each key has one place, whatever the version. */
  private static Invalidation placeOf(Invalidation what) {
    return what instanceof Invalidation.Key it && it.version() != 0
        ? new Invalidation.Key(it.key())
        : what;
  }

  private static Invalidation latest(Invalidation one, Invalidation other) {
    return one instanceof Invalidation.Key a
            && other instanceof Invalidation.Key b
            && b.version() > a.version()
        ? b
        : one;
  }

  private void remove(Item item) {
    if (items.remove(placeOf(item.what), item)) {
      if (!(item.what instanceof Invalidation.Key)) {
        wide--;
      }
      if (item.what instanceof Invalidation.Prefix it) {
        prefixes.remove(it.prefix());
      }
      publish();
    }
  }

  private void publish() {
    anyWide = wide > 0;
    anyItem = !items.isEmpty();
  }

  /** Returns the first ones, which are about to be sent. */
  List<Item> first(int most) {
    lock.lock();
    try {
      List<Item> first = items.values().stream().limit(most).toList();
      first.forEach(item -> item.sent = true);
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Takes one out that the layer knows now, and this instance too. */
  void known(Item item) {
    lock.lock();
    try {
      remove(item);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whether one of them is of this key, or concerns it with many others. */
  boolean covers(String key, Set<String> tags) {
    if (!anyItem) {
      return false;
    }
    lock.lock();
    try {
      return items.containsKey(new Invalidation.Key(key)) || anyCovers(key, tags);
    } finally {
      lock.unlock();
    }
  }

  /** Whether one of them concerns this key with many others. */
  boolean coversWide(String key, Set<String> tags) {
    if (!anyWide) {
      return false;
    }
    lock.lock();
    try {
      return anyCovers(key, tags);
    } finally {
      lock.unlock();
    }
  }

  private boolean anyCovers(String key, Set<String> tags) {
    return items.containsKey(ALL)
        || tags.stream().anyMatch(tag -> items.containsKey(new Invalidation.Tag(tag)))
        || prefixes.stream().anyMatch(key::startsWith);
  }
}
