package io.stateward.examples.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SystemProcessesTest {

  @Test
  void read_thisProcess_isThereWithItsCpuTime() {
    List<ProcessRow> rows = new SystemProcesses().read();

    long own = ProcessHandle.current().pid();
    assertThat(rows)
        .filteredOn(row -> row.pid() == own)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.name()).contains("java");
              assertThat(row.cpuTime()).isPositive();
              assertThat(row.cpuTenths()).isNull();
              assertThat(row.command()).hasSizeLessThanOrEqualTo(200);
            });
    assertThat(rows).extracting(ProcessRow::pid).doesNotHaveDuplicates();
  }
}
