package io.stateward.benchmarks.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stateward.benchmarks.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncWorkloadsTest {

  private static void assumeRecordings() {
    String vectors = System.getProperty("stateward.vectors", "");
    assumeTrue(
        !vectors.isEmpty() && Files.isDirectory(Path.of(vectors, "traces")),
        "no recorded sessions");
  }

  private static void runOnce(Workload workload) {
    try (workload) {
      workload.run();
      workload.verify();
    }
  }

  @Test
  void recordedSessions_eachContender_endWithTheirText() {
    assumeRecordings();

    for (String contender : List.of("stateward", "automerge")) {
      runOnce(SyncWorkloads.replay(contender));
      runOnce(SyncWorkloads.load(contender));
    }
    runOnce(SyncWorkloads.merge("stateward"));
    assertThat(SyncWorkloads.storedBytes().number()).isBetween(50_000.0, 160_000.0);
  }

  @Test
  void branches_typedAndScattered_haveWhatWasInserted() {
    runOnce(SyncWorkloads.branch("typed"));
    runOnce(SyncWorkloads.branch("scattered"));
  }

  @Test
  void fanOut_toAFew_reachesAllOfThem() {
    runOnce(SyncWorkloads.fanOut("stateward", 3));
  }

  @Test
  void openDocuments_aFew_takeRoom(@TempDir Path folder) {
    assertThat(OpenDocuments.retained(50, folder)).isBetween(500.0, 200_000.0);
  }
}
