package io.stateward.scope;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who is a member of a family, how often each is leased, and who has to go.
 *
 * <p>Members that have to go are returned, for the caller to close them: nothing foreign runs under
 * the lock but the equality of keys, and no other lock is taken under it.
 *
 * <pre>
 *   asked --> made --> leased <--> unleased --> gone   evicted by the policy
 *     |                  `--> lingering --> gone       evicted by hand or by age, closed with
 *   failed                                             the last lease
 * </pre>
 *
 * <p>Whoever asks for a key counts as a lease from then on, the maker included. So a member that is
 * being made is never taken for unused; and each is returned as gone once.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Roster<K, V> {

  private final Eviction eviction;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Member<K, V>> members = new LinkedHashMap<>(); // by lock; oldest first
  private final Set<Member<K, V>> unleased = new LinkedHashSet<>(); // by lock; unused longest first
  private final Set<Member<K, V>> lingering = new LinkedHashSet<>(); // by lock; evicted and leased
  private volatile boolean ended; // written under lock

  Roster(Eviction eviction) {
    this.eviction = eviction;
  }

  /** A lease on a member, whether the caller has to make its value, and who had to go for it. */
  record Joined<K, V>(Member<K, V> member, boolean isNew, List<Member<K, V>> gone) {}

  /** Takes a lease on the member of a key, a new one if need be; null if the roster has ended. */
  @Nullable Joined<K, V> join(String family, K key, long now) {
    List<Member<K, V>> gone = new ArrayList<>(0);
    lock.lock();
    try {
      if (ended) {
        return null;
      }
      Member<K, V> member = members.get(key);
      if (member != null && isDue(member, now)) {
        remove(member, gone);
        member = null;
      }
      boolean isNew = member == null;
      if (member == null) {
        member = new Member<>(family, key, now);
        members.put(key, member);
      }
      member.leases++;
      unleased.remove(member);
      return new Joined<>(member, isNew, gone);
    } finally {
      lock.unlock();
    }
  }

  /** Gives a member its value; false if the roster has ended, and the caller has to close it. */
  boolean enter(Member<K, V> member, V value) {
    lock.lock();
    try {
      if (!ended) {
        member.hold(value);
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a member whose value could not be made. */
  void forget(Member<K, V> member) {
    lock.lock();
    try {
      members.remove(member.key, member);
      lingering.remove(member);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a lease, and returns who has to go. */
  List<Member<K, V>> giveBack(Member<K, V> member, long now) {
    List<Member<K, V>> gone = new ArrayList<>(0);
    lock.lock();
    try {
      member.leases--;
      if (ended || member.leases > 0 || member.value() == null) {
        return gone; // one whose value could not be made is forgotten already
      }
      if (lingering.remove(member)) {
        gone.add(member);
        return gone;
      }
      if (!eviction.fromBirth()) {
        member.since = now;
      }
      unleased.add(member);
      while (unleased.size() > eviction.keep()) {
        remove(unleased.iterator().next(), gone);
      }
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /** Evicts the member of a key, and returns who has to go. */
  List<Member<K, V>> evict(K key) {
    List<Member<K, V>> gone = new ArrayList<>(0);
    lock.lock();
    try {
      Member<K, V> member = members.get(key);
      if (member != null) {
        remove(member, gone);
      }
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /** Evicts those whose time is over, and returns who has to go. */
  List<Member<K, V>> evictDue(long now) {
    List<Member<K, V>> gone = new ArrayList<>(0);
    lock.lock();
    try {
      Member<K, V> first = firstDue();
      while (first != null && isDue(first, now)) {
        remove(first, gone);
        first = firstDue();
      }
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns how long it is until somebody's time is over, in nanoseconds; null if it never is. It
   * is never longer than the time of the eviction, even if the caller looked at the clock long ago.
   */
  @Nullable Long nanosUntilDue(long now) {
    lock.lock();
    try {
      Member<K, V> first = firstDue();
      return first == null
          ? null
          : Math.min(eviction.nanos(), first.since + eviction.nanos() - now);
    } finally {
      lock.unlock();
    }
  }

  /** Removes a member. It is gone if nobody holds a lease on it. Under the lock. */
  private void remove(Member<K, V> member, List<Member<K, V>> gone) {
    members.remove(member.key, member);
    if (unleased.remove(member)) {
      gone.add(member);
    } else {
      lingering.add(member);
    }
  }

  private boolean isDue(Member<K, V> member, long now) {
    return eviction.isTimed()
        && (eviction.fromBirth() || member.leases == 0)
        && now - member.since >= eviction.nanos();
  }

  /** Returns the member whose time is over first; null if there is none. Under the lock. */
  private @Nullable Member<K, V> firstDue() {
    if (!eviction.isTimed()) {
      return null;
    }
    Iterator<Member<K, V>> queue =
        eviction.fromBirth() ? members.values().iterator() : unleased.iterator();
    return queue.hasNext() ? queue.next() : null;
  }

  int size() {
    lock.lock();
    try {
      return members.size();
    } finally {
      lock.unlock();
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** Removes everybody, lets nobody in any more, and returns who was there, last one first. */
  List<Member<K, V>> end() {
    lock.lock();
    try {
      ended = true;
      List<Member<K, V>> all = new ArrayList<>(lingering);
      all.addAll(members.values());
      Collections.reverse(all);
      members.clear();
      unleased.clear();
      lingering.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
