package io.stateward.optimistic;

import io.stateward.collection.PersistentVector;

/**
 * What did not take effect, and what may still.
 *
 * @param letters the latest dead letters; all of those of the latest change, however many
 * @param buried how many there have ever been
 * @param abandoned mutations that were given up and may have been carried out all the same
 * @param earlier what earlier runs made
 */
record Graveyard<S>(
    PersistentVector<DeadLetter<S>> letters,
    long buried,
    PersistentVector<LogEntry<S>> abandoned,
    Earlier earlier) {

  private static final int ABANDONED = 100;

  static <S> Graveyard<S> empty() {
    return new Graveyard<>(PersistentVector.of(), 0, PersistentVector.of(), Earlier.NONE);
  }

  Graveyard<S> with(DeadLetter<S> letter) {
    return new Graveyard<>(letters.append(letter), buried + 1, abandoned, earlier);
  }

  Graveyard<S> tidied() {
    int over = letters.size() - OptimisticStore.DEAD_LETTERS;
    return over <= 0
        ? this
        : new Graveyard<>(letters.slice(over, letters.size()), buried, abandoned, earlier);
  }

  Graveyard<S> abandoning(LogEntry<S> entry) {
    PersistentVector<LogEntry<S>> more = abandoned.append(entry);
    return new Graveyard<>(
        letters, buried, more.size() > ABANDONED ? more.without(0) : more, earlier);
  }

  Graveyard<S> without(MutationId id) {
    int index = indexOf(id);
    Earlier others = earlier.withoutInert(id);
    return index < 0 && others == earlier
        ? this
        : new Graveyard<>(
            letters, buried, index < 0 ? abandoned : abandoned.without(index), others);
  }

  Graveyard<S> having(Earlier other) {
    return new Graveyard<>(letters, buried, abandoned, other);
  }

  int indexOf(MutationId id) {
    for (int i = abandoned.size() - 1; i >= 0; i--) {
      if (abandoned.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
