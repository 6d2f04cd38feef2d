package io.stateward.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of a merged list, of the orders of three versions.
 *
 * <p>The frame is theirs, without what mine alone moved. What mine added or moved is then put, in
 * mine's order, behind what it follows there:
 *
 * <pre>
 *   base    a b c d
 *   mine    a y c d b       y added, b moved
 *   theirs  a x b c d       x added
 *
 *   frame   a x   c d       theirs without b
 *   y       a x y c d       follows a, and x, which theirs added in the same place
 *   b       a x y c d b     follows d
 * </pre>
 *
 * <p>An item has moved if it is outside a longest run of items that are in the order they had.
 * Matching first, by identity, and merging then, with moves as changes of what an item follows, is
 * the manner of Lindholm, "A three-way merge for XML documents" (DocEng 2004). That an item which
 * both moved stands in one place, not in two, is what Kleppmann, "Moving elements in list CRDTs"
 * (PaPoC 2020), asks of a move.
 *
 * <p><b>Cost.</b> O(n log n).
 */
final class ListOrder<K> {

  private final Set<K> mine;
  private final Set<K> theirs;
  private final Set<K> movedByMine;
  private final Set<K> movedByTheirs;

  /** Takes the ids of the three versions; each set iterates in the order of its list. */
  ListOrder(Set<K> base, Set<K> mine, Set<K> theirs) {
    this.mine = mine;
    this.theirs = theirs;
    this.movedByMine = moved(base, mine);
    this.movedByTheirs = moved(base, theirs);
  }

  /** Returns the ids that are kept, all of which are in mine or in theirs, in their order. */
  List<K> of(Set<K> kept) {
    Map<K, Place<K>> places = new HashMap<>();
    Place<K> start = new Place<>(null);
    Place<K> last = start;
    for (K id : theirs) {
      if (kept.contains(id) && !isPlacedByMine(id)) {
        last = last.follow(id);
        places.put(id, last);
      }
    }
    Place<K> before = start;
    for (K id : mine) {
      if (kept.contains(id)) {
        Place<K> place = places.get(id);
        before = place == null ? endOfTheirs(before).follow(id) : place;
      }
    }
    return start.followers();
  }

  private boolean isPlacedByMine(K id) {
    return mine.contains(id)
        && (!theirs.contains(id) || (movedByMine.contains(id) && !movedByTheirs.contains(id)));
  }

  /** Returns the last of the places from here on that hold what mine does not have. */
  private Place<K> endOfTheirs(Place<K> from) {
    Place<K> end = from;
    while (end.next != null && !mine.contains(end.next.required())) {
      end = end.next;
    }
    return end;
  }

  private static <K> Set<K> moved(Set<K> before, Set<K> after) {
    Map<K, Integer> indexes = new HashMap<>();
    for (K id : before) {
      indexes.put(id, indexes.size());
    }
    List<K> common = after.stream().filter(indexes::containsKey).toList();
    int[] order = common.stream().mapToInt(id -> Objects.requireNonNull(indexes.get(id))).toArray();
    Set<K> moved = new HashSet<>(common);
    for (int index : LongestRun.of(order)) {
      moved.remove(common.get(index));
    }
    return moved;
  }

  /** A place in the order; the first holds nothing. */
  private static final class Place<K> {
    private final @Nullable K id;
    private @Nullable Place<K> next;

    Place(@Nullable K id) {
      this.id = id;
    }

    K required() {
      return Objects.requireNonNull(id);
    }

    /** Returns a new place directly behind this one. */
    Place<K> follow(K follower) {
      Place<K> place = new Place<>(follower);
      place.next = next;
      next = place;
      return place;
    }

    List<K> followers() {
      List<K> ids = new ArrayList<>();
      for (Place<K> place = next; place != null; place = place.next) {
        ids.add(place.required());
      }
      return ids;
    }
  }
}
