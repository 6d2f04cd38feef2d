package io.stateward.merge;

import static io.stateward.merge.Samples.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.merge.MergeResult.Merged;
import io.stateward.merge.Samples.Card;
import io.stateward.merge.Samples.Person;
import io.stateward.merge.Samples.Task;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records, field by field. */
final class RecordMergeTest {

  private final RecordMerge<Card> cards = Merge.of(Card.class);

  @Test
  void merge_differentFieldsChanged_hasBoth() {
    assertThat(cards.merge(BASE, BASE.titled("cream"), BASE.asDone(true).seen(11)))
        .isEqualTo(new Merged<>(BASE.titled("cream").asDone(true).seen(11)));
  }

  @Test
  void merge_sameChange_needsNoRule() {
    assertThat(cards.merge(BASE, BASE.titled("cream").seen(11), BASE.titled("cream")))
        .isEqualTo(new Merged<>(BASE.titled("cream").seen(11)));
  }

  @Test
  void merge_resultEqualsTheirs_isTheirsItself() {
    Card theirs = BASE.titled("soy").seen(12);

    assertThat(
            cards
                .field("title")
                .theirs()
                .merge(BASE, BASE.titled("cream").seen(12), theirs)
                .value())
        .isSameAs(theirs);
  }

  @Test
  void merge_noRule_isUndecidedWithTheirs() {
    MergeResult<Card> result =
        cards.merge(
            BASE, BASE.titled("cream").voted(4).seen(11), BASE.titled("soy").voted(5).asDone(true));

    assertThat(result.value()).isEqualTo(BASE.titled("soy").voted(5).asDone(true).seen(11));
    assertThat(result.fields())
        .containsExactly(
            new FieldConflict("title", "milk", "cream", "soy"),
            new FieldConflict("votes", 3, 4, 5));
  }

  @Test
  void merge_noBase_leavesWhatDiffersToTheRules() {
    MergeResult<Card> result =
        cards
            .field("tags")
            .set()
            .field("votes")
            .counter()
            .merge(null, BASE.tagged("a").titled("cream"), BASE.tagged("b"));

    assertThat(result.value()).isEqualTo(BASE.tagged("a", "b"));
    assertThat(result.fields())
        .containsExactly(
            new FieldConflict("title", null, "cream", "milk"),
            new FieldConflict("votes", null, 3, 3));
  }

  @Test
  void refuse_bothChanged_failsWithTheField() {
    RecordMerge<Card> strict = cards.field("title").mine().otherFields().refuse();

    assertThat(strict.merge(BASE, BASE.titled("cream"), BASE.titled("soy").voted(4)).isMerged())
        .isTrue();
    assertThatThrownBy(() -> strict.merge(BASE, BASE.voted(4), BASE.voted(5)))
        .isInstanceOf(MergeFailedException.class)
        .hasMessage(
            "Merging 'votes' failed: both sides changed it, and it is told to be refused; give it a rule if that may happen."
                + " Base was 3, mine is 4, theirs is 5.");
  }

