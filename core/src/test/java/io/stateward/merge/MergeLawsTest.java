package io.stateward.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import io.stateward.merge.Samples.Card;
import io.stateward.merge.Samples.Person;
import io.stateward.merge.Samples.Task;
import io.stateward.signal.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The laws of every ready-made merge: what one side alone changed is taken over as it is, equal
 * changes are one change unless the merge accumulates, and where a rule is symmetric so is the
 * merge. Values are few, so that both sides often change the same things to the same.
 */
final class MergeLawsTest {

  /** A merge and three versions of a value that it merges. */
  record Case<T>(String name, Merge<T> merge, boolean symmetric, T base, T mine, T theirs) {}

  @Property(seed = "4101", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  <T> void merge_onlyMineChanged_isMine(@ForAll("cases") Case<T> it) {
    assertThat(it.merge.merge(it.base, it.mine, it.base))
        .isEqualTo(new MergeResult.Merged<>(it.mine));
  }

  @Property(seed = "4102", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  <T> void merge_onlyTheirsChanged_isTheirs(@ForAll("cases") Case<T> it) {
    assertThat(it.merge.merge(it.base, it.base, it.theirs))
        .isEqualTo(new MergeResult.Merged<>(it.theirs));
  }

  @Property(seed = "4103", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  <T> void merge_sameChange_isThatChangeUnlessItAccumulates(@ForAll("cases") Case<T> it) {
    MergeResult<T> result = it.merge.merge(it.base, it.mine, it.mine);

    if (!it.name.startsWith("counting")) {
      assertThat(result).isEqualTo(new MergeResult.Merged<>(it.mine));
    }
    MergeResult<T> created = it.merge.merge(null, it.mine, it.mine);
    assertThat(created.value()).isEqualTo(it.mine);
  }

  @Property(seed = "4104", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  <T> void merge_sidesExchanged_isTheSameWhereTheRuleIsSymmetric(@ForAll("cases") Case<T> it) {
    MergeResult<T> result = it.merge.merge(it.base, it.mine, it.theirs);
    MergeResult<T> exchanged = it.merge.merge(it.base, it.theirs, it.mine);

    if (it.symmetric) {
      assertThat(exchanged).isEqualTo(result);
    }
    assertThat(exchanged.fields().stream().map(FieldConflict::path))
        .containsExactlyInAnyOrderElementsOf(
            result.fields().stream().map(FieldConflict::path).toList());
  }

  @Property(seed = "4105", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  <T> void merge_again_isTheSame(@ForAll("cases") Case<T> it) {
    assertThat(it.merge.merge(it.base, it.mine, it.theirs))
        .isEqualTo(it.merge.merge(it.base, it.mine, it.theirs));
  }

  @Provide
  Arbitrary<Case<?>> cases() {
    List<Arbitrary<Case<?>>> all = new ArrayList<>();
    Arbitrary<Integer> numbers = Arbitraries.integers().between(-2, 2);
    Arbitrary<Long> longs = Arbitraries.longs().between(-2, 2);
    Arbitrary<Set<Integer>> sets = numbers.set().ofMaxSize(5);
    all.add(cases("mine", Merge.mine(), false, numbers));
    all.add(cases("theirs", Merge.theirs(), false, numbers));
    all.add(cases("undecided", Merge.undecided(), false, numbers));
    all.add(cases("max", Merge.max(), true, numbers));
    all.add(cases("min", Merge.min(), true, numbers));
    all.add(cases("latest", Merge.latest(Task::id), false, tasks()));
    all.add(cases("counting", Merge.counter(), true, longs));
    all.add(cases("counting in int", Merge.intCounter(), true, numbers));
    all.add(cases("set", Merge.set(), true, sets));
    collections(all);
    all.add(cases("record", Merge.of(Card.class), false, cards()));
    all.add(cases("counting in record", CARDS, false, cards()));
    return Arbitraries.oneOf(all);
  }

  private static void collections(List<Arbitrary<Case<?>>> all) {
    Arbitrary<List<Task>> lists = tasks().list().uniqueElements(Task::id).ofMaxSize(5);
    Arbitrary<Map<Integer, Integer>> maps =
        Arbitraries.maps(Arbitraries.integers().between(0, 4), Arbitraries.integers().between(0, 2))
            .ofMaxSize(5);
    for (Deletion deletion : Deletion.values()) {
      Merge<Task> task = Merge.of(Task.class);
      all.add(cases("list", Merge.list(Task::id, task, deletion), false, lists));
      all.add(
          cases(
              "vector",
              Merge.vector(Task::id, task, deletion),
              false,
              lists.map(PersistentVector::copyOf)));
      all.add(
          cases("map", Merge.map(Merge.<Integer>max(), deletion), deletion != Deletion.ASKS, maps));
      all.add(
          cases(
              "counting in persistent map",
              Merge.persistentMap(Merge.intCounter(), deletion),
              false,
              maps.map(PersistentMap::copyOf)));
      all.add(
          cases(
              "table",
              Merge.table(task, deletion),
              false,
              lists.map(EntityTable.<Integer, Task>of(Task::id)::setAll)));
    }
    all.add(
        cases(
            "versioned",
            Merge.versioned(Merge.undecided()),
            false,
            tasks().map(task -> new Versioned<>(task, 1))));
  }

  private static <T> Arbitrary<Case<?>> cases(
      String name, Merge<T> merge, boolean symmetric, Arbitrary<T> values) {
    return Combinators.combine(values, values, values)
        .as((base, mine, theirs) -> new Case<>(name, merge, symmetric, base, mine, theirs));
  }

  private static final Merge<Card> CARDS =
      Merge.of(Card.class)
          .field("title")
          .latest(Card::changedAt)
          .field("done")
          .mine()
          .field("votes", "views")
          .counter()
          .field("tags")
          .set()
          .field("assignee")
          .by(Merge.of(Person.class))
          .field("tasks")
          .by(Merge.list(Task::id, Merge.of(Task.class)));

  private static Arbitrary<Task> tasks() {
    return Combinators.combine(Arbitraries.integers().between(0, 5), Arbitraries.of("a", "b", "c"))
        .as(Task::new);
  }

  private static Arbitrary<Card> cards() {
    Arbitrary<Person> people =
        Combinators.combine(Arbitraries.of("Ann", "Bob"), Arbitraries.of(30, 31))
            .as(Person::new)
            .injectNull(0.2);
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 2),
            Arbitraries.longs().between(0, 2),
            Arbitraries.of("x", "y").set().ofMaxSize(2),
            people,
            tasks().list().uniqueElements(Task::id).ofMaxSize(3),
            Arbitraries.longs().between(0, 2))
        .as(Card::new);
  }

  /**
   * The naive field-wise model of a record merge without rules: nothing is lost, for each field is
   * either as the one side that changed it has it or in the conflicts.
   */
  @Property(seed = "4107", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void record_withoutRules_agreesWithTheFieldwiseModel(
      @ForAll("card") Card base, @ForAll("card") Card mine, @ForAll("card") Card theirs) {
    MergeResult<Card> result = Merge.of(Card.class).merge(base, mine, theirs);

    Map<String, FieldConflict> conflicts = new HashMap<>();
    result.fields().forEach(conflict -> conflicts.put(conflict.path(), conflict));
    FIELDS.forEach(
        (name, field) -> {
          Object was = field.apply(base);
          Object my = field.apply(mine);
          Object their = field.apply(theirs);
          boolean both = !eq(was, my) && !eq(was, their) && !eq(my, their);
          assertThat(field.apply(result.value())).isEqualTo(eq(was, their) ? my : their);
          assertThat(conflicts.remove(name))
              .isEqualTo(both ? new FieldConflict(name, was, my, their) : null);
        });
    assertThat(conflicts).isEmpty();
  }

  @Provide
  Arbitrary<Card> card() {
    return cards();
  }

  private static final Map<String, Function<Card, Object>> FIELDS =
      Map.of(
          "title", Card::title,
          "done", Card::done,
          "votes", Card::votes,
          "views", Card::views,
          "tags", Card::tags,
          "assignee", Card::assignee,
          "tasks", Card::tasks,
          "changedAt", Card::changedAt);

  private static boolean eq(Object one, Object other) {
    return one == null ? other == null : one.equals(other);
  }

  @Property(seed = "4108", tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void set_anyChanges_losesNeitherAdditionNorRemoval(
      @ForAll("numberSet") Set<Integer> base,
      @ForAll("numberSet") Set<Integer> mine,
      @ForAll("numberSet") Set<Integer> theirs) {
    Set<Integer> merged = Merge.<Integer>set().merge(base, mine, theirs).value();

    for (int number = 0; number < 8; number++) {
      boolean was = base.contains(number);
      boolean changed = mine.contains(number) != was || theirs.contains(number) != was;
      assertThat(merged.contains(number)).isEqualTo(was != changed);
    }
  }

  @Provide
  Arbitrary<Set<Integer>> numberSet() {
    return Arbitraries.integers().between(0, 7).set().ofMaxSize(8);
  }

  /** Every change of a key by either side is in the result or among the conflicts. */
  @Property(seed = "4109", tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void map_undecidedValues_losesNothing(
      @ForAll("numberMap") Map<Integer, Integer> base,
      @ForAll("numberMap") Map<Integer, Integer> mine,
      @ForAll("numberMap") Map<Integer, Integer> theirs) {
    MergeResult<PersistentMap<Integer, Integer>> result =
        Merge.<Integer, Integer>persistentMap(Merge.undecided())
            .merge(
                PersistentMap.copyOf(base),
                PersistentMap.copyOf(mine),
                PersistentMap.copyOf(theirs));

    assertThat(Merge.<Integer, Integer>map(Merge.undecided()).merge(base, mine, theirs).value())
        .isEqualTo(result.value());
    List<String> open = result.fields().stream().map(FieldConflict::path).toList();
    for (int key = 0; key < 6; key++) {
      Integer was = base.get(key);
      Integer my = mine.get(key);
      Integer their = theirs.get(key);
      boolean both = !eq(was, my) && !eq(was, their) && !eq(my, their);
      assertThat(result.value().get(key)).isEqualTo(eq(was, their) ? my : their);
      assertThat(open.contains("[" + key + "]")).isEqualTo(both);
    }
  }

  @Provide
  Arbitrary<Map<Integer, Integer>> numberMap() {
    return Arbitraries.maps(
            Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 2))
        .ofMaxSize(6);
  }

  @Property(seed = "4110", tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void counter_anyDeltas_addsBoth(
      @ForAll int base, @ForAll short added, @ForAll short addedByThem) {
    assertThat(Merge.counter().merge((long) base, (long) base + added, (long) base + addedByThem))
        .isEqualTo(new MergeResult.Merged<>((long) base + added + addedByThem));
  }
}
