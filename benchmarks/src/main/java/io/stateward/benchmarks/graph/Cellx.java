package io.stateward.benchmarks.graph;

import static io.stateward.benchmarks.Workload.require;

import io.stateward.benchmarks.graph.Reactive.Cell;
import io.stateward.benchmarks.graph.Reactive.Source;
import java.util.List;

/**
 * The cellx graph: layers of four nodes, each of which is made of one or two of the layer before,
 * and observed. A run changes the four sources together, looks at the last layer, and changes them
 * back.
 */
final class Cellx implements Runnable {

  private static final List<Integer> BEFORE = List.of(-3, -6, -2, 2);
  private static final List<Integer> AFTER = List.of(-2, -4, 2, 3);

  private final Reactive library;
  private final List<Source<Integer>> sources;
  private final List<Cell<Integer>> end;

  Cellx(Reactive library, int layers) {
    this.library = library;
    this.sources =
        List.of(library.source(1), library.source(2), library.source(3), library.source(4));
    List<? extends Cell<Integer>> layer = sources;
    List<Cell<Integer>> last = List.copyOf(sources);
    for (int i = 0; i < layers; i++) {
      last = next(layer);
      layer = last;
    }
    this.end = last;
  }

  private List<Cell<Integer>> next(List<? extends Cell<Integer>> layer) {
    Cell<Integer> first = layer.get(0);
    Cell<Integer> second = layer.get(1);
    Cell<Integer> third = layer.get(2);
    Cell<Integer> fourth = layer.get(3);
    List<Cell<Integer>> made =
        List.of(
            library.map(second, n -> n),
            library.derive(
                List.of(first, third), from -> first.read(from, 0) - third.read(from, 1)),
            library.derive(
                List.of(second, fourth), from -> second.read(from, 0) + fourth.read(from, 1)),
            library.map(third, n -> n));
    made.forEach(cell -> library.effect(cell, () -> {}));
    return made;
  }

  @Override
  public void run() {
    require("The last layer", BEFORE, end());
    write(4, 3, 2, 1);
    require("The last layer", AFTER, end());
    write(1, 2, 3, 4);
  }

  private void write(int first, int second, int third, int fourth) {
    library.batch(
        sources,
        () -> {
          sources.get(0).set(first);
          sources.get(1).set(second);
          sources.get(2).set(third);
          sources.get(3).set(fourth);
        });
  }

  private List<Integer> end() {
    return List.of(end.get(0).get(), end.get(1).get(), end.get(2).get(), end.get(3).get());
  }
}
