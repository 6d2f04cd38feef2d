package io.stateward.benchmarks.graph;

import static io.stateward.benchmarks.Workload.require;

import io.stateward.benchmarks.graph.Reactive.Cell;
import io.stateward.benchmarks.graph.Reactive.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A rectangle of nodes, each made of several neighbours in the row above, some of which change
 * their dependencies with the values, and some of whose last row are never read.
 */
final class Grid {

  /** The six published graphs, with the sum and the number of evaluations of a run. */
  static final List<Shape> SHAPES =
      List.of(
          new Shape("2-10x5-lazy80", 10, 5, 2, 1, 0.2, 600_000, 19199968, 3480000),
          new Shape("6-10x10-dyn25-lazy80", 10, 10, 6, 0.75, 0.2, 15_000, 302310782860.0, 1155000),
          new Shape("4-1000x12-dyn5", 1_000, 12, 4, 0.95, 1, 7_000, 29355933696000.0, 1463000),
          new Shape("25-1000x5", 1_000, 5, 25, 1, 1, 3_000, 1171484375000.0, 732000),
          new Shape("3-5x500", 5, 500, 3, 1, 1, 500, 3.0239642676898464e241, 1246500),
          new Shape("6-100x15-dyn50", 100, 15, 6, 0.5, 1, 2_000, 15664996402790400.0, 1078000));

  /** The published graphs are all made with this seed. */
  private static final String SEED = "seed";

  private final Shape shape;
  private final List<Source<Double>> sources;
  private final List<Cell<Double>> readLeaves;
  private long evaluations;
  private int step;

  /**
   * A graph and what is known of it.
   *
   * @param name the name under which its results are published
   * @param width the nodes of a row
   * @param rows the rows, that of the sources included
   * @param inputs the neighbours that a node is made of
   * @param staticFraction the share of nodes whose dependencies never change
   * @param readFraction the share of the last row that is read
   * @param steps the writes of a run
   * @param sum the sum of what is read at the end of a run
   * @param evaluations the evaluations of a run
   */
  record Shape(
      String name,
      int width,
      int rows,
      int inputs,
      double staticFraction,
      double readFraction,
      int steps,
      double sum,
      long evaluations) {}

  Grid(Reactive library, Shape shape) {
    this.shape = shape;
    this.sources =
        IntStream.range(0, shape.width()).mapToObj(i -> library.source((double) i)).toList();
    Randomness nodes = new Randomness(SEED);
    List<? extends Cell<Double>> row = sources;
    List<Cell<Double>> last = new ArrayList<>();
    for (int i = 1; i < shape.rows(); i++) {
      last = nextRow(library, row, nodes);
      row = last;
    }
    this.readLeaves = readLeaves(last);
    readLeaves.forEach(leaf -> library.effect(leaf, () -> {}));
  }

  private List<Cell<Double>> readLeaves(List<Cell<Double>> leaves) {
    Randomness skips = new Randomness(SEED);
    List<Cell<Double>> read = new ArrayList<>(leaves);
    long skipped = Math.round(leaves.size() * (1 - shape.readFraction()));
    for (int i = 0; i < skipped; i++) {
      read.remove((int) (skips.next() * read.size()));
    }
    return read;
  }

  private List<Cell<Double>> nextRow(
      Reactive library, List<? extends Cell<Double>> above, Randomness random) {
    List<Cell<Double>> row = new ArrayList<>();
    for (int i = 0; i < shape.width(); i++) {
      List<Cell<Double>> inputs = new ArrayList<>();
      for (int j = 0; j < shape.inputs(); j++) {
        inputs.add(above.get((i + j) % above.size()));
      }
      row.add(
          random.next() < shape.staticFraction()
              ? sum(library, inputs)
              : dropping(library, inputs));
    }
    return row;
  }

  private Cell<Double> sum(Reactive library, List<Cell<Double>> inputs) {
    return library.derive(
        inputs,
        evaluation -> {
          evaluations++;
          double sum = 0;
          for (int i = 0; i < inputs.size(); i++) {
            sum += inputs.get(i).read(evaluation, i);
          }
          return sum;
        });
  }

  /** A node that leaves one input out, which one depends on the value of the first. */
  private Cell<Double> dropping(Reactive library, List<Cell<Double>> inputs) {
    Cell<Double> first = inputs.get(0);
    return library.choose(
        inputs,
        evaluation -> {
          evaluations++;
          double sum = first.read(evaluation, 0);
          long whole = (long) sum;
          int dropped = (whole & 1) == 0 ? -1 : (int) (whole % (inputs.size() - 1));
          for (int i = 1; i < inputs.size(); i++) {
            if (i - 1 != dropped) {
              sum += inputs.get(i).read(evaluation, i);
            }
          }
          return sum;
        });
  }

  /** Does the published run, and throws unless sum and count are the published ones. */
  void runAll() {
    long before = evaluations;
    step = 0;
    run(shape.steps());
    double sum = 0;
    for (Cell<Double> leaf : readLeaves) {
      sum += leaf.get();
    }
    require("The sum", shape.sum(), sum);
    require("The number of evaluations", shape.evaluations(), evaluations - before);
  }

  /** Writes one source after the other, and reads the leaves after each. */
  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      int source = step % sources.size();
      sources.get(source).set((double) (step + source));
      step = (step + 1) % shape.steps();
      for (Cell<Double> leaf : readLeaves) {
        leaf.get();
      }
    }
  }
}
