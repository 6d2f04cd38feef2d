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

  private static final Object READ_AT_ONCE = new Object();

  private final Coroutines coroutines = new Coroutines();

  private record Node<T>(StateFlow<T> flow) implements Cell<T> {
    @Override
    public T get() {
      return flow.getValue();
    }

    @Override
    public T read(Object evaluation) {
      return flow.getValue();
    }
  }

  private record Written<T>(MutableStateFlow<T> flow) implements Source<T> {
    @Override
    public T get() {
      return flow.getValue();
    }

    @Override
    public T read(Object evaluation) {
      return flow.getValue();
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
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Function<Object, T> body) {
    if (inputs.isEmpty()) {
      throw new UnsupportedOperationException("inputs that depend on values");
    }
    Flow<T> results =
        inputs.size() == 1
            ? FlowKt.map(flowOf(inputs.get(0)), (value, next) -> body.apply(READ_AT_ONCE))
            : combine(inputs.stream().map(StateFlowReactive::flowOf).toArray(Flow<?>[]::new), body);
    return new Node<>(
        FlowKt.stateIn(
            results,
            coroutines.scope(),
            SharingStarted.Companion.getEagerly(),
            body.apply(READ_AT_ONCE)));
  }

  /** What Kotlin's inline function {@code combine(flows) { ... }} compiles to. */
  private static <T> Flow<T> combine(Flow<?>[] flows, Function<Object, T> body) {
    return FlowKt.flow(
        (collector, completion) ->
            CombineKt.<T, Object>combineInternal(
                collector,
                flows,
                () -> new Object[flows.length],
                (out, values, next) -> out.emit(body.apply(READ_AT_ONCE), next),
                asUnit(completion)));
  }

  @SuppressWarnings("unchecked") // Kotlin declares the one as a supertype of the other
  private static kotlin.coroutines.Continuation<Unit> asUnit(
      kotlin.coroutines.Continuation<? super Unit> completion) {
    return (kotlin.coroutines.Continuation<Unit>) completion;
  }

  private static Flow<?> flowOf(Cell<?> cell) {
    return cell instanceof Written<?> written ? written.flow() : ((Node<?>) cell).flow();
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
