package io.stateward.persist;

import static io.stateward.persist.JournalSubjects.batch;
import static io.stateward.persist.JournalSubjects.bytes;
import static io.stateward.persist.JournalSubjects.contents;
import static io.stateward.persist.JournalSubjects.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.store.WriteResult;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1 and 2: what is appended, and how it is read. */
interface JournalWritingRules extends JournalSubjects {

  @Test
  @DisplayName("1.1 positions begin at 0 and are dense")
  default void rule1_1_positionsAreDense() {
    Journal journal = create();
    assertThat(journal.first()).isZero();
    assertThat(journal.next()).isZero();

    long a = journal.append(bytes("a"));
    long b = journal.append(bytes("b"));

    assertThat(a).isZero();
    assertThat(b).isEqualTo(1);
    assertThat(journal.next()).isEqualTo(2);
  }

  @Test
  @DisplayName("1.2 a batch has consecutive positions and is answered with the first")
  default void rule1_2_batchIsConsecutive() {
    Journal journal = holding("a");

    long first = journal.append(batch("b", "c", "d"));

    assertThat(first).isEqualTo(1);
    assertThat(contents(journal)).containsExactly("0=a", "1=b", "2=c", "3=d");
  }

  @Test
  @DisplayName("1.3 an empty batch appends nothing")
  default void rule1_3_emptyBatchAppendsNothing() {
    Journal journal = holding("a");

    assertThat(journal.append(List.of())).isEqualTo(1);
    assertThat(journal.next()).isEqualTo(1);
  }

  @Test
  @DisplayName("1.4 a record is what it was when it was appended, whatever becomes of the array")
  default void rule1_4_recordIsCopied() {
    Journal journal = create();
    byte[] array = bytes("a");

    journal.append(array);
    array[0] = 'X';

    assertThat(contents(journal)).containsExactly("0=a");
  }

  @Test
  @DisplayName("1.5 appending at a position works at the next one")
  default void rule1_5_appendsAtTheNextPosition() {
    Journal journal = holding("a");

    WriteResult<Long> result = journal.appendAt(1, batch("b", "c"));

    assertThat(result).isEqualTo(new WriteResult.Saved<>(1L));
    assertThat(contents(journal)).containsExactly("0=a", "1=b", "2=c");
  }

  @Test
  @DisplayName("1.6 appending at any other position is a conflict and changes nothing")
  default void rule1_6_otherPositionsAreConflicts() {
    Journal journal = holding("a", "b");

    assertThat(journal.appendAt(1, batch("x"))).isEqualTo(new WriteResult.Conflict<>(2L));
    assertThat(journal.appendAt(3, batch("x"))).isEqualTo(new WriteResult.Conflict<>(2L));
    assertThat(contents(journal)).containsExactly("0=a", "1=b");
  }

  @Test
  @DisplayName("1.7 a record that is too large is refused, and its batch with it")
  default void rule1_7_tooLargeIsRefused() {
    Journal journal = create();
    byte[] tooLarge = new byte[Journal.LARGEST_RECORD + 1];

    assertThatThrownBy(() -> journal.append(List.of(bytes("a"), tooLarge)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + tooLarge.length)
        .hasMessageContaining("Split");
    assertThat(journal.next()).isZero();
  }

  @Test
  @DisplayName("2.1 reading begins at a position, inclusive, and ends at the limit")
  default void rule2_1_readsFromPositionUpToLimit() {
    Journal journal = holding("a", "b", "c", "d");

    assertThat(told(journal.read(1, 2))).containsExactly("1=b", "2=c");
    assertThat(told(journal.read(3, 2))).containsExactly("3=d");
  }

  @Test
  @DisplayName("2.2 there is nothing at the end and after it")
  default void rule2_2_nothingIsAfterTheEnd() {
    Journal journal = holding("a");

    assertThat(journal.read(1, 10)).isEmpty();
    assertThat(journal.read(Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  @DisplayName("2.3 what was read belongs to who read it")
  default void rule2_3_readRecordsAreCopies() {
    Journal journal = holding("a");

    journal.read(0, 1).get(0).bytes()[0] = 'X';

    assertThat(contents(journal)).containsExactly("0=a");
  }

  @Test
  @DisplayName("2.4 a limit below 1 is refused")
  default void rule2_4_limitIsPositive() {
    Journal journal = holding("a");

    assertThatThrownBy(() -> journal.read(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }

  @Test
  @DisplayName("2.5 any bytes are a record, none among them")
  default void rule2_5_anyBytesAreARecord() {
    Journal journal = create();
    byte[] all = new byte[70_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31);
    }

    journal.append(List.of(new byte[0], all, new byte[40]));

    assertThat(journal.read(0, 3))
        .containsExactly(
            new JournalEntry(0, new byte[0]),
            new JournalEntry(1, all),
            new JournalEntry(2, new byte[40]));
  }

  @Test
  @DisplayName("2.6 reading page by page meets every record once")
  default void rule2_6_pagesMeetEveryRecordOnce() {
    Journal journal = create();
    for (int i = 0; i < 50; i++) {
      journal.append(batch("a" + i, "b" + i));
    }

    long at = 0;
    for (List<JournalEntry> page = journal.read(at, 7);
        !page.isEmpty();
        page = journal.read(at, 7)) {
      for (JournalEntry entry : page) {
        assertThat(entry.position()).isEqualTo(at++);
      }
    }

    assertThat(at).isEqualTo(100);
  }
}
