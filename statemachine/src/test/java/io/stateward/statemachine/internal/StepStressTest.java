package io.stateward.statemachine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One machine, used by several threads at once: its tables fill, its workspace changes hands. */
final class StepStressTest {

  private static final int THREADS = 4;
  private static final int CHARTS = 60;
  private static final int EVENTS = 200;

  private static List<List<String>> walk(ChartMachine<List<String>, String> machine) {
    List<List<String>> places = new ArrayList<>();
    Snapshot<List<String>> at = machine.begin().snapshot();
    for (int i = 0; i < EVENTS; i++) {
      String event = RandomCharts.EVENTS.get((i * i + i / 3) % RandomCharts.EVENTS.size());
      at = machine.step(at, event).snapshot();
      places.add(at.active());
    }
    return places;
  }

  @Test
  @Timeout(60)
  void step_bySeveralThreads_isAsByOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (long seed = 0; seed < CHARTS; seed++) {
        ChartSpec spec = RandomCharts.draw(seed, seed % 3 == 0, seed % 2 == 0);
        List<List<String>> expected = walk(new ChartMachine<>(Compiler.compile(spec)));
        ChartMachine<List<String>, String> shared = new ChartMachine<>(Compiler.compile(spec));
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<List<List<String>>>> walks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          walks.add(
              threads.submit(
                  () -> {
                    start.await(30, TimeUnit.SECONDS);
                    return walk(shared);
                  }));
        }
        for (Future<List<List<String>>> each : walks) {
          assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(expected);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
