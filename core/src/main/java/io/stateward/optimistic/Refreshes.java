package io.stateward.optimistic;

import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.signal.ClosedException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** The reads of a store that are under way, or wait until no mutation is. */
final class Refreshes {

  private final Set<Refresh<?, ?>> reads = ConcurrentHashMap.newKeySet();

  <S, R> Task<R> begin(
      LoggedStore<S> store, Call<S, R> call, BiFunction<? super S, ? super R, ? extends S> patch) {
    return Call.<LoggedStore<S>, R>stageWith(
            (into, cancellation) -> {
              CompletableFuture<R> answer = new CompletableFuture<>();
              Refresh<S, R> read = new Refresh<>(into, call, patch, answer);
              reads.add(read);
              answer.minimalCompletionStage().whenComplete((result, failure) -> reads.remove(read));
              cancellation.onCancel(read::cancel);
              read.beginIfQuiet();
              return answer;
            })
        .start(store);
  }

  /** Stops reads whose answer may be older than a mutation that was made. */
  void interrupt() {
    reads.forEach(Refresh::interrupt);
  }

  /** Begins the reads that wait. */
  void resume() {
    reads.forEach(Refresh::beginIfQuiet);
  }

  void close(String store) {
    reads.forEach(read -> read.fail(new ClosedException("'" + store + "'", "read")));
  }
}
