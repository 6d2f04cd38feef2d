package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * Makes paths by chance, with as many stimuli as can be.
 *
 * <pre>{@code
 * List<TestPath> some = paths.random(42)
 *     .weighing(stimulus -> stimulus instanceof Stimulus.Failed ? 1 : 5)
 *     .paths(100, 20);
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public final class RandomPaths<S> {

  private final Stimuli<S, ?> stimuli;
  private final Random random;
  private ToIntFunction<? super Stimulus> weight = stimulus -> 1;

  RandomPaths(Stimuli<S, ?> stimuli, long seed) {
    this.stimuli = stimuli;
    this.random = new Random(seed);
  }

  /**
   * Says how often a stimulus is to come, in proportion to others that can come.
   *
   * @param of returns its weight; 0 for never
   * @return this
   */
  public RandomPaths<S> weighing(ToIntFunction<? super Stimulus> of) {
    weight = Objects.requireNonNull(of, "of");
    return this;
  }

  /**
   * Makes paths.
   *
   * @param count how many; at least 0
   * @param length the most stimuli of each; a path is shorter if the machine comes to its end
   * @return the paths, the next ones with each call
   */
  public List<TestPath> paths(int count, int length) {
    List<TestPath> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      paths.add(path(length));
    }
    return paths;
  }

  private TestPath path(int length) {
    List<Stimulus> taken = new ArrayList<>();
    Vertex<S> at = new Vertex<>(stimuli.begin());
    while (taken.size() < length) {
      Stimulus next = choose(stimuli.at(at.snapshot, at.due()));
      Step<S> step = next == null ? null : stimuli.apply(at.snapshot, next);
      if (next == null || step == null) {
        break;
      }
      taken.add(next);
      at = new Vertex<>(at, next, step);
    }
    return new TestPath(taken);
  }

  private @org.jspecify.annotations.Nullable Stimulus choose(List<Stimulus> possible) {
    int total = possible.stream().mapToInt(weight).sum();
    if (total <= 0) {
      return null;
    }
    int left = random.nextInt(total);
    for (Stimulus stimulus : possible) {
      left -= weight.applyAsInt(stimulus);
      if (left < 0) {
        return stimulus;
      }
    }
    return null;
  }
}
