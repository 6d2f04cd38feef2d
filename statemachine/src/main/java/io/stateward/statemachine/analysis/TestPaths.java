package io.stateward.statemachine.analysis;

import io.stateward.codec.Tree;
import io.stateward.flow.Outcome;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.analysis.Vertex.Hop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes tests of a machine: paths that visit all states, all transitions, or all pairs of them.
 *
 * <pre>{@code
 * TestPaths<Status, Event> paths = TestPaths.of(ORDER)
 *     .input(new Order("1", 0, 0))
 *     .abstracting(order -> "");
 * for (TestPath path : paths.transitions()) {
 *   for (Visit<Status> visit : paths.replay(path)) {
 *     // do the same to your service, and compare
 *   }
 * }
 * }</pre>
 *
 * <p>The machine itself says what each path leads to, by {@link Machine#step}; what is tested is a
 * service that is to behave like it, or code that was generated from it. Samples of events and ends
 * of invoked work are given as to a {@link ModelCheck}.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Cost.</b> Where the machine can stand is explored once, up to {@link #bound}; a tour looks
 * for the nearest goal again and again, and is therefore short, but not always the shortest.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class TestPaths<S, E> {

  private final Stimuli<S, E> stimuli;
  private @Nullable Function<? super Snapshot<S>, ?> abstraction;
  private int bound = 1_000;
  private @Nullable Explorer<S> explored;

  private TestPaths(Machine<S, E> machine) {
    stimuli = new Stimuli<>(machine);
  }

  /**
   * Begins to make tests of a machine.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param machine the machine
   * @return the tests, to be continued
   */
  public static <S, E> TestPaths<S, E> of(Machine<S, E> machine) {
    return new TestPaths<>(machine);
  }

  /**
   * Adds events that may come at any time; the constants of enums are there by themselves.
   *
   * @param samples one or more of each kind
   * @return this
   * @throws IllegalArgumentException if one is no event of the machine
   */
  @SafeVarargs
  public final TestPaths<S, E> events(E... samples) {
    for (E sample : samples) {
      stimuli.event(sample);
    }
    return changed();
  }

  /**
   * Says what the machine is started with.
   *
   * @param input its parameter
   * @return this
   */
  public TestPaths<S, E> input(Object input) {
    stimuli.input(input);
    return changed();
  }

  /**
   * Adds a way in which invoked work may end.
   *
   * @param work what it is called, in whichever states
   * @param result its result
   * @return this
   * @throws IllegalArgumentException if no state invokes it
   */
  public TestPaths<S, E> result(String work, @Nullable Object result) {
    stimuli.ending(work, Stimuli.done(result));
    return changed();
  }

  /**
   * Adds a way in which invoked work may fail.
   *
   * @param work what it is called, in whichever states
   * @param cause why
   * @return this
   * @throws IllegalArgumentException if no state invokes it
   */
  public TestPaths<S, E> failure(String work, Throwable cause) {
    stimuli.ending(work, new Outcome.Failed<>(cause));
    return changed();
  }

  /**
   * Says what of the data matters: of snapshots with the same active states, those for which this
   * is equal are taken for one, however often an event waits.
   *
   * @param relevant what matters, with an equality of its own
   * @return this
   */
  public TestPaths<S, E> abstracting(Function<? super Snapshot<S>, ?> relevant) {
    abstraction = Objects.requireNonNull(relevant, "relevant");
    return changed();
  }

  /**
   * Says how many states are enough.
   *
   * @param states at least 1; 1,000 unless it is said
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public TestPaths<S, E> bound(int states) {
    if (states < 1) {
      throw new IllegalArgumentException("A bound of %d states is less than 1.".formatted(states));
    }
    bound = states;
    return changed();
  }

  private TestPaths<S, E> changed() {
    explored = null;
    return this;
  }

  private Explorer<S> explored() {
    Explorer<S> known = explored;
    if (known == null) {
      known = new Explorer<>(stimuli, abstraction, bound).all();
      explored = known;
    }
    return known;
  }

  /**
   * Returns a shortest path to each state of the definition, without those that are the beginning
   * of others.
   *
   * @return the paths; one that is empty if nothing leads on
   */
  public List<TestPath> states() {
    List<List<Hop<S>>> ways = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Vertex<S> vertex : explored().vertices()) {
      if (seen.addAll(vertex.snapshot.active())) {
        ways.add(vertex.way());
      }
    }
    return ways.stream()
        .filter(way -> ways.stream().noneMatch(other -> begins(way, other)))
        .map(Tour::path)
        .toList();
  }

  private static <T> boolean begins(List<T> one, List<T> other) {
    return other.size() > one.size() && other.subList(0, one.size()).equals(one);
  }

  /**
   * Returns paths that together take each transition that the samples can lead to.
   *
   * @return the paths
   */
  public List<TestPath> transitions() {
    return new Tour<>(explored().first(), (last, hop) -> new HashSet<>(Seen.taken(hop.step())))
        .paths();
  }

  /**
   * Returns paths that together take each pair of transitions of which one follows the other.
   *
   * @return the paths
   */
  public List<TestPath> pairs() {
    return new Tour<>(explored().first(), (last, hop) -> Seen.pairs(last, hop.step())).paths();
  }

  /**
   * Returns all paths that visit nothing twice.
   *
   * @param length the most stimuli of a path; at least 1
   * @param most the most paths; at least 1
   * @return the paths that cannot go on, in the order of the samples
   */
  public List<TestPath> simple(int length, int most) {
    List<TestPath> paths = new ArrayList<>();
    walk(explored().first(), new ArrayList<>(), new HashSet<>(), length, most, paths);
    return paths;
  }

  private void walk(
      Vertex<S> at,
      List<Hop<S>> way,
      Set<Vertex<S>> visited,
      int length,
      int most,
      List<TestPath> paths) {
    visited.add(at);
    boolean end = true;
    for (Hop<S> hop : way.size() < length ? at.hops : List.<Hop<S>>of()) {
      if (!visited.contains(hop.to()) && paths.size() < most) {
        end = false;
        way.add(hop);
        walk(hop.to(), way, visited, length, most, paths);
        way.remove(way.size() - 1);
      }
    }
    if (end && !way.isEmpty() && paths.size() < most) {
      paths.add(Tour.path(way));
    }
    visited.remove(at);
  }

  /**
   * Begins to make random paths.
   *
   * @param seed the same makes the same paths
   * @return what makes them
   */
  public RandomPaths<S> random(long seed) {
    return new RandomPaths<>(stimuli, seed);
  }

  /**
   * Returns what a path leads to, step by step.
   *
   * @param path the path
   * @return the beginning, and a visit for each stimulus
   * @throws IllegalArgumentException if it names a timer or work that is not there at that point
   */
  public List<Visit<S>> replay(TestPath path) {
    List<Visit<S>> visits = new ArrayList<>();
    Step<S> step = stimuli.begin();
    visits.add(new Visit<>(null, step));
    for (Stimulus stimulus : path.stimuli()) {
      Step<S> next = stimuli.apply(step.snapshot(), stimulus);
      if (next == null) {
        throw new IllegalArgumentException(
            "After %s nothing waits for \"%s\"; is the path of another version of the machine?"
                .formatted(visits, stimulus.label()));
      }
      step = next;
      visits.add(new Visit<>(stimulus, step));
    }
    return visits;
  }

  /**
   * Returns a shorter path that still fails: stimuli are left out as long as it does.
   *
   * @param path a path that fails
   * @param fails tells whether a path fails; called often
   * @return a path of which nothing can be left out, one stimulus at a time
   */
  public TestPath shrink(TestPath path, Predicate<TestPath> fails) {
    return Shrinking.of(path, shorter -> replays(shorter) && fails.test(shorter));
  }

  private boolean replays(TestPath path) {
    Step<S> step = stimuli.begin();
    for (Stimulus stimulus : path.stimuli()) {
      Step<S> next = stimuli.apply(step.snapshot(), stimulus);
      if (next == null) {
        return false;
      }
      step = next;
    }
    return true;
  }

  /**
   * Returns how much paths visit, of what the samples can visit at all.
   *
   * @param paths the paths
   * @return the coverage
   */
  public PathCoverage coverage(List<TestPath> paths) {
    Seen visited = new Seen(stimuli.chart());
    for (TestPath path : paths) {
      Snapshot<S> from = null;
      List<Trace.Transition> last = List.of();
      for (Visit<S> visit : replay(path)) {
        visited.add(from, visit.by(), visit.step(), last);
        last = from == null ? Seen.begun(visit.step()) : Seen.last(last, visit.step());
        from = visit.step().snapshot();
      }
    }
    return Possible.coverage(visited, stimuli, explored());
  }

  /**
   * Reads a stored path.
   *
   * @param tree what {@link TestPath#toTree} returned
   * @return the path, made of the samples that were given here
   * @throws IllegalArgumentException if it names a sample that is not here
   * @throws io.stateward.codec.TreeShapeException if it is no path
   */
  public TestPath parse(Tree tree) {
    return new TestPath(
        tree.at("/stimuli").asArray().elements().stream().map(stimuli::parse).toList());
  }
}
