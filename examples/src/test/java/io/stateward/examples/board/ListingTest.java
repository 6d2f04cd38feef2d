package io.stateward.examples.board;

import static io.stateward.examples.board.Rows.row;
import static io.stateward.examples.board.Rows.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListingTest {

  private final EntityTable<Long, ProcessRow> table =
      Machine.empty()
          .processes()
          .set(row(1, "init", 500))
          .set(row(20, "Java", 9_000))
          .set(row(3, "bash", 100))
          .set(row(30, "bash", 100))
          .set(unknown(4));

  private Listing listing(String filter, Column sort, boolean descending, String... pinned) {
    return Listing.of(table, new View(filter, sort, descending, Set.of(pinned)));
  }

  @Test
  void of_timeDescending_unknownIsLastAndTiesGoById() {
    assertThat(listing("", Column.TIME, true).ids()).containsExactly(20L, 1L, 3L, 30L, 4L);
  }

  @Test
  void of_timeAscending_unknownIsStillLast() {
    assertThat(listing("", Column.TIME, false).ids()).containsExactly(3L, 30L, 1L, 20L, 4L);
  }

  @Test
  void of_nameAscending_ignoresCase() {
    assertThat(listing("", Column.NAME, false).ids()).containsExactly(4L, 3L, 30L, 1L, 20L);
  }

  @Test
  void of_pid_bothWays() {
    assertThat(listing("", Column.PID, false).ids()).containsExactly(1L, 3L, 4L, 20L, 30L);
    assertThat(listing("", Column.PID, true).ids()).containsExactly(30L, 20L, 4L, 3L, 1L);
  }

  @Test
  void of_pinned_areOnTopInTheChosenOrder() {
    assertThat(listing("", Column.PID, false, "bash", "Java").ids())
        .containsExactly(3L, 20L, 30L, 1L, 4L);
  }

  @ParameterizedTest
  @CsvSource({
    "bash, 3 30",
    "BASH, 3 30",
    "ada java, 20",
    "/bin/i, 1",
    "3, 3",
    "'  bash   ada ', 3 30",
    "nothing, ''",
    "bash init, ''"
  })
  void of_filter_everyWordMustBeMentioned(String filter, String ids) {
    assertThat(listing(filter, Column.PID, false).ids().stream().map(String::valueOf))
        .containsExactly(ids.isEmpty() ? new String[0] : ids.split(" "));
  }

  @Test
  void of_filter_pinnedStayWhateverItSays() {
    Listing listing = listing("bash", Column.PID, false, "Java");

    assertThat(listing.ids()).containsExactly(20L, 3L, 30L);
    assertThat(listing.matching()).isEqualTo(3);
    assertThat(listing.total()).isEqualTo(5);
  }

  @Test
  void of_noProcessOfThePinnedName_isLeftOut() {
    assertThat(listing("java", Column.PID, false, "vim").ids()).containsExactly(20L);
  }

  @Test
  void of_manyProcesses_showsTheFirstAndCountsAll() {
    EntityTable<Long, ProcessRow> many =
        table
            .setAll(LongStream.rangeClosed(1_000, 1_998).mapToObj(Rows::unknown).toList())
            .set(row(1_999, "last", 0));

    Listing listing = Listing.of(many, new View("", Column.PID, false, Set.of("last")));

    assertThat(listing.ids()).hasSize(Listing.MOST_ROWS).startsWith(1_999L, 1L, 3L, 4L);
    assertThat(listing.matching()).isEqualTo(1_005);
  }

  @Test
  void of_onlyContentsChanged_isEqual() {
    Listing before = listing("", Column.PID, false);

    Listing now =
        Listing.of(table.set(row(1, "init", 501)), new View("", Column.PID, false, Set.of()));

    assertThat(now).isEqualTo(before);
  }

  @Test
  void positions_countFromTheTop() {
    assertThat(listing("bash", Column.PID, true).positions()).isEqualTo(Map.of(30L, 0, 3L, 1));
  }
}
