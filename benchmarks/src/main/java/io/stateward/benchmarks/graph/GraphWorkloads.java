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

  /** With the fewer, libraries that push each input by itself can take part. */
  private static final List<Integer> RACED_CELLX_LAYERS = List.of(10, 100);

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
    Cellx.PUBLISHED_LAYERS.forEach(layers -> names.add("cellx." + layers));
    PublishedGrid.ALL.forEach(grid -> names.add("dynamic." + grid.shape().name()));
    return List.copyOf(names);
  }

  /**
   * Returns the names of the graphs that are raced: those of the kairo set as they are published,
   * of the others a size that peers can finish.
   *
   * @return all names, in the order in which they are raced
   */
  public static List<String> raced() {
    List<String> names = new ArrayList<>();
    Kairo.NAMES.forEach(name -> names.add("kairo." + name));
    RACED_CELLX_LAYERS.forEach(layers -> names.add("cellx." + layers));
    RacedGrid.SHAPES.forEach(shape -> names.add("dynamic." + shape.name()));
    return List.copyOf(names);
  }

  /**
   * What does it cost to carry changes through a graph?
   *
   * @param contender whom to ask
   * @param name the name of the graph
   * @return runs that throw if a value is wrong, or a count of a contender that promises it
   */
  public static Workload race(String contender, String name) {
    return race(Reactives.of(contender), name);
  }

  static Workload race(Reactive library, String name) {
    Runnable graph =
        name.startsWith("dynamic.")
            ? new RacedGrid(library, racedShape(name))
            : build(library, name);
    return new GraphWorkload(library, graph, 1);
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
      PublishedGrid grid = publishedGrid(name);
      return new GraphWorkload(library, grid.build(library), grid.steps());
    }
    return new GraphWorkload(library, build(library, name), 1);
  }

  private static Runnable build(Reactive library, String name) {
    String part = name.substring(name.indexOf('.') + 1);
    return name.startsWith("cellx.")
        ? new Cellx(library, Integer.parseInt(part))
        : Kairo.build(part, library);
  }

  private static PublishedGrid publishedGrid(String name) {
    return PublishedGrid.ALL.stream()
        .filter(grid -> name.equals("dynamic." + grid.shape().name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such graph: " + name));
  }

  private static Grid.Shape racedShape(String name) {
    return RacedGrid.SHAPES.stream()
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
