package io.stateward.benchmarks.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.benchmarks.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersistWorkloadsTest {

  @ParameterizedTest
  @ValueSource(strings = {"stateward", "by-hand"})
  void save_twice_leavesTheStateAndTheOneBefore(String contender) {
    try (Workload save = PersistWorkloads.save(contender)) {
      save.run();
      save.run();

      save.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stateward", "by-hand"})
  void append_manyThreads_appendsEveryRecord(String contender) {
    try (Workload append = PersistWorkloads.append(contender, 16)) {
      append.run();
      append.run();

      append.verify();
      assertThat(append.operations()).isEqualTo(PersistWorkloads.RECORDS);
    }
  }

  @Test
  void folder_closed_isGoneWithItsFiles() throws Exception {
    Path path;
    try (Folder folder = Folder.create()) {
      path = folder.path();
      Files.write(folder.file("state"), new byte[] {1});
    }

    assertThat(path).doesNotExist();
  }

  @Test
  void save_unknownContender_isRefused() {
    assertThatThrownBy(() -> PersistWorkloads.save("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
  }
}
