package io.stateward.benchmarks.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every library should come to: single-threaded, without a thought for speed or memory, and
 * short enough to be seen through. Its values and counts are what raced graphs of a size for which
 * none are published are checked against; for the published sizes it has the published ones.
 *
 * <p>A write makes everything suspect that could depend on it. Reading a suspect cell looks at what
 * it read the last time, in that order, and evaluates it anew at the first that has another value.
 */
final class NaiveReactive implements Reactive {

  private final List<Node<?>> observed = new ArrayList<>();
  private boolean batching;

  /** A cell; a source is one without a body. */
  private final class Node<T> implements Source<T> {
    private final @Nullable Body<T> body;
    private final List<Node<?>> dependents = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();
    private List<Seen> seen = new ArrayList<>();
    private boolean suspect;
    private @Nullable T value;
    private @Nullable T told;

    Node(@Nullable T value, @Nullable Body<T> body) {
      this.value = value;
      this.body = body;
      this.suspect = body != null;
    }

    @Override
    public T get() {
      if (suspect) {
        suspect = false;
        if (value == null || seen.stream().anyMatch(Seen::isOutdated)) {
          evaluate();
        }
      }
      return present();
    }

    private void evaluate() {
      seen = new ArrayList<>();
      if (body != null) {
        value = body.evaluate(this);
      }
    }

    private T present() {
      if (value == null) {
        throw new IllegalStateException("a cell without a value");
      }
      return value;
    }

    @Override
    public T read(Object evaluation, int index) {
      T now = get();
      ((Node<?>) evaluation).seen.add(new Seen(this, now));
      return now;
    }

    @Override
    public void set(T next) {
      if (!next.equals(value)) {
        value = next;
        dependents.forEach(Node::suspect);
        if (!batching) {
          tell();
        }
      }
    }

    private void suspect() {
      if (!suspect) {
        suspect = true;
        dependents.forEach(Node::suspect);
      }
    }

    private void tellIfChanged() {
      if (!get().equals(told)) {
        told = get();
        effects.forEach(Runnable::run);
      }
    }
  }

  private record Seen(Node<?> node, Object value) {
    boolean isOutdated() {
      return !node.get().equals(value);
    }
  }

  @Override
  public <T> Source<T> source(T initial) {
    return new Node<>(initial, null);
  }

  @Override
  public <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
    return derive(List.of(input), from -> function.apply(input.read(from, 0)));
  }

  @Override
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body) {
    Node<T> node = new Node<>(null, body);
    inputs.forEach(input -> ((Node<?>) input).dependents.add(node));
    return node;
  }

  @Override
  public <T> Cell<T> choose(List<? extends Cell<?>> inputs, Body<T> body) {
    return derive(inputs, body);
  }

  @Override
  public void effect(Cell<?> cell, Runnable effect) {
    Node<?> node = (Node<?>) cell;
    node.effects.add(effect);
    observed.add(node);
    node.tellIfChanged();
  }

  @Override
  public void batch(List<? extends Source<?>> sources, Runnable writes) {
    batching = true;
    writes.run();
    batching = false;
    tell();
  }

  private void tell() {
    observed.forEach(Node::tellIfChanged);
  }

  @Override
  public boolean evaluatesNoneInVain() {
    return true;
  }
}
