package io.stateward.benchmarks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.benchmarks.Workload;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class FlowWorkloadsTest {

  @TestFactory
  Stream<DynamicTest> change_everyWay_doesWhatItIsToDo() {
    return Stream.of("number", "entities")
        .flatMap(
            state ->
                Stream.of("update", "dispatch", "middlewares")
                    .map(
                        way -> runs(state + " by " + way, () -> FlowWorkloads.change(state, way))));
  }

  @TestFactory
  Stream<DynamicTest> coalesced_everyContender_loadsOnceForAHundredCallers() {
    return Stream.of("stateward", "asynccache")
        .flatMap(
            who ->
                Stream.of("told", "own", "read")
                    .map(how -> runs(who + " " + how, () -> FlowWorkloads.coalesced(who, how))));
  }

  @TestFactory
  Stream<DynamicTest> lock_everyContender_holdsIt() {
    return Stream.of("stateward", "striped")
        .flatMap(
            who ->
                Stream.of(1, 1_000)
                    .map(keys -> runs(who + " " + keys, () -> FlowWorkloads.lock(who, keys))));
  }

  private static DynamicTest runs(String name, Supplier<Workload> workload) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (Workload opened = workload.get()) {
            opened.run();
            opened.run();
            opened.verify();
            assertThat(opened.operations()).isEqualTo(FlowWorkloads.BATCH);
          }
        });
  }

  @Test
  void lock_unknownContender_isRefused() {
    assertThatThrownBy(() -> FlowWorkloads.lock("nobody", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
  }
}
