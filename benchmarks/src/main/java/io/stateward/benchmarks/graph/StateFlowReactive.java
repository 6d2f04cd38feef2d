package io.stateward.benchmarks.graph;

import io.stateward.benchmarks.store.Coroutines;
import java.util.List;
import java.util.function.Function;
import kotlin.Unit;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.flow.MutableStateFlow;
import kotlinx.coroutines.flow.SharingStarted;
import kotlinx.coroutines.flow.StateFlow;
import kotlinx.coroutines.flow.StateFlowKt;
import kotlinx.coroutines.flow.internal.CombineKt;

/**
 * Kotlin: a {@code StateFlow} per node, made by {@code map} or {@code combine} and {@code stateIn}
 * on an unconfined scope. The inputs have to be known beforehand, and each emits on its own.
 */
final class StateFlowReactive implements Reactive {

  private final Coroutines coroutines = new Coroutines();

  private record Node<T>(StateFlow<T> flow) implements Cell<T> {
    @Override
    public T get() {
      return flow.getValue();
    }

    @Override
    @SuppressWarnings("unchecked") // the values are in the order of the inputs
    public T read(Object evaluation, int index) {
      return (T) ((Object[]) evaluation)[index];
    }
  }

  private record Written<T>(MutableStateFlow<T> flow) implements Source<T> {
    @Override
    public T get() {
      return flow.getValue();
    }

    @Override
    @SuppressWarnings("unchecked") // the values are in the order of the inputs
    public T read(Object evaluation, int index) {
      return (T) ((Object[]) evaluation)[index];
    }

    @Override
    public void set(T value) {
      flow.setValue(value);
    }
  }

  @Override
  public <T> Source<T> source(T initial) {
    return new Written<>(StateFlowKt.MutableStateFlow(initial));
  }

  @Override
  public <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
    Flow<T> results = FlowKt.map(flowOf(input), (value, next) -> function.apply(value));
    return node(results, function.apply(input.get()));
  }

  /** Does what Kotlin's inline function {@code combine(flows) { ... }} compiles to. */
  @Override
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body) {
    Flow<?>[] flows = inputs.stream().map(StateFlowReactive::flowOf).toArray(Flow<?>[]::new);
    Flow<T> results =
        FlowKt.flow(
            (collector, completion) ->
                CombineKt.<T, Object>combineInternal(
                    collector,
                    flows,
                    () -> new Object[flows.length],
                    (out, values, next) -> out.emit(body.evaluate(values), next),
                    asUnit(completion)));
    return node(results, body.evaluate(inputs.stream().map(Cell::get).toArray()));
  }

  private <T> Cell<T> node(Flow<T> results, T initial) {
    return new Node<>(
        FlowKt.stateIn(
            results, coroutines.scope(), SharingStarted.Companion.getEagerly(), initial));
  }

  @SuppressWarnings("unchecked") // Kotlin declares the one as a supertype of the other
  private static kotlin.coroutines.Continuation<Unit> asUnit(
      kotlin.coroutines.Continuation<? super Unit> completion) {
    return (kotlin.coroutines.Continuation<Unit>) completion;
  }

  private static <T> Flow<T> flowOf(Cell<T> cell) {
    return cell instanceof Written<T> written ? written.flow() : ((Node<T>) cell).flow();
  }

  @Override
  public void effect(Cell<?> cell, Runnable effect) {
    coroutines.collect(flowOf(cell), value -> effect.run());
  }

  @Override
  public void batch(List<? extends Source<?>> sources, Runnable writes) {
    writes.run();
  }

  @Override
  public void close() {
    coroutines.close();
  }
}
