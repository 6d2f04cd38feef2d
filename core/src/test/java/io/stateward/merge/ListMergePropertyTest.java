package io.stateward.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.merge.Samples.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Lists that two sides changed by random additions, removals, moves and edits. */
final class ListMergePropertyTest {

  private static final Merge<List<Task>> MERGE = Merge.list(Task::id, Merge.of(Task.class));

  /** One change: of what, in which way, and where to. */
  record Step(int kind, int from, int to) {

    void applyTo(List<Task> tasks, int newId) {
      int at = tasks.isEmpty() ? 0 : from % tasks.size();
      switch (kind) {
        case 0 -> tasks.add(to % (tasks.size() + 1), new Task(newId, "new"));
        case 1 -> {
          if (!tasks.isEmpty()) {
            tasks.remove(at);
          }
        }
        case 2 -> {
          if (!tasks.isEmpty()) {
            Task moved = tasks.remove(at);
            tasks.add(to % (tasks.size() + 1), moved);
          }
        }
        default -> {
          if (!tasks.isEmpty()) {
            tasks.set(at, new Task(tasks.get(at).id(), "edited " + to % 2));
          }
        }
      }
    }
  }

  /** Three versions; additions of the two sides have ids of their own. */
  record Versions(List<Task> base, List<Task> mine, List<Task> theirs) {

    static Versions of(int size, List<Step> mine, List<Step> theirs) {
      List<Task> base = new ArrayList<>();
      for (int id = 0; id < size; id++) {
        base.add(new Task(id, "old"));
      }
      return new Versions(base, changed(base, mine, 100), changed(base, theirs, 200));
    }

    private static List<Task> changed(List<Task> base, List<Step> steps, int firstId) {
      List<Task> tasks = new ArrayList<>(base);
      int id = firstId;
      for (Step step : steps) {
        step.applyTo(tasks, id++);
      }
      return tasks;
    }

    MergeResult<List<Task>> merged() {
      return MERGE.merge(base, mine, theirs);
    }
  }

