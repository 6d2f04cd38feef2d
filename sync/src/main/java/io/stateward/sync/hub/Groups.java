package io.stateward.sync.hub;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Those that have something in common, at most so many of each kind.
 *
 * <p>Thread safety: safe for any number of threads.
 *
 * @param <M> the members
 */
final class Groups<M> {

  private final ConcurrentHashMap<String, Set<M>> byName = new ConcurrentHashMap<>();
  private final int most;

  Groups(int most) {
    this.most = most;
  }

  /** Adds one, or answers that its group is full. */
  boolean add(String name, M member) {
    boolean[] added = new boolean[1];
    byName.compute(
        name,
        (key, known) -> {
          Set<M> group = known == null ? new HashSet<>() : known;
          added[0] = group.size() < most && group.add(member);
          return group;
        });
    return added[0];
  }

  /** Takes one out, if it is there. */
  void remove(String name, M member) {
    byName.computeIfPresent(
        name, (key, group) -> group.remove(member) && group.isEmpty() ? null : group);
  }

  /** How many kinds there are, each with a member at least. */
  int size() {
    return byName.size();
  }
}
