package io.stateward.benchmarks.graph;

import static io.stateward.benchmarks.Workload.require;

import java.util.List;

/**
 * A dynamic graph of a published size.
 *
 * @param shape what it looks like
 * @param steps the writes of a run
 * @param sum the sum of what is read at the end of a run
 * @param evaluations the evaluations of a run
 */
record PublishedGrid(Grid.Shape shape, int steps, double sum, long evaluations) {

  /** The six published graphs. */
  static final List<PublishedGrid> ALL =
      List.of(
          of("2-10x5-lazy80", 10, 5, 2, 1, 0.2, 600_000, 19199968, 3480000),
          of("6-10x10-dyn25-lazy80", 10, 10, 6, 0.75, 0.2, 15_000, 302310782860.0, 1155000),
          of("4-1000x12-dyn5", 1_000, 12, 4, 0.95, 1, 7_000, 29355933696000.0, 1463000),
          of("25-1000x5", 1_000, 5, 25, 1, 1, 3_000, 1171484375000.0, 732000),
          of("3-5x500", 5, 500, 3, 1, 1, 500, 3.0239642676898464e241, 1246500),
          of("6-100x15-dyn50", 100, 15, 6, 0.5, 1, 2_000, 15664996402790400.0, 1078000));

  private static PublishedGrid of(
      String name,
      int width,
      int rows,
      int inputs,
      double staticFraction,
      double readFraction,
      int steps,
      double sum,
      long evaluations) {
    var shape = new Grid.Shape(name, width, rows, inputs, staticFraction, readFraction);
    return new PublishedGrid(shape, steps, sum, evaluations);
  }

  /** Returns runs that throw unless sum and count are the published ones. */
  Runnable build(Reactive library) {
    Grid grid = new Grid(library, shape, source -> source);
    for (int step = 0; step < 2 * shape.width(); step++) {
      grid.write(step); // counts are published for graphs that have been run before
    }
    return () -> run(grid);
  }

  private void run(Grid grid) {
    long before = grid.evaluations();
    double found = 0;
    for (int step = 0; step < steps; step++) {
      found = grid.write(step);
    }
    require("The sum", sum, found);
    require("The number of evaluations", evaluations, grid.evaluations() - before);
  }
}
