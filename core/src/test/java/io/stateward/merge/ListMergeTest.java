package io.stateward.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.PersistentVector;
import io.stateward.merge.MergeResult.Merged;
import io.stateward.merge.Samples.Task;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of items that have an identity. */
final class ListMergeTest {

  private static final Merge<List<String>> LETTERS =
      Merge.list(Function.identity(), Merge.undecided());

  @ParameterizedTest(name = "{0}: {1} and {2} make {3}")
  @CsvSource({
    "abcd, aycdb, axbcd, axycdb", // the example of ListOrder
    "ab,   ayb,   axb,   axyb", // theirs first in the same place
    "ab,   ay1b,  axwb,  axwy1b", // never interleaved
    "a,    ya,    xa,    xya",
    "a,    ay,    ax,    axy",
    "abc,  ac,    abcx,  acx", // removed by mine
    "abc,  abcy,  bc,    bcy", // removed by theirs
    "abc,  aybc,  c,     yc", // what mine's addition followed is gone
    "abc,  cab,   abc,   cab", // moved by mine
    "abc,  abc,   cab,   cab", // moved by theirs
    "abcd, bacd,  abdc,  badc", // each moved something
    "abc,  bca,   cab,   cab", // what mine moved goes with what it follows
    "abcde, bcdea, bcade, bcade", // both moved the same item: theirs' place
    "abc,  cba,   cba,   cba", // the same move
    "abc,  bac,   bc,    bc", // moved and removed
    "abc,  abyc,  bac,   byac", // an addition goes with what it follows
    "ab,   axb,   bax,   bax", // added by both: theirs' place
    "ab,   '',    ab,    ''",
    "ab,   '',    abx,   x"
  })
  void list_bothChanged_hasTheChangesOfBothInOrder(
      String base, String mine, String theirs, String expected) {
    assertThat(LETTERS.merge(letters(base), letters(mine), letters(theirs)))
        .isEqualTo(new Merged<>(letters(expected)));
  }

  private static List<String> letters(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(""));
  }

  @Test
  void list_noBase_isTheUnionInTheOrderOfTheirs() {
    assertThat(LETTERS.merge(null, letters("amb"), letters("bta")).value())
        .isEqualTo(letters("btam"));
  }

  @Test
  void list_itemEditedByBoth_asksItsMergeAndNamesTheId() {
    Merge<List<Task>> merge = Merge.list(Task::id, Merge.of(Task.class));
    List<Task> base = List.of(new Task(7, "seven"), new Task(8, "eight"));

    MergeResult<List<Task>> result =
        merge.merge(
            base,
            List.of(new Task(8, "EIGHT"), new Task(7, "mine")),
            List.of(new Task(7, "theirs"), new Task(8, "eight")));

    assertThat(result.value()).containsExactly(new Task(8, "EIGHT"), new Task(7, "theirs"));
    assertThat(result.fields())
        .containsExactly(new FieldConflict("[7].title", "seven", "mine", "theirs"));
  }

  @Test
  void list_deletedAndEdited_asksUnlessTold() {
    List<Task> base = List.of(new Task(1, "one"), new Task(2, "two"), new Task(3, "three"));
    List<Task> edited = List.of(new Task(1, "one"), new Task(2, "TWO"), new Task(3, "three"));
    List<Task> deleted = List.of(new Task(3, "three"));

    MergeResult<List<Task>> open = tasks(Deletion.ASKS).merge(base, edited, deleted);

    assertThat(open.value()).isEqualTo(deleted);
    assertThat(open.fields())
        .containsExactly(new FieldConflict("[2]", base.get(1), edited.get(1), null));
    assertThat(tasks(Deletion.WINS).merge(base, edited, deleted)).isEqualTo(new Merged<>(deleted));
    assertThat(tasks(Deletion.YIELDS).merge(base, edited, deleted))
        .isEqualTo(new Merged<>(List.of(new Task(2, "TWO"), new Task(3, "three"))));
  }

  private static Merge<List<Task>> tasks(Deletion deletion) {
    return Merge.list(Task::id, Merge.of(Task.class), deletion);
  }

  @Test
  void list_twoItemsWithOneId_fails() {
    assertThatThrownBy(() -> LETTERS.merge(letters("ab"), letters("aba"), letters("abc")))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("Two items of mine have the id a.");
  }

  @Test
  void list_nullIdOrItem_fails() {
    Merge<List<Task>> merge = Merge.list(task -> null, Merge.of(Task.class));
    List<Task> one = List.of(new Task(1, "one"));

    assertThatThrownBy(() -> merge.merge(List.of(), one, List.of(new Task(2, "two"))))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining(
            "The id of Task[id=1, title=one] is null. Give every item an id. Base was []");
    assertThatThrownBy(() -> LETTERS.merge(letters("a"), holed(), letters("b")))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("An item is null.");
  }

  @SuppressWarnings("NullAway") // null is what is refused
  private static List<String> holed() {
    return Arrays.asList("a", (@Nullable String) null);
  }

  @Test
  void list_ruleChangesTheId_fails() {
    Merge<List<Task>> merge =
        Merge.list(Task::id, (base, mine, theirs) -> new Merged<>(new Task(9, "x")));

    assertThatThrownBy(
            () ->
                merge.merge(
                    List.of(new Task(1, "b")),
                    List.of(new Task(1, "m")),
                    List.of(new Task(1, "t"))))
        .hasMessageContaining("Merging '[1]' failed: the rule answered Task[id=9, title=x]");
  }

  @Test
  void vector_bothChanged_isMergedAsAList() {
    Merge<PersistentVector<String>> merge = Merge.vector(Function.identity(), Merge.undecided());
    PersistentVector<String> base = PersistentVector.of("a", "b");
    PersistentVector<String> theirs = base.append("t");

    assertThat(merge.merge(base, base.append("m"), theirs).value())
        .isEqualTo(PersistentVector.of("a", "b", "t", "m"));
    assertThat(merge.merge(base, base.without(0), theirs.without(0)).value())
        .isEqualTo(PersistentVector.of("b", "t"));
  }
}
