package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.sync.crdt.History.Event;
import io.stateward.sync.crdt.History.Step;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All kinds of values, each with the plainest statement of what it means. */
public final class Subjects {

  static final TreeCodec<Integer> NUMBERS = TreeCodec.of("number", Tree::of, Tree::asInt);

  private Subjects() {}

  /**
   * A kind of value.
   *
   * @param <S> its type
   * @param subject what it means
   * @param codec how it is written
   */
  public record Case<S extends Replicated<S>>(History.Subject<S> subject, TreeCodec<S> codec) {}

  /**
   * Returns all kinds.
   *
   * @return the kinds
   */
  public static List<Case<?>> all() {
    return List.of(
        new Case<>(new GrowOnly(), GrowOnlyCounter.codec()),
        new Case<>(new PositiveNegative(), PositiveNegativeCounter.codec()),
        new Case<>(new Resettable(), ResettableCounter.codec()),
        new Case<>(new LastWriter(), LastWriterRegister.codec(NUMBERS)),
        new Case<>(new MultiValue(), MultiValueRegister.codec(NUMBERS)),
        new Case<>(new Sets(), ObservedRemoveSet.codec(NUMBERS)),
        new Case<>(
            new Maps(),
            ObservedRemoveMap.codec(NUMBERS, ResettableCounter.empty(), ResettableCounter.codec())),
        new Case<>(
            new NestedMaps(),
            ObservedRemoveMap.codec(
                NUMBERS,
                NestedMaps.BLANK,
                ObservedRemoveMap.codec(NUMBERS, NestedMaps.SET, NestedMaps.SETS))));
  }

  record GrowOnly() implements History.Subject<GrowOnlyCounter> {
    @Override
    public GrowOnlyCounter empty() {
      return GrowOnlyCounter.empty();
    }

    @Override
    public GrowOnlyCounter changed(GrowOnlyCounter value, String replica, Step step, int id) {
      return value.increment(replica, step.amount());
    }

    @Override
    public Object observed(GrowOnlyCounter value) {
      return value.value();
    }

    @Override
    public Object expected(List<Event> seen) {
      return seen.stream().mapToLong(event -> event.step().amount()).sum();
    }
  }

  record PositiveNegative() implements History.Subject<PositiveNegativeCounter> {
    @Override
    public PositiveNegativeCounter empty() {
      return PositiveNegativeCounter.empty();
    }

    private static int amount(Step step) {
      return step.kind() % 2 == 0 ? step.amount() : -step.amount();
    }

    @Override
    public PositiveNegativeCounter changed(
        PositiveNegativeCounter value, String replica, Step step, int id) {
      return value.add(replica, amount(step));
    }

    @Override
    public Object observed(PositiveNegativeCounter value) {
      return value.value();
    }

    @Override
    public Object expected(List<Event> seen) {
      return seen.stream().mapToLong(event -> amount(event.step())).sum();
    }
  }

  /** Whether a change removes what it has seen, as one in eight does. */
  static boolean clears(Step step) {
    return step.kind() == 7;
  }

  /** What the replicas have contributed: each change carries on what its replica had there. */
  static Map<String, Long> contributions(List<Event> seen) {
    Map<String, Event> last = new HashMap<>();
    for (Event event : seen) { // of one replica, in the order of their making
      if (!clears(event.step())) {
        last.put(event.replica(), event);
      }
    }
    Map<String, Long> contributions = new HashMap<>();
    last.forEach(
        (replica, event) -> {
          boolean cleared = seen.stream().anyMatch(e -> clears(e.step()) && event.isPastOf(e));
          if (!cleared) {
            List<Event> before = seen.stream().filter(e -> e.isPastOf(event)).toList();
            contributions.put(
                replica, event.step().amount() + contributions(before).getOrDefault(replica, 0L));
          }
        });
    return contributions;
  }

