package io.stateward.benchmarks.graph;

import io.stateward.benchmarks.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * The questions asked of derived values.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class GraphWorkloads {

  private static final List<Integer> CELLX_LAYERS = List.of(1_000, 2_500);

  private GraphWorkloads() {}

  /**
   * Returns the names of the graphs: {@code kairo.broad} and so on, {@code cellx.1000}, {@code
   * dynamic.3-5x500}.
   *
   * @return all names, in the order in which they are published
   */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    Kairo.NAMES.forEach(name -> names.add("kairo." + name));
    CELLX_LAYERS.forEach(layers -> names.add("cellx." + layers));
    Grid.SHAPES.forEach(shape -> names.add("dynamic." + shape.name()));
    return List.copyOf(names);
  }

  /**
   * What does it cost to carry changes through a graph?
   *
   * @param contender whom to ask
   * @param name the name of the graph
   * @return runs that throw if a value or a count is wrong; of the dynamic graphs, a part of the
   *     published run, whose results are not published and hence not checked
   */
  public static Workload race(String contender, String name) {
    Reactive library = Reactives.of(contender);
    if (name.startsWith("dynamic.")) {
      Grid grid = new Grid(library, shape(name));
      return new GraphWorkload(library, () -> grid.run(1), 1);
    }
    return new GraphWorkload(library, build(library, name), 1);
  }

  /**
   * Are all values and counts of a graph the published ones?
   *
   * @param contender whom to ask
   * @param name the name of the graph
   * @return runs that throw if they are not
   */
  public static Workload exact(String contender, String name) {
    Reactive library = Reactives.of(contender);
    if (name.startsWith("dynamic.")) {
      Grid.Shape shape = shape(name);
      Grid grid = new Grid(library, shape);
      grid.run(2 * shape.width()); // counts are published for graphs that have been run before
      return new GraphWorkload(library, grid::runAll, shape.steps());
    }
    return new GraphWorkload(library, build(library, name), 1);
  }

  private static Runnable build(Reactive library, String name) {
    String part = name.substring(name.indexOf('.') + 1);
    return name.startsWith("cellx.")
        ? new Cellx(library, Integer.parseInt(part))
        : Kairo.build(part, library);
  }

  private static Grid.Shape shape(String name) {
    return Grid.SHAPES.stream()
        .filter(shape -> name.equals("dynamic." + shape.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such graph: " + name));
  }

  private record GraphWorkload(Reactive library, Runnable body, long operations)
      implements Workload {
    @Override
    public void run() {
      body.run();
    }

    @Override
    public void close() {
      library.close();
    }
  }
}
