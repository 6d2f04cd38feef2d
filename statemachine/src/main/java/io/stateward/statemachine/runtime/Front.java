package io.stateward.statemachine.runtime;

import io.stateward.signal.Probe;
import io.stateward.statemachine.Notice;
import io.stateward.statemachine.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What others see of an actor: its signals, its notices, its end. */
final class Front<S> {

  private final Audience<S> audience = new Audience<>();
  private final CompletableFuture<Snapshot<S>> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable Shown<S>> shown = new AtomicReference<>();

  Audience<S> audience() {
    return audience;
  }

  CompletableFuture<Snapshot<S>> ended() {
    return ended;
  }

  @Nullable Shown<S> shown() {
    return shown.get();
  }

  /** Makes the signals, unless they are there. */
  Shown<S> show(String name, Snapshot<S> snapshot) {
    Shown<S> made = Shown.of(name, snapshot);
    Shown<S> present = shown.compareAndExchange(null, made);
    return present == null ? made : present;
  }

  /** Lets the signals move. */
  void show(Snapshot<S> snapshot) {
    Shown<S> signals = shown.get();
    if (signals == null || signals.store().get() == snapshot) {
      return;
    }
    try {
      signals.store().set(snapshot);
    } catch (RuntimeException e) { // an updater has sent an event
      Probe.report(
          signals.store().name(),
          "It could not move, and will with the next macrostep. Send events outside of updaters.",
          e);
    }
  }

  void end(Snapshot<S> snapshot, @Nullable Throwable failure) {
    show(snapshot);
    boolean first =
        failure == null ? ended.complete(snapshot) : ended.completeExceptionally(failure);
    if (first) {
      audience.tell(new Notice.Ended<>(snapshot));
    }
  }
}
