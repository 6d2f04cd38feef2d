package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.EntityTable;
import io.stateward.examples.cookbook.Merging.Address;
import io.stateward.examples.cookbook.Merging.Card;
import io.stateward.examples.cookbook.Merging.Step;
import io.stateward.merge.FieldConflict;
import io.stateward.merge.MergeFailedException;
import io.stateward.merge.MergeResult;
import io.stateward.signal.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MergingTest {

  private static final Address HOME = new Address("12 Byron Street", "London");
  private static final Step ICE = new Step(1, "ice");
  private static final Card BASE =
      new Card(7, "party", false, 3, Set.of("fun"), HOME, List.of(ICE), at(0));
  private static final Card MINE =
      new Card(
          7,
          "garden party",
          false,
          4,
          Set.of("fun", "summer"),
          new Address("12 Byron Street", "Turin"),
          List.of(new Step(2, "juice"), ICE),
          at(1));
  private static final Card THEIRS =
      new Card(
          7,
          "birthday party",
          true,
          5,
          Set.of(),
          new Address("1 Lovelace Road", "London"),
          List.of(ICE, new Step(3, "cake")),
          at(2));

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }

  private static Card merged(String title) {
    return new Card(
        7,
        title,
        true,
        6,
        Set.of("summer"),
        new Address("1 Lovelace Road", "Turin"),
        List.of(new Step(2, "juice"), ICE, new Step(3, "cake")),
        at(2));
  }

  @Test
  void rules_bothChanged_decideAllButTheTitle() {
    MergeResult<Card> result = Merging.CARDS.merge(BASE, MINE, THEIRS);

    assertThat(result.value()).isEqualTo(merged("birthday party"));
    assertThat(result.fields())
        .containsExactly(new FieldConflict("title", "party", "garden party", "birthday party"));
  }

  @Test
  void save_undecided_asks() {
    assertThat(Merging.save(BASE, MINE, THEIRS, Merging::question))
        .isEqualTo(
            "Somebody else changed this meanwhile.\n"
                + "title was party. Keep garden party, or take birthday party?");
    assertThat(Merging.save(BASE, MINE, BASE, Merging::question)).isEqualTo("saved garden party");
  }

  @Test
  void refuse_twoIds_fails() {
    Card mine = new Card(8, "party", false, 3, Set.of("fun"), HOME, List.of(ICE), at(0));
    Card theirs = new Card(9, "party", false, 3, Set.of("fun"), HOME, List.of(ICE), at(0));

    assertThatThrownBy(() -> Merging.CARDS.merge(BASE, mine, theirs))
        .isInstanceOf(MergeFailedException.class)
        .hasMessageContaining("Merging 'id' failed");
  }

  @Test
  void latest_otherFields_areOfTheLaterRecord() {
    assertThat(Merging.latest().merge(BASE, MINE, THEIRS))
        .isEqualTo(new MergeResult.Merged<>(merged("birthday party")));
  }

  @Test
  void custom_title_isJoined() {
    assertThat(Merging.custom().merge(BASE, MINE, THEIRS))
        .isEqualTo(new MergeResult.Merged<>(merged("garden party / birthday party")));
  }

  @Test
  void collections_mergeWhatIsInThem() {
    EntityTable<Long, Card> base = EntityTable.<Long, Card>of(Card::id).set(BASE);

    MergeResult<EntityTable<Long, Card>> deleted =
        Merging.BOARD.merge(base, base.remove(7L), base.set(THEIRS));
    MergeResult<EntityTable<Long, Card>> edited =
        Merging.BOARD.merge(base, base.set(MINE), base.set(THEIRS));
    MergeResult<Versioned<Card>> row =
        Merging.ROW.merge(
            new Versioned<>(BASE, 1), new Versioned<>(MINE, 1), new Versioned<>(THEIRS, 4));

    assertThat(deleted).isEqualTo(new MergeResult.Merged<>(base.set(THEIRS)));
    assertThat(edited.fields()).extracting(FieldConflict::path).containsExactly("[7].title");
    assertThat(row.value()).isEqualTo(new Versioned<>(merged("birthday party"), 4));
    assertThat(row.fields()).extracting(FieldConflict::path).containsExactly("title");
  }
}
