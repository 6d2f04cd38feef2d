package io.stateward.benchmarks.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.benchmarks.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GraphWorkloadsTest {

  static List<String> kairo() {
    return GraphWorkloads.names().stream().filter(name -> name.startsWith("kairo.")).toList();
  }

  @ParameterizedTest
  @MethodSource("kairo")
  void exact_stateward_hasThePublishedValuesAndCounts(String graph) {
    for (String contender : List.of("stateward", "stateward-derived")) {
      try (Workload workload = GraphWorkloads.exact(contender, graph)) {
        workload.run();
        workload.run();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kairo.diamond", "kairo.triangle"})
  void exact_libraryThatPushesEachInputByItself_isFoundOut(String graph) {
    try (Workload workload = GraphWorkloads.exact("behaviorsubject", graph)) {
      assertThatThrownBy(workload::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The number of effects is");
    }
  }

  @Test
  void race_libraryThatMustKnowItsInputs_refusesChangingOnes() {
    assertThatThrownBy(() -> GraphWorkloads.race("stateflow", "kairo.unstable"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void names_areThePublishedGraphs() {
    assertThat(GraphWorkloads.names()).hasSize(16).doesNotHaveDuplicates();
  }
}
