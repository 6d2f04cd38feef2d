package io.stateward.benchmarks.graph;

import io.stateward.benchmarks.graph.Reactive.Cell;
import io.stateward.benchmarks.graph.Reactive.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A rectangle of nodes, each made of several neighbours in the row above, some of which change
 * their dependencies with the values, and some of whose last row are never read.
 */
final class Grid {

  /** The published graphs are all made with this seed. */
  private static final String SEED = "seed";

  private final Shape shape;
  private final List<Source<Double>> sources;
  private final List<Cell<Double>> readLeaves;
  private long evaluations;

  /**
   * What a graph looks like.
   *
   * @param name the name under which its results are given
   * @param width the nodes of a row
   * @param rows the rows, that of the sources included
   * @param inputs the neighbours that a node is made of
   * @param staticFraction the share of nodes whose dependencies never change
   * @param readFraction the share of the last row that is read
   */
  record Shape(
      String name, int width, int rows, int inputs, double staticFraction, double readFraction) {

    /** Returns a graph of fewer rows. */
    Shape cut(String name, int rows) {
      return new Shape(name, width, rows, inputs, staticFraction, readFraction);
    }
  }

  /**
   * Builds a graph.
   *
   * @param library builds it of
   * @param shape what it looks like
   * @param initial the first value of each source, by its position
   */
  Grid(Reactive library, Shape shape, IntToDoubleFunction initial) {
    this.shape = shape;
    this.sources =
        IntStream.range(0, shape.width())
            .mapToObj(i -> library.source(initial.applyAsDouble(i)))
            .toList();
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

  /** Writes the source whose turn it is, reads the leaves, and returns their sum. */
  double write(int step) {
    int source = step % sources.size();
    sources.get(source).set((double) (step + source));
    double sum = 0;
    for (Cell<Double> leaf : readLeaves) {
      sum += leaf.get();
    }
    return sum;
  }

  /** Returns how many nodes were evaluated so far, each as often as it was. */
  long evaluations() {
    return evaluations;
  }
}
