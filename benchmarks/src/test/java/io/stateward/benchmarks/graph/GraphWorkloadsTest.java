package io.stateward.benchmarks.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.benchmarks.Workload;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GraphWorkloadsTest {

  /** After so many runs at the latest, the writes of a dynamic graph begin anew. */
  private static final int LONGEST_CYCLE = 2_000;

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

  static List<String> dynamic() {
    return GraphWorkloads.names().stream().filter(name -> name.startsWith("dynamic.")).toList();
  }

  @ParameterizedTest
  @MethodSource({"kairo", "dynamic"})
  void exact_naive_hasThePublishedValuesAndCounts(String graph) {
    try (Workload workload = GraphWorkloads.exact("naive", graph)) {
      workload.run();
      workload.run();
    }
  }

  @Test
  void numbers_ofThePublishedLayers_areThePublishedValues() {
    for (int layers : Cellx.PUBLISHED_LAYERS) {
      assertThat(Cellx.numbers(List.of(1, 2, 3, 4), layers))
          .last()
          .isEqualTo(List.of(-3, -6, -2, 2));
      assertThat(Cellx.numbers(List.of(4, 3, 2, 1), layers))
          .last()
          .isEqualTo(List.of(-2, -4, 2, 3));
    }
  }

  static List<String> raced() {
    return GraphWorkloads.raced().stream().filter(name -> !name.startsWith("kairo.")).toList();
  }

  @ParameterizedTest
  @MethodSource("raced")
  void race_stateward_hasTheValuesAndCountsOfTheNaive(String graph) {
    for (String contender : List.of("stateward", "stateward-derived")) {
      try (Workload workload = GraphWorkloads.race(contender, graph)) {
        run(workload, graph.startsWith("cellx.") ? 100 : LONGEST_CYCLE + 100);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cellx.10", "dynamic.2-10x5-lazy80"})
  void race_libraryThatPushesEachInputByItself_hasTheValues(String graph) {
    for (String contender : List.of("stateflow", "behaviorsubject")) {
      try (Workload workload = GraphWorkloads.race(contender, graph)) {
        run(workload, 250);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cellx.10", "dynamic.2-10x5-lazy80"})
  void race_libraryThatEvaluatesTwiceAndPromisesNotTo_isFoundOut(String graph) {
    Reactive boastful = new Altered(new RxReactive(), UnaryOperator.identity(), true);

    assertThatThrownBy(() -> run(GraphWorkloads.race(boastful, graph), 250))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("The number of evaluations is");
  }

  @ParameterizedTest
  @MethodSource("raced")
  void race_libraryThatNeverEvaluatesAnew_isFoundOut(String graph) {
    Reactive stale = new Altered(new NaiveReactive(), Altered::onlyOnce, false);

    assertThatThrownBy(() -> run(GraphWorkloads.race(stale, graph), LONGEST_CYCLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("The (sum|last layer) is .*");
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

  private static void run(Workload workload, int times) {
    for (int i = 0; i < times; i++) {
      workload.run();
    }
  }

  /** A library that evaluates other bodies, and promises what it may not keep. */
  private record Altered(
      Reactive library, UnaryOperator<Reactive.Body<?>> alteration, boolean evaluatesNoneInVain)
      implements Reactive {

    static Body<?> onlyOnce(Body<?> body) {
      var first = new AtomicReference<@Nullable Object>();
      return evaluation -> {
        if (first.get() == null) {
          first.set(body.evaluate(evaluation));
        }
        return Objects.requireNonNull(first.get());
      };
    }

    @Override
    public <T> Source<T> source(T initial) {
      return library.source(initial);
    }

    @Override
    public <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
      return library.map(input, function);
    }

    @Override
    @SuppressWarnings("unchecked") // an altered body returns what the body returned
    public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body) {
      return library.derive(inputs, (Body<T>) alteration.apply(body));
    }

    @Override
    @SuppressWarnings("unchecked") // an altered body returns what the body returned
    public <T> Cell<T> choose(List<? extends Cell<?>> inputs, Body<T> body) {
      return library.choose(inputs, (Body<T>) alteration.apply(body));
    }

    @Override
    public void effect(Cell<?> cell, Runnable effect) {
      library.effect(cell, effect);
    }

    @Override
    public void batch(List<? extends Source<?>> sources, Runnable writes) {
      library.batch(sources, writes);
    }
  }
}