  @Test
  void field_unknown_isRefusedWithTheFieldsThereAre() {
    assertThatThrownBy(() -> cards.field("titel"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Card has no field 'titel'. Its fields are [title, done, votes,");
  }

  @Test
  void field_secondRule_takesThePlaceOfTheFirstAndChangesNoOtherMerge() {
    RecordMerge<Card> mine = cards.field("title").mine();
    RecordMerge<Card> theirs = mine.field("title").theirs();
    Card cream = BASE.titled("cream");
    Card soy = BASE.titled("soy");

    assertThat(mine.merge(BASE, cream, soy).value()).isEqualTo(cream);
    assertThat(theirs.merge(BASE, cream, soy).value()).isEqualTo(soy);
    assertThat(cards.merge(BASE, cream, soy).isMerged()).isFalse();
  }

  @Test
  void field_ruleThatDoesNotFitItsType_isRefused() {
    assertThatThrownBy(() -> cards.field("title").counter())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The field 'title' of Card is of type java.lang.String, for which counter() is no rule."
                + " Give it another one, or a merge of your own with by(...).");
    assertThatThrownBy(() -> cards.field("title").set()).hasMessageContaining("set() is no rule");
    assertThatThrownBy(() -> cards.field("tags").max()).hasMessageContaining("max() is no rule");
    assertThatThrownBy(() -> cards.field("tags").min()).hasMessageContaining("min() is no rule");
    assertThatThrownBy(() -> cards.field("assignee").by(Merge.of(Task.class)))
        .hasMessageContaining("a merge of io.stateward.merge.Samples$Task is no rule");
    assertThatThrownBy(() -> cards.otherFields().counter())
        .hasMessageContaining("The field 'title'");
  }

  @Test
  void counterMaxAndMin_primitives_decide() {
    RecordMerge<Card> merge =
        cards.field("votes").counter().field("views").counter().field("done").max();

    assertThat(
            merge.merge(BASE, BASE.voted(4).seen(20).asDone(true), BASE.voted(4).seen(11)).value())
        .isEqualTo(BASE.voted(5).seen(21).asDone(true));
    assertThat(cards.field("votes").max().merge(BASE, BASE.voted(9), BASE.voted(4)).value())
        .isEqualTo(BASE.voted(9));
    assertThat(cards.field("votes").min().merge(BASE, BASE.voted(9), BASE.voted(4)).value())
        .isEqualTo(BASE.voted(4));
  }

  @Test
  void counter_bothRecordsEqual_stillAddsBoth() {
    RecordMerge<Card> merge = cards.field("votes").counter();

    assertThat(merge.merge(BASE, BASE.voted(4), BASE.voted(4)).value()).isEqualTo(BASE.voted(5));
  }

  @Test
  void latest_field_followsTheLaterRecord() {
    RecordMerge<Card> merge = cards.field("title").latest(Card::changedAt).field("changedAt").max();

    assertThat(merge.merge(BASE, BASE.titled("cream", 103), BASE.titled("soy", 102)))
        .isEqualTo(new Merged<>(BASE.titled("cream", 103)));
    assertThat(merge.merge(BASE, BASE.titled("cream"), BASE.titled("soy")).fields())
        .containsExactly(new FieldConflict("title", "milk", "cream", "soy"));
  }

  @Test
  void nested_withAMerge_isMergedByItsFields() {
    RecordMerge<Card> merge = cards.field("assignee").by(Merge.of(Person.class));

    MergeResult<Card> result =
        merge.merge(
            BASE, BASE.assigned(new Person("Bob", 31)), BASE.assigned(new Person("Cid", 30)));

    assertThat(result.value().assignee()).isEqualTo(new Person("Cid", 31));
    assertThat(result.fields())
        .containsExactly(new FieldConflict("assignee.name", "Ann", "Bob", "Cid"));
  }

  @Test
  void nested_clearedByOneSide_isUndecided() {
    RecordMerge<Card> merge = cards.field("assignee").by(Merge.of(Person.class));
    Card theirs = BASE.assigned(new Person("Ann", 31));

    assertThat(merge.merge(BASE, BASE.assigned(null), theirs).fields())
        .containsExactly(
            new FieldConflict("assignee", new Person("Ann", 30), null, new Person("Ann", 31)));
    assertThat(merge.merge(BASE, BASE.assigned(null), BASE.titled("soy")))
        .isEqualTo(new Merged<>(BASE.assigned(null).titled("soy")));
  }

  @Test
  void by_lambda_isAskedWhereBothChanged() {
    Merge<String> joined = (base, mine, theirs) -> new Merged<>(mine + " and " + theirs);
    RecordMerge<Card> merge = cards.field("title").by(joined);

    assertThat(merge.merge(BASE, BASE.titled("cream"), BASE.titled("soy")).value().title())
        .isEqualTo("cream and soy");
    assertThat(merge.merge(BASE, BASE.titled("soy"), BASE.titled("soy")).value().title())
        .isEqualTo("soy");
  }

  @Test
  void by_ruleThrows_failsWithThePath() {
    Merge<String> broken =
        (base, mine, theirs) -> {
          throw new IllegalStateException("no idea");
        };
    RecordMerge<Card> merge =
        cards.field("assignee").by(Merge.of(Person.class).field("name").by(broken));

    assertThatThrownBy(
            () ->
                merge.merge(
                    BASE,
                    BASE.assigned(new Person("Bob", 30)),
                    BASE.assigned(new Person("Cid", 30))))
        .isInstanceOfSatisfying(
            MergeFailedException.class,
            failure -> assertThat(failure.path()).isEqualTo("assignee.name"))
        .hasMessageContaining("Merging 'assignee.name' failed")
        .hasMessageContaining("Base was Ann, mine is Bob, theirs is Cid.")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void by_ruleOfAnotherType_failsWithTheField() {
    Merge<Object> text = (base, mine, theirs) -> new Merged<>("many");
    Merge<Integer> nothing =
        Merge.whereBothChanged((base, mine, theirs) -> new Merged<>(nullInteger()));

    assertThatThrownBy(
            () -> cards.field("votes").by(text).merge(BASE, BASE.voted(4), BASE.voted(5)))
        .hasMessageContaining("the rule answered many, and the field is of type int");
    assertThatThrownBy(
            () -> cards.field("votes").by(nothing).merge(BASE, BASE.voted(4), BASE.voted(5)))
        .hasMessageContaining("the rule answered null, and the field is of type int");
  }

  @SuppressWarnings("NullAway") // a rule that breaks its contract
  private static Integer nullInteger() {
    return null;
  }

  /** A record whose fields belong together. */
  record Range(int from, int to) {
    Range {
      if (from > to) {
        throw new IllegalArgumentException("from is after to");
      }
    }
  }

  @Test
  void merge_constructorRefusesTheMix_fails() {
    assertThatThrownBy(
            () -> Merge.of(Range.class).merge(new Range(1, 9), new Range(8, 9), new Range(1, 3)))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("the constructor of Range did not take the merged fields [8, 3]")
        .hasMessageContaining("from is after to")
        .hasMessageContaining("mine is Range[from=8, to=9]");
  }

  /** A record that throws when it is read. */
  record Unreadable(int number, int other) {
    @Override
    public int number() {
      throw new IllegalStateException("unreadable");
    }
  }

  @Test
  void merge_accessorThrows_fails() {
    assertThatThrownBy(
            () ->
                Merge.of(Unreadable.class)
                    .merge(new Unreadable(1, 1), new Unreadable(2, 1), new Unreadable(3, 1)))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("unreadable");
  }

  /** A record without fields. */
  record Nothing() {}

  @Test
  void merge_recordWithoutFields_isThatRecord() {
    assertThat(Merge.of(Nothing.class).merge(null, new Nothing(), new Nothing()))
        .isEqualTo(new Merged<>(new Nothing()));
  }

  @Test
  void of_noRecordClass_isRefused() {
    assertThatThrownBy(() -> Merge.of(Record.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Record is no record class");
  }

  @Test
  void of_lookup_readsPrivateRecords() {
    RecordMerge<Hidden> merge = Merge.of(Hidden.class, MethodHandles.lookup());

    assertThat(
            merge.merge(
                new Hidden(1, List.of()), new Hidden(2, List.of()), new Hidden(1, List.of("x"))))
        .isEqualTo(new Merged<>(new Hidden(2, List.of("x"))));
    assertThat(Merge.of(Hidden.class).toString()).isEqualTo("Merge of Hidden");
  }

  private record Hidden(int number, List<String> texts) {}

  @Test
  void of_lookupWithoutAccess_isRefused() {
    assertThatThrownBy(() -> Merge.of(Hidden.class, MethodHandles.publicLookup()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The given lookup of java.lang.Object has no access")
        .hasMessageContaining("Call MethodHandles.lookup()");
  }

  @Test
  void set_field_mergesTheChanges() {
    assertThat(
            cards.field("tags").set().merge(BASE, BASE.tagged("red", "m"), BASE.tagged()).value())
        .extracting(Card::tags)
        .isEqualTo(Set.of("m"));
  }
}
