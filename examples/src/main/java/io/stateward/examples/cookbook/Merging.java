package io.stateward.examples.cookbook;

import io.stateward.collection.EntityTable;
import io.stateward.merge.Deletion;
import io.stateward.merge.FieldConflict;
import io.stateward.merge.Merge;
import io.stateward.merge.MergeResult;
import io.stateward.merge.RecordMerge;
import io.stateward.signal.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two changes of one value, brought together. */
final class Merging {

  private Merging() {}

  // tag: state
  record Address(String street, String city) {}

  record Step(int id, String text) {}

  record Card(
      long id,
      String title,
      boolean done,
      int votes,
      Set<String> tags,
      Address place,
      List<Step> steps,
      Instant changedAt) {}

  // end

  // tag: rules
  static final RecordMerge<Card> CARDS =
      Merge.of(Card.class)
          .field("votes")
          .counter() // what both added
          .field("tags")
          .set() // what both added, without what either removed
          .field("changedAt")
          .max()
          .field("place")
          .by(Merge.of(Address.class)) // street and city by themselves
          .field("steps")
          .by(Merge.list(Step::id, Merge.of(Step.class)))
          .field("id")
          .refuse(); // title and done: undecided

  // end

  static String save(
      @Nullable Card base, Card mine, Card theirs, Function<List<FieldConflict>, String> ask) {
    // tag: merge
    MergeResult<Card> result = CARDS.merge(base, mine, theirs);

    String said = result.fold(card -> "saved " + card.title(), open -> ask.apply(open.fields()));
    // end
    return said;
  }

  static String question(List<FieldConflict> fields) {
    // tag: ask
    StringBuilder question = new StringBuilder("Somebody else changed this meanwhile.");
    for (FieldConflict field : fields) {
      question.append(
          "\n%s was %s. Keep %s, or take %s?"
              .formatted(field.path(), field.base(), field.mine(), field.theirs()));
    }
    // end
    return question.toString();
  }

  static RecordMerge<Card> latest() {
    // tag: others
    RecordMerge<Card> lastWriter = CARDS.otherFields().latest(Card::changedAt);
    // end
    return lastWriter;
  }

  // tag: custom
  static final Merge<String> BOTH_TITLES =
      (base, mine, theirs) -> new MergeResult.Merged<>(mine + " / " + theirs);

  // end

  static RecordMerge<Card> custom() {
    // tag: by
    RecordMerge<Card> joining = CARDS.field("title").by(BOTH_TITLES);
    // end
    return joining;
  }

  // tag: collections
  static final Merge<EntityTable<Long, Card>> BOARD = Merge.table(CARDS, Deletion.YIELDS);

  static final Merge<Versioned<Card>> ROW = Merge.versioned(CARDS); // theirs' version stands

  // end
}
