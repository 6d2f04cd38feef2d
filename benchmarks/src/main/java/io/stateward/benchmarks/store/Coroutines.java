package io.stateward.benchmarks.store;

import java.util.function.Consumer;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineScopeKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import org.jspecify.annotations.Nullable;

/**
 * Kotlin flows from Java. Everything runs on {@code Dispatchers.Unconfined}, the dispatcher that
 * hands a value over on the thread that sets it, which is the cheapest there is.
 *
 * @since 0.1
 */
public final class Coroutines implements AutoCloseable {

  private final CoroutineScope scope = CoroutineScopeKt.CoroutineScope(Dispatchers.getUnconfined());

  /** Creates a scope. */
  public Coroutines() {}

  /**
   * Returns the scope in which flows are collected.
   *
   * @return the scope, until this is closed
   */
  public CoroutineScope scope() {
    return scope;
  }

  /**
   * Collects a flow until this is closed.
   *
   * @param <T> the type of the values
   * @param flow the flow
   * @param action called with each value
   */
  public <T extends @Nullable Object> void collect(
      Flow<? extends T> flow, Consumer<? super T> action) {
    FlowCollector<T> collector =
        (value, continuation) -> {
          action.accept(value);
          return Unit.INSTANCE;
        };
    BuildersKt.launch(
        scope,
        EmptyCoroutineContext.INSTANCE,
        CoroutineStart.DEFAULT,
        (ignored, continuation) -> flow.collect(collector, continuation));
  }

  @Override
  public void close() {
    CoroutineScopeKt.cancel(scope, null);
  }
}
