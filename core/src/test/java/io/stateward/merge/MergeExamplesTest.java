package io.stateward.merge;

import static io.stateward.merge.Samples.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.merge.Samples.Card;
import io.stateward.merge.Samples.Person;
import io.stateward.merge.Samples.Task;
import org.junit.jupiter.api.Test;

/** The examples of the package's pages. */
final class MergeExamplesTest {

  @Test
  void merge_example() {
    Merge<Card> cards =
        Merge.of(Card.class).field("done").theirs().field("votes").counter().field("tags").set();
    Card base = BASE;
    Card mine = base.titled("oat milk").voted(4).tagged("red", "urgent");
    Card theirs = base.asDone(true).voted(5).tagged("blue");

    MergeResult<Card> result = cards.merge(base, mine, theirs);
    Merge<EntityTable<String, Card>> board = Merge.table(cards);

    assertThat(result)
        .isEqualTo(
            new MergeResult.Merged<>(
                base.titled("oat milk").asDone(true).voted(6).tagged("blue", "urgent")));
    assertThat(board.accumulates()).isTrue();
  }

  @Test
  void recordMerge_example() {
    RecordMerge<Card> cards =
        Merge.of(Card.class)
            .field("title")
            .ask()
            .field("votes")
            .counter()
            .field("assignee")
            .by(Merge.of(Person.class)) // a record in it, by its own fields
            .otherFields()
            .latest(Card::changedAt);
    Card mine = BASE.titled("cream", 101).assigned(new Person("Bob", 30)).asDone(true).seen(11);
    Card theirs = BASE.titled("soy", 102).assigned(new Person("Ann", 31)).seen(12);

    MergeResult<Card> result = cards.merge(BASE, mine, theirs);

    assertThat(result.value())
        .isEqualTo(BASE.titled("soy", 102).asDone(true).seen(12).assigned(new Person("Bob", 31)));
    assertThat(result.fields()).containsExactly(new FieldConflict("title", "milk", "cream", "soy"));
  }

  @Test
  void mergeResult_example() {
    Merge<Card> merge = Merge.of(Card.class);
    Card theirs = BASE.titled("soy");

    String told =
        merge
            .merge(BASE, BASE.titled("cream"), theirs)
            .fold(
                card -> "saved as " + card.title(),
                open -> "both changed " + open.fields().get(0).path());
    String other =
        merge
            .merge(BASE, BASE, theirs)
            .fold(
                card -> "saved as " + card.title(),
                open -> "both changed " + open.fields().get(0).path());

    assertThat(told).isEqualTo("both changed title");
    assertThat(other).isEqualTo("saved as soy");
  }

  @Test
  void fieldRule_example() {
    RecordMerge<Card> cards =
        Merge.of(Card.class)
            .field("title")
            .latest(Card::changedAt)
            .field("tasks")
            .by(Merge.list(Task::id, Merge.of(Task.class)))
            .field("views", "done")
            .refuse()
            .field("changedAt")
            .max();
    Task bread = new Task(1, "bread");
    Card base = BASE.with(bread);

    MergeResult<Card> result =
        cards.merge(
            base,
            base.titled("cream", 101).with(new Task(1, "rye")),
            base.titled("soy", 102).with(bread, new Task(2, "salt")));

    assertThat(result)
        .isEqualTo(
            new MergeResult.Merged<>(
                base.titled("soy", 102).with(new Task(1, "rye"), new Task(2, "salt"))));
  }

  @Test
  void deletion_example() {
    Merge<EntityTable<Integer, Task>> tasks = Merge.table(Merge.of(Task.class), Deletion.YIELDS);
    EntityTable<Integer, Task> base = EntityTable.<Integer, Task>of(Task::id).set(new Task(7, "a"));

    MergeResult<EntityTable<Integer, Task>> result =
        tasks.merge(base, base.remove(7), base.set(new Task(7, "b")));

    assertThat(result.value().get(7)).isEqualTo(new Task(7, "b"));
    assertThat(result.isMerged()).isTrue();
  }
}
