package io.stateward.benchmarks.graph;

import static io.stateward.benchmarks.Workload.require;

import io.stateward.benchmarks.graph.Reactive.Cell;
import io.stateward.benchmarks.graph.Reactive.Source;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cellx graph: layers of four nodes, each of which is made of one or two of the layer before,
 * and observed. A run changes the four sources together, looks at the last layer, and changes them
 * back.
 *
 * <p>The values of the last layer are published for the sizes that others run. For any size they,
 * and the number of evaluations, are those of the same layers calculated with numbers alone.
 */
final class Cellx implements Runnable {

  /** The sizes for which values are published. */
  static final List<Integer> PUBLISHED_LAYERS = List.of(1_000, 2_500);

  private static final List<Integer> PUBLISHED_BEFORE = List.of(-3, -6, -2, 2);
  private static final List<Integer> PUBLISHED_AFTER = List.of(-2, -4, 2, 3);

  private final Reactive library;
  private final List<Source<Integer>> sources;
  private final List<Cell<Integer>> end;
  private final List<Integer> before;
  private final List<Integer> after;
  private final long evaluationsPerWrite;
  private long evaluations;

  Cellx(Reactive library, int layers) {
    this.library = library;
    List<List<Integer>> numbersBefore = numbers(List.of(1, 2, 3, 4), layers);
    List<List<Integer>> numbersAfter = numbers(List.of(4, 3, 2, 1), layers);
    boolean published = PUBLISHED_LAYERS.contains(layers);
    this.before = published ? PUBLISHED_BEFORE : numbersBefore.get(layers);
    this.after = published ? PUBLISHED_AFTER : numbersAfter.get(layers);
    this.evaluationsPerWrite = evaluations(numbersBefore, numbersAfter);
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
            library.map(second, this::evaluated),
            library.derive(
                List.of(first, third),
                from -> evaluated(first.read(from, 0) - third.read(from, 1))),
            library.derive(
                List.of(second, fourth),
                from -> evaluated(second.read(from, 0) + fourth.read(from, 1))),
            library.map(third, this::evaluated));
    made.forEach(cell -> library.effect(cell, () -> {}));
    return made;
  }

  private int evaluated(int value) {
    evaluations++;
    return value;
  }

  /** Returns the values of all layers, that of the sources being the first. */
  static List<List<Integer>> numbers(List<Integer> sources, int layers) {
    return Stream.iterate(
            sources,
            above ->
                List.of(
                    above.get(1),
                    above.get(0) - above.get(2),
                    above.get(1) + above.get(3),
                    above.get(2)))
        .limit(layers + 1L)
        .toList();
  }

  /** Returns how many cells have an input that differs. */
  private static long evaluations(List<List<Integer>> before, List<List<Integer>> after) {
    long count = 0;
    for (int i = 0; i < before.size() - 1; i++) {
      List<Integer> left = before.get(i);
      List<Integer> right = after.get(i);
      boolean first = !left.get(0).equals(right.get(0));
      boolean second = !left.get(1).equals(right.get(1));
      boolean third = !left.get(2).equals(right.get(2));
      boolean fourth = !left.get(3).equals(right.get(3));
      count += Stream.of(second, first || third, second || fourth, third).filter(b -> b).count();
    }
    return count;
  }

  @Override
  public void run() {
    require("The last layer", before, end());
    write(4, 3, 2, 1);
    require("The last layer", after, end());
    write(1, 2, 3, 4);
  }

  private void write(int first, int second, int third, int fourth) {
    long evaluationsBefore = evaluations;
    library.batch(
        sources,
        () -> {
          sources.get(0).set(first);
          sources.get(1).set(second);
          sources.get(2).set(third);
          sources.get(3).set(fourth);
        });
    if (library.evaluatesNoneInVain()) {
      require("The number of evaluations", evaluationsPerWrite, evaluations - evaluationsBefore);
    }
  }

  private List<Integer> end() {
    return List.of(end.get(0).get(), end.get(1).get(), end.get(2).get(), end.get(3).get());
  }
}
