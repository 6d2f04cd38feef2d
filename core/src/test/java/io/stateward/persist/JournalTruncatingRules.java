package io.stateward.persist;

import static io.stateward.persist.JournalSubjects.batch;
import static io.stateward.persist.JournalSubjects.bytes;
import static io.stateward.persist.JournalSubjects.contents;
import static io.stateward.persist.JournalSubjects.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 3, 4 and 5: truncating, opening again, closing. */
interface JournalTruncatingRules extends JournalSubjects {

  @Test
  @DisplayName("3.1 records before a position are forgotten, and the others keep their positions")
  default void rule3_1_truncateBeforeKeepsPositions() {
    Journal journal = holding("a", "b", "c");
    long epoch = journal.epoch();

    journal.truncateBefore(2);

    assertThat(journal.first()).isEqualTo(2);
    assertThat(contents(journal)).containsExactly("2=c");
    assertThat(told(journal.read(0, 10))).containsExactly("2=c");
    assertThat(journal.append(bytes("d"))).isEqualTo(3);
    assertThat(journal.epoch()).isEqualTo(epoch);
  }

  @Test
  @DisplayName("3.2 all records can be forgotten; no position is used again")
  default void rule3_2_emptyJournalGoesOn() {
    Journal journal = holding("a", "b");

    journal.truncateBefore(2);

    assertThat(journal.first()).isEqualTo(2);
    assertThat(journal.next()).isEqualTo(2);
    assertThat(journal.append(bytes("c"))).isEqualTo(2);
  }

  @Test
  @DisplayName("3.3 truncating before what is forgotten already changes nothing")
  default void rule3_3_truncateBeforeNeverGoesBack() {
    Journal journal = holding("a", "b", "c");
    journal.truncateBefore(2);

    journal.truncateBefore(1);

    assertThat(contents(journal)).containsExactly("2=c");
  }

  @Test
  @DisplayName("3.4 truncating beyond the journal is refused")
  default void rule3_4_truncatingBeyondIsRefused() {
    Journal journal = holding("a", "b", "c");
    journal.truncateBefore(1);

    assertThatThrownBy(() -> journal.truncateBefore(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4");
    assertThatThrownBy(() -> journal.truncateFrom(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4");
    assertThatThrownBy(() -> journal.truncateFrom(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 to 3");
    assertThat(contents(journal)).containsExactly("1=b", "2=c");
  }

  @Test
  @DisplayName("3.5 records from a position on are taken back, in a new epoch")
  default void rule3_5_truncateFromBeginsANewEpoch() {
    Journal journal = holding("a", "b", "c");
    long epoch = journal.epoch();

    journal.truncateFrom(1);

    assertThat(journal.next()).isEqualTo(1);
    assertThat(journal.epoch()).isNotEqualTo(epoch);
    assertThat(journal.append(bytes("x"))).isEqualTo(1);
    assertThat(contents(journal)).containsExactly("0=a", "1=x");
  }

  @Test
  @DisplayName("3.6 taking nothing back begins no epoch")
  default void rule3_6_truncateFromTheEndChangesNothing() {
    Journal journal = holding("a");
    long epoch = journal.epoch();

    journal.truncateFrom(1);

    assertThat(journal.epoch()).isEqualTo(epoch);
    assertThat(contents(journal)).containsExactly("0=a");
  }

  @Test
  @DisplayName("3.7 the middle of a batch is a place to truncate like any other")
  default void rule3_7_batchesCanBeCut() {
    Journal journal = create();
    journal.append(batch("a", "b", "c", "d"));

    journal.truncateFrom(3);
    journal.truncateBefore(1);

    assertThat(contents(journal)).containsExactly("1=b", "2=c");
  }

  @Test
  @DisplayName("4.1 all of it is there when it is opened again")
  default void rule4_1_survivesReopening() {
    Assumptions.assumeTrue(survives());
    Journal journal = holding("a");
    journal.append(batch("b", "c"));
    long epoch = journal.epoch();

    Journal again = again(journal);

    assertThat(contents(again)).containsExactly("0=a", "1=b", "2=c");
    assertThat(again.next()).isEqualTo(3);
    assertThat(again.epoch()).isEqualTo(epoch);
    assertThat(again.recovery()).isEqualTo(new JournalRecovery.Intact());
    assertThat(again.append(bytes("d"))).isEqualTo(3);
    again.close();
  }

  @Test
  @DisplayName("4.2 what was truncated stays so when it is opened again")
  default void rule4_2_truncationSurvivesReopening() {
    Assumptions.assumeTrue(survives());
    Journal journal = holding("a", "b", "c", "d");
    journal.truncateBefore(1);
    journal.truncateFrom(3);
    long epoch = journal.epoch();

    Journal again = again(journal);

    assertThat(contents(again)).containsExactly("1=b", "2=c");
    assertThat(again.epoch()).isEqualTo(epoch);
    again.truncateBefore(3);
    Journal third = again(again);
    assertThat(third.first()).isEqualTo(3);
    assertThat(third.append(bytes("e"))).isEqualTo(3);
    third.close();
  }

  @Test
  @DisplayName("4.3 a position that was forgotten is not used again by who opens it later")
  default void rule4_3_positionsSurviveAnEmptyJournal() {
    Assumptions.assumeTrue(survives());
    Journal journal = holding("a", "b");
    journal.truncateBefore(2);

    Journal again = again(journal);

    assertThat(again.first()).isEqualTo(2);
    assertThat(again.append(bytes("c"))).isEqualTo(2);
    again.close();
  }

  @Test
  @DisplayName("5.1 a closed journal refuses to be used, and closing again does nothing")
  default void rule5_1_closedJournalRefuses() {
    Journal journal = holding("a");

    journal.close();
    journal.close();

    List<Runnable> uses =
        List.of(
            () -> journal.append(bytes("b")),
            () -> journal.appendAt(1, batch("b")),
            () -> journal.read(0, 1),
            () -> journal.truncateBefore(1),
            () -> journal.truncateFrom(0));
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("closed");
    }
  }
}