  @Property(seed = "4201", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void merge_oneSideOnly_isThatSideInItsOrder(@ForAll("versions") Versions it) {
    assertThat(MERGE.merge(it.base, it.mine, it.base)).isEqualTo(new MergeResult.Merged<>(it.mine));
    assertThat(order(it.base, it.mine, it.base)).isEqualTo(ids(it.mine));
    assertThat(order(it.base, it.base, it.theirs)).isEqualTo(ids(it.theirs));
    assertThat(order(it.base, it.mine, it.mine)).isEqualTo(ids(it.mine));
  }

  /** Asks for the order itself, without what is settled before it is needed. */
  private static List<Integer> order(List<Task> base, List<Task> mine, List<Task> theirs) {
    Set<Integer> kept = new LinkedHashSet<>(ids(theirs));
    kept.addAll(ids(mine));
    Set<Integer> removed = new HashSet<>(ids(base));
    removed.removeIf(id -> ids(mine).contains(id) && ids(theirs).contains(id));
    kept.removeAll(removed);
    return new ListOrder<>(
            new LinkedHashSet<>(ids(base)),
            new LinkedHashSet<>(ids(mine)),
            new LinkedHashSet<>(ids(theirs)))
        .of(kept);
  }

  @Property(seed = "4202", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void merge_anyChanges_hasTheItemsOfTheModel(@ForAll("versions") Versions it) {
    MergeResult<List<Task>> result = it.merged();

    Map<Integer, Task> was = byId(it.base);
    Map<Integer, Task> my = byId(it.mine);
    Map<Integer, Task> their = byId(it.theirs);
    Map<Integer, Task> merged = byId(result.value());
    Set<Integer> all = new TreeSet<>(was.keySet());
    all.addAll(my.keySet());
    all.addAll(their.keySet());
    Set<Integer> undecided = new TreeSet<>();
    for (int id : all) {
      Task before = was.get(id);
      boolean bothChanged =
          !eq(before, my.get(id)) && !eq(before, their.get(id)) && !eq(my.get(id), their.get(id));
      assertThat(merged.get(id)).isEqualTo(eq(before, their.get(id)) ? my.get(id) : their.get(id));
      if (bothChanged) {
        undecided.add(id);
      }
    }
    assertThat(result.value()).doesNotHaveDuplicates();
    assertThat(result.fields().stream().map(FieldConflict::path))
        .containsExactlyInAnyOrderElementsOf(
            undecided.stream().map(id -> pathOf(id, my.get(id), their.get(id))).toList());
  }

  private static String pathOf(int id, Task mine, Task theirs) {
    return "[" + id + "]" + (mine == null || theirs == null ? "" : ".title");
  }

  @Property(seed = "4203", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void merge_withoutMoves_keepsTheOrdersOfBoth(@ForAll("unmoved") Versions it) {
    List<Integer> merged = ids(it.merged().value());

    assertThat(common(merged, it.theirs)).isEqualTo(commonOf(it.theirs, merged));
    assertThat(common(merged, it.mine)).isEqualTo(commonOf(it.mine, merged));
  }

  @Property(seed = "4204", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void merge_movesOfMineOnly_keepsTheOrderOfMine(@ForAll("movedByMine") Versions it) {
    List<Integer> merged = ids(it.merged().value());

    assertThat(common(merged, it.mine)).isEqualTo(commonOf(it.mine, merged));
  }

  @Property(seed = "4205", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void merge_movesOfTheirsOnly_keepsTheOrderOfTheirs(@ForAll("movedByTheirs") Versions it) {
    List<Integer> merged = ids(it.merged().value());

    assertThat(common(merged, it.theirs)).isEqualTo(commonOf(it.theirs, merged));
  }

  /** What mine added still follows what it followed, with only additions of theirs in between. */
  @Property(seed = "4206", tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void merge_additionOfMine_followsWhatItFollowed(@ForAll("versions") Versions it) {
    List<Integer> merged = ids(it.merged().value());
    List<Integer> mine = commonOf(it.mine, merged);

    for (int i = 0; i < mine.size(); i++) {
      if (mine.get(i) >= 100) {
        int at = merged.indexOf(mine.get(i)) - 1;
        while (at >= 0 && !mine.contains(merged.get(at))) {
          at--;
        }
        assertThat(at < 0 ? null : merged.get(at)).isEqualTo(i == 0 ? null : mine.get(i - 1));
      }
    }
  }

  @Property(seed = "4207", tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void longestRun_anyPermutation_isAsLongAsTheNaiveOne(@ForAll("permutations") int[] numbers) {
    int[] run = LongestRun.of(numbers);

    int[] best = new int[numbers.length];
    int longest = 0;
    for (int i = 0; i < numbers.length; i++) {
      best[i] = 1;
      for (int j = 0; j < i; j++) {
        if (numbers[j] < numbers[i]) {
          best[i] = Math.max(best[i], best[j] + 1);
        }
      }
      longest = Math.max(longest, best[i]);
    }
    assertThat(run).hasSize(longest);
    for (int k = 1; k < run.length; k++) {
      assertThat(run[k]).isGreaterThan(run[k - 1]);
      assertThat(numbers[run[k]]).isGreaterThan(numbers[run[k - 1]]);
    }
  }

  @Provide
  Arbitrary<int[]> permutations() {
    return Arbitraries.shuffle(Arrays.asList(0, 1, 2, 3, 4, 5, 6, 7, 8))
        .map(numbers -> numbers.stream().mapToInt(Integer::intValue).toArray());
  }

  @Provide
  Arbitrary<Versions> versions() {
    return versions(steps(0, 1, 2, 3), steps(0, 1, 2, 3));
  }

  @Provide
  Arbitrary<Versions> unmoved() {
    return versions(steps(0, 1, 3), steps(0, 1, 3));
  }

  @Provide
  Arbitrary<Versions> movedByMine() {
    return versions(steps(0, 1, 2, 3), steps(0, 1, 3));
  }

  @Provide
  Arbitrary<Versions> movedByTheirs() {
    return versions(steps(0, 1, 3), steps(0, 1, 2, 3));
  }

  private static Arbitrary<Versions> versions(
      Arbitrary<List<Step>> mine, Arbitrary<List<Step>> theirs) {
    return Combinators.combine(Arbitraries.integers().between(0, 7), mine, theirs).as(Versions::of);
  }

  private static Arbitrary<List<Step>> steps(Integer... kinds) {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 40);
    return Combinators.combine(Arbitraries.of(kinds), places, places)
        .as(Step::new)
        .list()
        .ofMaxSize(6);
  }

  private static List<Integer> ids(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }

  private static List<Integer> common(List<Integer> ids, List<Task> tasks) {
    return ids.stream().filter(ids(tasks)::contains).toList();
  }

  private static List<Integer> commonOf(List<Task> tasks, List<Integer> ids) {
    return ids(tasks).stream().filter(ids::contains).toList();
  }

  private static Map<Integer, Task> byId(List<Task> tasks) {
    return new HashMap<>(tasks.stream().collect(Collectors.toMap(Task::id, Function.identity())));
  }

  private static boolean eq(Object one, Object other) {
    return one == null ? other == null : one.equals(other);
  }
}
