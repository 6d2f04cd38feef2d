package io.stateward.benchmarks.graph;

import static io.stateward.benchmarks.Workload.require;

import io.stateward.benchmarks.graph.Reactive.Cell;
import io.stateward.benchmarks.graph.Reactive.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The kairo set: eight small graphs, each hard in a way of its own. Every one is built once and
 * then run many times; a run throws unless all values and all effect counts are as published.
 */
final class Kairo {

  static final List<String> NAMES =
      List.of("avoidable", "broad", "deep", "diamond", "mux", "repeated", "triangle", "unstable");

  /** What the effects of a graph did, kept where no optimiser takes it away. */
  private static final class Effects {
    int count;
    int busy;

    void happen() {
      count++;
    }

    /** A little work that a library avoids by finding that nothing changed. */
    void work() {
      for (int i = 0; i < 100; i++) {
        busy = (busy + i) ^ count;
      }
    }
  }

  private Kairo() {}

  static Runnable build(String name, Reactive library) {
    return switch (name) {
      case "avoidable" -> avoidable(library);
      case "broad" -> broad(library);
      case "deep" -> deep(library);
      case "diamond" -> diamond(library);
      case "mux" -> mux(library);
      case "repeated" -> repeated(library);
      case "triangle" -> triangle(library);
      case "unstable" -> unstable(library);
      default -> throw new IllegalArgumentException("No such graph: " + name);
    };
  }

  /** A change that the second node swallows, below which the work is. */
  private static Runnable avoidable(Reactive library) {
    Effects effects = new Effects();
    Source<Integer> head = library.source(0);
    Cell<Integer> first = library.map(head, n -> n);
    Cell<Integer> swallowed = library.map(first, n -> 0);
    Cell<Integer> heavy =
        library.map(
            swallowed,
            n -> {
              effects.work();
              return n + 1;
            });
    Cell<Integer> last = library.map(library.map(heavy, n -> n + 2), n -> n + 3);
    library.effect(last, effects::work);
    return () -> {
      head.set(1);
      require("The last node", 6, last.get());
      for (int i = 0; i < 1_000; i++) {
        head.set(i);
        require("The last node", 6, last.get());
      }
    };
  }

  /** Fifty branches of two nodes each. */
  private static Runnable broad(Reactive library) {
    Effects effects = new Effects();
    Source<Integer> head = library.source(0);
    List<Cell<Integer>> ends = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int branch = i;
      Cell<Integer> end = library.map(library.map(head, n -> n + branch), n -> n + 1);
      library.effect(end, effects::happen);
      ends.add(end);
    }
    Cell<Integer> last = ends.get(49);
    return counted(effects, head, 50, 50 * 50, i -> require("The end", i + 50, last.get()));
  }

  /** One branch of fifty nodes. */
  private static Runnable deep(Reactive library) {
    Effects effects = new Effects();
    Source<Integer> head = library.source(0);
    Cell<Integer> current = head;
    for (int i = 0; i < 50; i++) {
      current = library.map(current, n -> n + 1);
    }
    Cell<Integer> last = current;
    library.effect(last, effects::happen);
    return counted(effects, head, 50, 50, i -> require("The end", i + 50, last.get()));
  }

  /** Five ways from one node to another. */
  private static Runnable diamond(Reactive library) {
    Effects effects = new Effects();
    Source<Integer> head = library.source(0);
    List<Cell<Integer>> sides =
        IntStream.range(0, 5).mapToObj(i -> library.map(head, n -> n + 1)).toList();
    Cell<Integer> sum = sum(library, sides);
    library.effect(sum, effects::happen);
    return counted(effects, head, 500, 500, i -> require("The sum", (i + 1) * 5, sum.get()));
  }

  /** Ten ways of different length from one node to another. */
  private static Runnable triangle(Reactive library) {
    Effects effects = new Effects();
    Source<Integer> head = library.source(0);
    List<Cell<Integer>> chain = new ArrayList<>();
    Cell<Integer> current = head;
    for (int i = 0; i < 10; i++) {
      chain.add(current);
      current = library.map(current, n -> n + 1);
    }
    Cell<Integer> sum = sum(library, chain);
    library.effect(sum, effects::happen);
    return counted(effects, head, 100, 100, i -> require("The sum", 45 + i * 10, sum.get()));
  }

  private static Cell<Integer> sum(Reactive library, List<Cell<Integer>> cells) {
    return library.derive(
        cells,
        evaluation -> {
          int sum = 0;
          for (int i = 0; i < cells.size(); i++) {
            sum += cells.get(i).read(evaluation, i);
          }
          return sum;
        });
  }

  /** A hundred sources through one node into a hundred branches. */
  private static Runnable mux(Reactive library) {
    List<Source<Integer>> heads = IntStream.range(0, 100).mapToObj(i -> library.source(0)).toList();
    Cell<List<Integer>> all =
        library.derive(
            heads,
            evaluation -> {
              Integer[] values = new Integer[heads.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = heads.get(i).read(evaluation, i);
              }
              return List.of(values);
            });
    List<Cell<Integer>> branches = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int index = i;
      Cell<Integer> branch = library.map(library.map(all, list -> list.get(index)), n -> n + 1);
      library.effect(branch, () -> {});
      branches.add(branch);
    }
    return () -> {
      for (int factor = 1; factor <= 2; factor++) {
        for (int i = 0; i < 10; i++) {
          heads.get(i).set(i * factor);
          require("The branch", i * factor + 1, branches.get(i).get());
        }
      }
    };
  }

  /** A node that reads its source thirty times. */
  private static Runnable repeated(Reactive library) {
    Effects effects = new Effects();
    Source<Integer> head = library.source(0);
    Cell<Integer> sum =
        library.derive(
            List.of(head),
            evaluation -> {
              int total = 0;
              for (int i = 0; i < 30; i++) {
                total += head.read(evaluation, 0);
              }
              return total;
            });
    library.effect(sum, effects::happen);
    return counted(effects, head, 100, 100, i -> require("The sum", i * 30, sum.get()));
  }

  /** A node that depends now on one branch, now on the other. */
  private static Runnable unstable(Reactive library) {
    Effects effects = new Effects();
    Source<Integer> head = library.source(0);
    Cell<Integer> twice = library.map(head, n -> n * 2);
    Cell<Integer> inverse = library.map(head, n -> -n);
    Reactive.Body<Integer> body =
        evaluation -> {
          int total = 0;
          for (int i = 0; i < 20; i++) {
            boolean odd = head.read(evaluation, 0) % 2 != 0;
            total += odd ? twice.read(evaluation, 1) : inverse.read(evaluation, 2);
          }
          return total;
        };
    Cell<Integer> sum = library.choose(List.of(head, twice, inverse), body);
    library.effect(sum, effects::happen);
    return counted(
        effects, head, 100, 100, i -> require("The sum", i % 2 == 0 ? -20 * i : 40 * i, sum.get()));
  }

  /** What is checked after each write. */
  private interface Check {
    void after(int written);
  }

  private static Runnable counted(
      Effects effects, Source<Integer> head, int writes, int effectsExpected, Check check) {
    return () -> {
      head.set(1);
      effects.count = 0;
      check.after(1);
      for (int i = 0; i < writes; i++) {
        head.set(i);
        check.after(i);
      }
      require("The number of effects", effectsExpected, effects.count);
    };
  }
}
