package io.stateward.cache;

import io.stateward.cache.spi.UnequalFormException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** One cache of a layer in memory: its present state, behind a lock under which no caller runs. */
final class MemoryCache {

  private final String name;
  private final MemoryLayerOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private MemoryState state; // guarded by lock

  MemoryCache(String name, MemoryLayerOptions options, MemoryState state) {
    this.name = name;
    this.options = options;
    this.state = state;
  }

  String name() {
    return name;
  }

  MemoryLayerOptions options() {
    return options;
  }

  /** Does a step with values of a form, at a time; no code of users runs in it. */
  <T> T step(String form, BiFunction<MemoryState, Long, T> work) {
    lock.lock();
    try {
      if (state.form == null) {
        state.form = form; // the first one, or the layer has forgotten
      } else if (!state.form.equals(form)) {
        throw new UnequalFormException(name, form, state.form);
      }
      return work.apply(state, options.timekeeper().nanoTime());
    } finally {
      lock.unlock();
    }
  }

  MemoryState copy() {
    lock.lock();
    try {
      return state.copy();
    } finally {
      lock.unlock();
    }
  }

  void replace(UnaryOperator<MemoryState> change) {
    lock.lock();
    try {
      state = change.apply(state);
    } finally {
      lock.unlock();
    }
  }
}