  static long sum(Map<String, Long> contributions) {
    return contributions.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The counter that can be cleared. */
  public record Resettable() implements History.Subject<ResettableCounter> {
    @Override
    public ResettableCounter empty() {
      return ResettableCounter.empty();
    }

    @Override
    public ResettableCounter changed(ResettableCounter value, String replica, Step step, int id) {
      return clears(step) ? value.cleared() : value.add(replica, step.amount());
    }

    @Override
    public Object observed(ResettableCounter value) {
      return value.value();
    }

    @Override
    public Object expected(List<Event> seen) {
      return sum(contributions(seen));
    }
  }

  /** The register in which the last write stands. */
  public record LastWriter() implements History.Subject<LastWriterRegister<Integer>> {
    @Override
    public LastWriterRegister<Integer> empty() {
      return LastWriterRegister.empty();
    }

    @Override
    public LastWriterRegister<Integer> changed(
        LastWriterRegister<Integer> value, String replica, Step step, int id) {
      return step.kind() < 4 ? value.set(replica, id) : value.set(replica, id, step.amount());
    }

    @Override
    public Object observed(LastWriterRegister<Integer> value) {
      return value.value() == null ? "nothing" : value.value();
    }

    @Override
    public Object expected(List<Event> seen) {
      Map<Integer, Long> stamps = new HashMap<>();
      for (Event event : seen) { // a change comes after those that it had seen
        long after =
            1
                + stamps.entrySet().stream()
                    .filter(entry -> event.past().get(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .max()
                    .orElse(0);
        long clock = event.step().kind() < 4 ? 0 : event.step().amount();
        stamps.put(event.id(), Math.max(after, clock));
      }
      return seen.stream()
          .max(
              Comparator.<Event>comparingLong(e -> Objects.requireNonNull(stamps.get(e.id())))
                  .thenComparing(Event::replica))
          .<Object>map(Event::id)
          .orElse("nothing");
    }
  }

  record MultiValue() implements History.Subject<MultiValueRegister<Integer>> {
    @Override
    public MultiValueRegister<Integer> empty() {
      return MultiValueRegister.empty();
    }

    @Override
    public MultiValueRegister<Integer> changed(
        MultiValueRegister<Integer> value, String replica, Step step, int id) {
      return clears(step) ? value.cleared() : value.set(replica, id);
    }

    @Override
    public Object observed(MultiValueRegister<Integer> value) {
      return new TreeSet<>(value.values());
    }

    @Override
    public Object expected(List<Event> seen) {
      return seen.stream()
          .filter(event -> !clears(event.step()) && seen.stream().noneMatch(event::isPastOf))
          .map(Event::id)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The keys that were added and not removed by who had seen that. */
  static Set<Integer> present(List<Event> seen) {
    return seen.stream()
        .filter(event -> isAddition(event.step()))
        .filter(event -> seen.stream().noneMatch(e -> removes(e, event) && event.isPastOf(e)))
        .map(event -> event.step().key())
        .collect(Collectors.toSet());
  }

  static boolean isAddition(Step step) {
    return step.kind() < 5;
  }

  private static boolean removes(Event event, Event addition) {
    return clears(event.step())
        || (!isAddition(event.step()) && event.step().key() == addition.step().key());
  }

  record Sets() implements History.Subject<ObservedRemoveSet<Integer>> {
    @Override
    public ObservedRemoveSet<Integer> empty() {
      return ObservedRemoveSet.empty();
    }

    @Override
    public ObservedRemoveSet<Integer> changed(
        ObservedRemoveSet<Integer> value, String replica, Step step, int id) {
      if (isAddition(step)) {
        return value.add(replica, step.key());
      }
      return clears(step) ? value.cleared() : value.remove(step.key());
    }

    @Override
    public Object observed(ObservedRemoveSet<Integer> value) {
      return new HashSet<>(value.elements());
    }

    @Override
    public Object expected(List<Event> seen) {
      return present(seen);
    }
  }

  /** The map of such counters. */
  public record Maps() implements History.Subject<ObservedRemoveMap<Integer, ResettableCounter>> {
    @Override
    public ObservedRemoveMap<Integer, ResettableCounter> empty() {
      return ObservedRemoveMap.of(ResettableCounter.empty());
    }

    @Override
    public ObservedRemoveMap<Integer, ResettableCounter> changed(
        ObservedRemoveMap<Integer, ResettableCounter> map, String replica, Step step, int id) {
      return clears(step)
          ? map.remove(step.key())
          : map.update(step.key(), count -> count.add(replica, step.amount()));
    }

    @Override
    public Object observed(ObservedRemoveMap<Integer, ResettableCounter> map) {
      Map<Integer, Long> counts = new TreeMap<>();
      map.keys().forEach(key -> counts.put(key, Objects.requireNonNull(map.get(key)).value()));
      return counts;
    }

    @Override
    public Object expected(List<Event> seen) {
      Map<Integer, Long> counts = new TreeMap<>();
      seen.stream()
          .collect(Collectors.groupingBy(event -> event.step().key()))
          .forEach(
              (key, events) -> {
                Map<String, Long> contributions = contributions(events);
                if (!contributions.isEmpty()) {
                  counts.put(key, sum(contributions));
                }
              });
      return counts;
    }
  }

  /** A map of maps of sets: the key's last bit is the inner key, its first one the outer. */
  record NestedMaps()
      implements History.Subject<
          ObservedRemoveMap<Integer, ObservedRemoveMap<Integer, ObservedRemoveSet<Integer>>>> {

    static final ObservedRemoveSet<Integer> SET = ObservedRemoveSet.empty();
    static final CausalCodec<ObservedRemoveSet<Integer>> SETS = ObservedRemoveSet.codec(NUMBERS);
    static final ObservedRemoveMap<Integer, ObservedRemoveSet<Integer>> BLANK =
        ObservedRemoveMap.of(SET);

    @Override
    public ObservedRemoveMap<Integer, ObservedRemoveMap<Integer, ObservedRemoveSet<Integer>>>
        empty() {
      return ObservedRemoveMap.of(BLANK);
    }

    @Override
    public ObservedRemoveMap<Integer, ObservedRemoveMap<Integer, ObservedRemoveSet<Integer>>>
        changed(
            ObservedRemoveMap<Integer, ObservedRemoveMap<Integer, ObservedRemoveSet<Integer>>> map,
            String replica,
            Step step,
            int id) {
      int outer = step.key() / 2;
      int inner = step.key() % 2;
      return switch (step.kind()) {
        case 7 -> map.remove(outer);
        case 6 -> map.update(outer, sets -> sets.remove(inner));
        default -> map.update(outer, sets -> sets.update(inner, set -> set.add(replica, id)));
      };
    }

    @Override
    public Object observed(
        ObservedRemoveMap<Integer, ObservedRemoveMap<Integer, ObservedRemoveSet<Integer>>> map) {
      Set<String> all = new TreeSet<>();
      for (int outer : map.keys()) {
        var sets = Objects.requireNonNull(map.get(outer));
        for (int inner : sets.keys()) {
          for (int id : Objects.requireNonNull(sets.get(inner)).elements()) {
            all.add(outer + "/" + inner + "/" + id);
          }
        }
      }
      return all;
    }

    @Override
    public Object expected(List<Event> seen) {
      return seen.stream()
          .filter(event -> event.step().kind() < 6)
          .filter(
              event -> seen.stream().noneMatch(e -> takes(e.step(), event) && event.isPastOf(e)))
          .map(e -> e.step().key() / 2 + "/" + e.step().key() % 2 + "/" + e.id())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean takes(Step step, Event addition) {
      int key = addition.step().key();
      return (step.kind() == 7 && step.key() / 2 == key / 2)
          || (step.kind() == 6 && step.key() == key);
    }
  }
}
