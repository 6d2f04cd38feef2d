package io.stateward.examples.board;

import static io.stateward.examples.board.Rows.row;
import static io.stateward.examples.board.Rows.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Keyed;
import io.stateward.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MachineTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Machine after(List<List<ProcessRow>> readings) {
    Machine machine = Machine.empty();
    for (List<ProcessRow> reading : readings) {
      machine = machine.refreshed(reading, SECOND);
    }
    return machine;
  }

  @Test
  void refreshed_equalRows_stayTheObjectsTheyAre() {
    Machine before =
        after(
            List.of(
                List.of(row(1, "init", 10), unknown(2)), List.of(row(1, "init", 10), unknown(2))));

    Machine now =
        before.refreshed(List.of(row(1, "init", 10), unknown(2), row(3, "sh", 0)), SECOND);

    assertThat(now.processes().get(1L)).isSameAs(before.processes().get(1L));
    assertThat(now.processes().get(2L)).isSameAs(before.processes().get(2L));
    assertThat(now.processes().ids()).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void refreshed_nothingChanged_isTheSameMachine() {
    List<ProcessRow> reading = List.of(row(1, "init", 10), unknown(2));
    Machine before = after(List.of(reading, reading));

    assertThat(before.refreshed(List.of(row(1, "init", 10), unknown(2)), SECOND)).isSameAs(before);
  }

  @Test
  void refreshed_cpuTimeGrew_isTheShareOfTheTimeBetween() {
    Machine before = after(List.of(List.of(row(1, "busy", 1_000))));
    assertThat(before.processes().get(1L).cpuTenths()).isNull();

    Machine now = before.refreshed(List.of(row(1, "busy", 1_500)), Duration.ofSeconds(2));

    assertThat(now.processes().get(1L).cpuTenths()).isEqualTo(250); // 0.5 s of 2 s: 25.0 %
  }

  @Test
  void refreshed_severalThreads_mayUseMoreThanOneProcessor() {
    Machine now = after(List.of(List.of(row(1, "busy", 0)), List.of(row(1, "busy", 3_500))));

    assertThat(now.processes().get(1L).cpuTenths()).isEqualTo(3_500);
  }

  @Test
  void refreshed_noTimePassedOrClockWentBack_isNeverNegativeNorFails() {
    Machine before = after(List.of(List.of(row(1, "busy", 1_000))));

    Machine back = before.refreshed(List.of(row(1, "busy", 900)), SECOND);
    Machine still = before.refreshed(List.of(row(1, "busy", 1_000)), Duration.ZERO);

    assertThat(back.processes().get(1L).cpuTenths()).isZero();
    assertThat(still.processes().get(1L).cpuTenths()).isZero();
  }

  @Test
  void refreshed_idGivenToNewProcess_doesNotContinueTheOld() {
    Machine before = after(List.of(List.of(row(1, "old", 5_000)), List.of(row(1, "old", 5_000))));
    ProcessRow other =
        new ProcessRow(
            1, "new", "ada", "", Instant.parse("2026-01-02T00:00:00Z"), Duration.ofHours(2), null);

    Machine now = before.refreshed(List.of(other), SECOND);

    assertThat(now.processes().get(1L)).isEqualTo(other);
  }

  @Test
  void refreshed_processEnded_isGone() {
    Machine now =
        after(List.of(List.of(row(1, "init", 0), row(2, "sh", 0)), List.of(row(1, "init", 0))));

    assertThat(now.processes().ids()).containsExactly(1L);
  }

  @Test
  void refreshed_inAStore_isOneCommitThatTellsOnlyTheChanged() {
    Store<Machine> store = Store.of(Machine.empty());
    store.update(m -> m.refreshed(List.of(row(1, "init", 0), row(2, "sh", 0)), SECOND));
    store.update(m -> m.refreshed(List.of(row(1, "init", 0), row(2, "sh", 0)), SECOND));
    Keyed<Long, ProcessRow> processes = store.entities(Machine::processes);
    List<String> told = new ArrayList<>();
    processes.at(1L).subscribe(change -> told.add("1: " + change.now()));
    processes.at(2L).subscribe(change -> told.add("2: " + change.now().cpuTenths()));
    long version = store.version();

    store.update(m -> m.refreshed(List.of(row(1, "init", 0), row(2, "sh", 40)), SECOND));

    assertThat(told).containsExactly("2: 40");
    assertThat(store.version()).isEqualTo(version + 1);
  }
}
