package io.stateward.benchmarks.graph;

import static io.stateward.benchmarks.Workload.require;

import java.util.List;

/**
 * A dynamic graph of a size that peers can finish: a run is one write, the next after that of the
 * run before. The sum of the leaves then has to be that of {@code NaiveReactive}, and so has the
 * number of evaluations, if the library promises none in vain.
 */
final class RacedGrid implements Runnable {

  /** The published graphs, two of them with fewer rows. */
  static final List<Grid.Shape> SHAPES =
      PublishedGrid.ALL.stream().map(published -> finishable(published.shape())).toList();

  /** After so many writes at the least they begin anew. */
  private static final int SHORTEST_CYCLE = 200;

  private final Grid grid;
  private final boolean counted;
  private final double[] sums;
  private final long[] counts;
  private int step;

  RacedGrid(Reactive library, Grid.Shape shape) {
    int cycle = Math.max(SHORTEST_CYCLE, 2 * shape.width());
    this.counted = library.evaluatesNoneInVain();
    this.grid = build(library, shape, cycle);
    this.sums = new double[cycle];
    this.counts = new long[cycle];
    Grid naive = build(new NaiveReactive(), shape, cycle);
    for (int i = 0; i < cycle; i++) {
      long before = naive.evaluations();
      sums[i] = naive.write(i);
      counts[i] = naive.evaluations() - before;
    }
  }

  /** Builds a graph whose sources are as the last writes of a cycle leave them. */
  private static Grid build(Reactive library, Grid.Shape shape, int cycle) {
    int last = cycle - shape.width();
    return new Grid(library, shape, source -> last + 2.0 * source);
  }

  /** Takes rows away where a write to all takes a peer seconds. */
  private static Grid.Shape finishable(Grid.Shape shape) {
    return switch (shape.name()) {
      case "3-5x500" -> shape.cut("3-5x50", 50);
      case "6-100x15-dyn50" -> shape.cut("6-100x10-dyn50", 10);
      default -> shape;
    };
  }

  @Override
  public void run() {
    long before = grid.evaluations();
    double sum = grid.write(step);
    long evaluations = grid.evaluations() - before;
    if (sum != sums[step]) {
      require("The sum", sums[step], sum);
    }
    if (counted && evaluations != counts[step]) {
      require("The number of evaluations", counts[step], evaluations);
    }
    step = (step + 1) % sums.length;
  }
}
