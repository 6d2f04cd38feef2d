package io.stateward.statemachine.durable;

import io.stateward.persist.RecordStore;
import io.stateward.persist.StorageException;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.Probe;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.runtime.Keeper;
import io.stateward.store.WriteResult;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an instance in a record, by compare-and-set.
 *
 * <p>Thread safety: of whoever has the turn of the actor.
 */
final class RecordKeeper<S> implements Keeper<S> {

  private final RecordStore records;
  private final MachineCodec<S, ?> codec;
  private final Supplier<Instant> clock;
  private final TimerPolicy timers;
  private final String key;
  private KeptInstance<S> kept;
  private long version;

  RecordKeeper(
      RecordStore records,
      MachineCodec<S, ?> codec,
      Supplier<Instant> clock,
      TimerPolicy timers,
      String key,
      KeptInstance<S> kept,
      long version) {
    this.records = records;
    this.codec = codec;
    this.clock = clock;
    this.timers = timers;
    this.key = key;
    this.kept = kept;
    this.version = version;
  }

  /** Writes what is kept, for the first time; returns null, or why it could not. */
  @Nullable Throwable create() {
    return write(kept);
  }

  @Override
  public @Nullable Throwable keep(Step<S> step) {
    Snapshot<S> next = step.snapshot();
    if (next == kept.snapshot() && step.effects().isEmpty()) {
      return null; // it was ignored or refused
    }
    return write(kept.next(next, Actions.among(step.effects())));
  }

  @Override
  public @Nullable Throwable released() {
    return kept.unreleased().isEmpty() ? null : write(kept.released());
  }

  /** Only {@link TimerPolicy#DEADLINE} asks not for how long the timers have run. */
  @Override
  public void stopping() {
    if (timers == TimerPolicy.DEADLINE || kept.snapshot().timers().isEmpty()) {
      return;
    }
    Throwable lost = write(kept);
    if (lost != null && !(lost instanceof InstanceTakenException)) {
      Probe.report(
          key, "It has stopped, and how long its timers have run could not be written.", lost);
    }
  }

  @Override
  public String keys() {
    return key + "/" + kept.life();
  }

  @Override
  public long sequence() {
    return kept.sequence();
  }

  private @Nullable Throwable write(KeptInstance<S> next) {
    WriteResult<StoredRecord> result;
    try {
      result = records.write(key, version, KeptInstance.encode(codec, next, clock.get()));
    } catch (Throwable t) { // foreign code: no codec for something, or the store is closed
      return t;
    }
    if (result instanceof WriteResult.Saved<StoredRecord> saved) {
      version = saved.value().version();
      kept = next;
      return null;
    }
    return result.fold(
        saved -> new AssertionError(),
        conflict -> new InstanceTakenException(key, version, "version " + conflict.version()),
        () -> new InstanceTakenException(key, version, "none, as it was deleted"),
        rejected ->
            new StorageException("Record %s was refused: %s.".formatted(key, rejected), null),
        () -> new StorageException("Writing record %s was cancelled.".formatted(key), null),
        failed ->
            new StorageException(
                "Record %s could not be written. Load the instance again to see where it stands."
                    .formatted(key),
                failed));
  }
}
