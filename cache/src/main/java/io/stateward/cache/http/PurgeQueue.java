package io.stateward.cache.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a CDN is to be told to drop: now, and again later. Bounded: if there are too many,
 * the one of the whole cache stands for all of them.
 *
 * <p>Confined to the lock of its {@link Purging}.
 */
final class PurgeQueue {

  static final int MOST = 10_000;

  /** A name that is to be dropped again, and when. */
  private record Later(String name, long dueNanos) {}

  private final String all;
  private final ArrayDeque<Later> later = new ArrayDeque<>(); // by when they are due
  private Map<String, Boolean> now = new LinkedHashMap<>(); // whether again later
  private Map<String, Boolean> asked = new LinkedHashMap<>(); // those of the call under way

  PurgeQueue(String all) {
    this.all = all;
  }

  void add(String name, boolean again) {
    now.merge(name, again, Boolean::logicalOr);
    if (now.size() > MOST) {
      boolean anyAgain = now.containsValue(true);
      now.clear();
      now.put(all, anyAgain);
    }
  }

  boolean isEmpty() {
    return now.isEmpty();
  }

  int size() {
    return now.size() + asked.size() + later.size();
  }

  /** Takes those of the next call. */
  List<String> take(int most) {
    asked = new LinkedHashMap<>();
    Map<String, Boolean> rest = new LinkedHashMap<>();
    now.forEach((name, again) -> (asked.size() < most ? asked : rest).put(name, again));
    now = rest;
    return List.copyOf(asked.keySet());
  }

  /** They are dropped; some again at a time, which is not before that of earlier ones. */
  void done(long dueNanos) {
    asked.forEach(
        (name, again) -> {
          if (again) {
            later.add(new Later(name, dueNanos));
          }
        });
    asked = new LinkedHashMap<>();
    if (later.size() > MOST) {
      later.clear();
      later.add(new Later(all, dueNanos));
    }
  }

  /** They could not be dropped, and are the first of the next call. */
  void undone() {
    Map<String, Boolean> rest = now;
    now = asked;
    asked = new LinkedHashMap<>();
    new ArrayList<>(rest.entrySet()).forEach(entry -> add(entry.getKey(), entry.getValue()));
  }

  boolean hasLater() {
    return !later.isEmpty();
  }

  /** Lets those go that are due. Returns how long until the next one is; -1 if there is none. */
  long release(long nowNanos) {
    Later next = later.peek();
    while (next != null && next.dueNanos - nowNanos <= 0) {
      later.remove();
      add(next.name, false);
      next = later.peek();
    }
    return next == null ? -1 : next.dueNanos - nowNanos;
  }
}
