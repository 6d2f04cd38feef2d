package io.stateward.optimistic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of the mutations of earlier runs, beside those that are in the log.
 *
 * @param inert those that cannot be read, in the order in which they were stored
 * @param order everything that was stored, in order; empty if nothing is inert
 * @param issued the highest id of each origin, the latest origin last
 * @param times how often a stored log was taken in
 */
record Earlier(List<Inert> inert, List<MutationId> order, List<MutationId> issued, int times) {

  private static final int ORIGINS = 100;
  static final Earlier NONE = new Earlier(List.of(), List.of(), List.of(), 0);

  /** Takes in what was stored. */
  Earlier with(SavedLog<?> log, List<Inert> unreadable) {
    List<MutationId> stored = log.mutations().stream().map(SavedMutation::id).toList();
    List<Inert> all = Stream.concat(inert.stream(), unreadable.stream()).toList();
    return new Earlier(
        all,
        all.isEmpty() ? List.of() : Stream.concat(order.stream(), stored.stream()).toList(),
        highest(Stream.of(issued, log.issued(), stored).flatMap(List::stream).toList()),
        times + 1);
  }

  private static List<MutationId> highest(List<MutationId> ids) {
    Map<String, MutationId> byOrigin = new LinkedHashMap<>();
    ids.forEach(id -> byOrigin.merge(id.origin(), id, (a, b) -> a.number() >= b.number() ? a : b));
    List<MutationId> all = List.copyOf(byOrigin.values());
    return all.subList(Math.max(0, all.size() - ORIGINS), all.size());
  }

  /** Returns the highest ids, with that of one more origin. */
  List<MutationId> issuedWith(MutationId latest) {
    return highest(Stream.concat(issued.stream(), Stream.of(latest)).toList());
  }

  /** Returns the highest number that is known of an origin; 0 if none is. */
  long highestOf(String origin) {
    for (MutationId id : issued) {
      if (id.origin().equals(origin)) {
        return id.number();
      }
    }
    return 0;
  }

  boolean isIssued(MutationId id) {
    return id.number() <= highestOf(id.origin());
  }

  boolean hasInert(MutationId id) {
    return inert.stream().anyMatch(each -> each.id().equals(id));
  }

  /** Whether there is an unreadable one whose answer is not known. */
  boolean hasOpenInert(MutationId id) {
    return inert.stream().anyMatch(each -> each.id().equals(id) && each.isOpen());
  }

  Earlier withoutInert(MutationId id) {
    return hasInert(id) ? having(inert.stream().filter(each -> !each.id().equals(id))) : this;
  }

  Earlier acknowledgedInert(MutationId id) {
    return having(inert.stream().map(each -> each.id().equals(id) ? each.acknowledged() : each));
  }

  private Earlier having(Stream<Inert> others) {
    return new Earlier(others.toList(), order, issued, times);
  }

  /** Puts what cannot be read between the mutations of a log, where it was. */
  List<SavedMutation> mergedWith(List<SavedMutation> log) {
    if (inert.isEmpty()) {
      return log;
    }
    Map<MutationId, Integer> places = new HashMap<>();
    order.forEach(id -> places.putIfAbsent(id, places.size()));
    Set<MutationId> present = Set.copyOf(log.stream().map(SavedMutation::id).toList());
    List<SavedMutation> all = new ArrayList<>();
    inert.stream()
        .filter(each -> !present.contains(each.id()))
        .forEach(each -> all.add(each.stored()));
    all.addAll(log);
    int last = places.size();
    all.sort((a, b) -> places.getOrDefault(a.id(), last) - places.getOrDefault(b.id(), last));
    return List.copyOf(all);
  }
}
