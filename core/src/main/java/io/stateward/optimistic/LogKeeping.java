package io.stateward.optimistic;

import io.stateward.persist.Persistence;
import io.stateward.persist.PersistenceBuilder;
import io.stateward.store.Lens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is stored of a log, and how it is taken in again. Pure, but for the number of the last. */
final class LogKeeping<S> {

  private final LoggedStore<S> store;
  private final StoredCommands<S> commands;

  LogKeeping(LoggedStore<S> store, StoredCommands<S> commands) {
    this.store = store;
    this.commands = commands;
  }

  PersistenceBuilder<?, SavedLog<S>> persistence() {
    return Persistence.of(store.log())
        .timekeeper(store.timekeeper())
        .partialize(Lens.of(this::saved, this::restored));
  }

  private SavedLog<S> saved(OptimisticLog<S> log) {
    List<SavedMutation> mutations =
        log.entries().stream()
            .filter(entry -> !entry.isShare())
            .map(
                entry ->
                    new SavedMutation(
                        entry.id(), StoredCommands.tree(entry.made()), entry.isAcknowledged()))
            .toList();
    Earlier earlier = log.earlier();
    long latest = store.latest();
    return new SavedLog<>(
        log.base(),
        earlier.mergedWith(mutations),
        latest == 0
            ? earlier.issued()
            : earlier.issuedWith(new MutationId(store.origin(), latest)));
  }

  private OptimisticLog<S> restored(OptimisticLog<S> log, SavedLog<S> saved) {
    List<LogEntry<S>> known = new ArrayList<>();
    List<Inert> inert = new ArrayList<>();
    List<DeadLetter<S>> letters = new ArrayList<>();
    for (SavedMutation mutation : saved.mutations()) {
      Inert unreadable = null;
      try {
        LogEntry<S> entry = entry(mutation);
        DeadLetter<S> twin = twin(log, entry);
        if (twin != null) {
          letters.add(twin);
        } else if (log.indexOf(entry.id()) < 0) {
          known.add(entry);
        }
      } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
        unreadable = Inert.of(mutation, e);
      }
      if (unreadable != null && !log.earlier().hasInert(mutation.id())) {
        inert.add(unreadable);
        letters.add(unreadable.letter());
      }
    }
    return log.restored(saved.confirmed(), known, letters, log.earlier().with(saved, inert));
  }

  private LogEntry<S> entry(SavedMutation mutation) {
    LogEntry<S> pending =
        LogEntry.of(mutation.id(), commands.command(mutation.command()), store::rescue);
    return mutation.acknowledged() ? pending.at(MutationStatus.ACKNOWLEDGED) : pending;
  }

  /** Returns a letter if this run has given the id to another mutation. */
  private @Nullable DeadLetter<S> twin(OptimisticLog<S> log, LogEntry<S> stored) {
    int index = log.indexOf(stored.id());
    if (index < 0 || log.entries().get(index).made().equals(stored.made())) {
      return null;
    }
    return new DeadLetter<>(
        stored.id(),
        stored.made(),
        DeadLetter.Kind.FAILED,
        "Store '%s' was opened with the origin of an earlier run, '%s', and gave the id %s once more before what that run had stored was loaded. Choose another origin for each run, or none."
            .formatted(store.name(), store.origin(), stored.id()),
        null);
  }
}
