package io.stateward.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.merge.MergeResult.Merged;
import io.stateward.merge.Samples.Task;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Maps, key by key, and tables, id by id. */
final class KeyedMergeTest {

  private static final Map<String, Integer> BASE = Map.of("a", 1, "b", 2, "c", 3);

  @Test
  void map_differentKeysChanged_hasBoth() {
    Merge<Map<String, Integer>> merge = Merge.map(Merge.undecided());
    Map<String, Integer> theirs = ordered("c", 3, "t", 8, "a", 1); // b removed, t added

    MergeResult<Map<String, Integer>> result =
        merge.merge(BASE, ordered("m", 9, "a", 5, "b", 2), theirs); // c removed, m added, a changed

    assertThat(result.isMerged()).isTrue();
    assertThat(result.value()).isEqualTo(Map.of("a", 5, "m", 9, "t", 8));
    assertThat(result.value().keySet()).containsExactly("t", "a", "m");
    assertThatThrownBy(() -> result.value().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void map_sameKeyChanged_asksTheRuleAndNamesTheKey() {
    MergeResult<Map<String, Integer>> open =
        Merge.<String, Integer>map(Merge.undecided())
            .merge(BASE, Map.of("a", 5, "b", 2, "c", 3), Map.of("a", 6, "b", 2, "c", 3));
    MergeResult<Map<String, Integer>> counted =
        Merge.<String, Integer>map(Merge.intCounter())
            .merge(BASE, Map.of("a", 5, "b", 2, "c", 3), Map.of("a", 5, "b", 2, "c", 3));

    assertThat(open.fields()).containsExactly(new FieldConflict("[a]", 1, 5, 6));
    assertThat(open.value()).containsEntry("a", 6);
    assertThat(counted.value()).containsEntry("a", 9);
  }

  @Test
  void map_deletedAndEdited_asksUnlessTold() {
    Map<String, Integer> deleted = Map.of("b", 2, "c", 3);
    Map<String, Integer> edited = Map.of("a", 5, "b", 2, "c", 3);

    MergeResult<Map<String, Integer>> byTheirs = map(Deletion.ASKS).merge(BASE, edited, deleted);
    MergeResult<Map<String, Integer>> byMine = map(Deletion.ASKS).merge(BASE, deleted, edited);

    assertThat(byTheirs.value()).isEqualTo(deleted);
    assertThat(byTheirs.fields()).containsExactly(new FieldConflict("[a]", 1, 5, null));
    assertThat(byMine.value()).isEqualTo(edited);
    assertThat(byMine.fields()).containsExactly(new FieldConflict("[a]", 1, null, 5));
    for (Deletion told : List.of(Deletion.WINS, Deletion.YIELDS)) {
      Map<String, Integer> expected = told == Deletion.WINS ? deleted : edited;
      assertThat(map(told).merge(BASE, edited, deleted)).isEqualTo(new Merged<>(expected));
      assertThat(map(told).merge(BASE, deleted, edited)).isEqualTo(new Merged<>(expected));
    }
  }

  private static Merge<Map<String, Integer>> map(Deletion deletion) {
    return Merge.map(Merge.undecided(), deletion);
  }

  @Test
  void map_nullValue_isRefusedWithTheKey() {
    Map<String, Integer> holed = new HashMap<>(Map.of("a", 1));
    holed.put("b", null);

    assertThatThrownBy(() -> map(Deletion.ASKS).merge(BASE, holed, Map.of("c", 4)))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("Mine has null under the key b.");
  }

  @Test
  void persistentMap_nothingOfMineLeft_isTheirsItself() {
    PersistentMap<String, Integer> base = PersistentMap.copyOf(BASE);
    PersistentMap<String, Integer> theirs = base.plus("a", 6);

    MergeResult<PersistentMap<String, Integer>> result =
        Merge.<String, Integer>persistentMap(Merge.theirs()).merge(base, base.plus("a", 5), theirs);

    assertThat(result.value()).isSameAs(theirs);
  }

  @Test
  void persistentMap_noBase_isTheUnion() {
    MergeResult<PersistentMap<String, Integer>> result =
        Merge.<String, Integer>persistentMap(Merge.max())
            .merge(null, PersistentMap.of("a", 5), PersistentMap.of("b", 6).plus("a", 4));

    assertThat(result).isEqualTo(new Merged<>(PersistentMap.of("a", 5).plus("b", 6)));
  }

  @Test
  void persistentMap_ruleThrows_failsWithTheKey() {
    Merge<Integer> broken =
        (base, mine, theirs) -> {
          throw new IllegalStateException("no idea");
        };

    assertThatThrownBy(
            () ->
                Merge.<String, Integer>persistentMap(broken)
                    .merge(null, PersistentMap.of("a", 5), PersistentMap.of("a", 6)))
        .isInstanceOfSatisfying(
            MergeFailedException.class, failure -> assertThat(failure.path()).isEqualTo("[a]"))
        .hasMessageContaining("Merging '[a]' failed: the rule threw");
  }

  @Test
  void table_bothChanged_mergesByIdInTheOrderOfTheirs() {
    Merge<EntityTable<Integer, Task>> merge = Merge.table(Merge.of(Task.class));
    EntityTable<Integer, Task> base =
        EntityTable.<Integer, Task>sorted(Task::id, Comparator.comparing(Task::title))
            .setAll(List.of(new Task(1, "one"), new Task(2, "two"), new Task(3, "three")));

    MergeResult<EntityTable<Integer, Task>> result =
        merge.merge(
            base,
            base.set(new Task(1, "mine")).set(new Task(4, "added")).remove(2),
            base.set(new Task(1, "theirs")).set(new Task(5, "bread")));

    assertThat(result.value().toList())
        .containsExactly(
            new Task(4, "added"),
            new Task(5, "bread"),
            new Task(1, "theirs"),
            new Task(3, "three"));
    assertThat(result.fields())
        .containsExactly(new FieldConflict("[1].title", "one", "mine", "theirs"));
  }

  @Test
  void table_ruleChangesTheId_fails() {
    Merge<Task> renaming = (base, mine, theirs) -> new Merged<>(new Task(9, "x"));
    EntityTable<Integer, Task> base =
        EntityTable.<Integer, Task>of(Task::id).set(new Task(1, "one"));

    assertThatThrownBy(
            () ->
                Merge.<Integer, Task>table(renaming)
                    .merge(base, base.set(new Task(1, "m")), base.set(new Task(1, "t"))))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining(
            "Merging '[1]' failed: the rule answered Task[id=9, title=x], which does not belong under this key");
  }

  private static Map<String, Integer> ordered(
      String one, int first, String two, int second, String three, int third) {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put(one, first);
    map.put(two, second);
    map.put(three, third);
    return map;
  }
}
