package io.stateward.optimistic;

import io.stateward.collection.PersistentVector;
import io.stateward.collection.VectorBuilder;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed state, the mutations under way on top of it, and the state after each of them.
 * Immutable; two logs are the same only if they are identical.
 *
 * <p>The state after each mutation, its image, is that of the one before with its command executed.
 * So the last image is what is visible, and a change at one place leaves the images before it as
 * they are.
 */
final class OptimisticLog<S> {

  private final S base;
  private final PersistentVector<LogEntry<S>> entries; // in the order of their making
  private final PersistentVector<S> images; // as many as entries
  private final int foreign; // entries before the last ones that are of one origin and in order
  private final Graveyard<S> graveyard;
  private final TemporaryIds ids;
  private final BiPredicate<? super S, ? super S> same; // to what stands on a state

  private OptimisticLog(
      S base,
      PersistentVector<LogEntry<S>> entries,
      PersistentVector<S> images,
      int foreign,
      Graveyard<S> graveyard,
      TemporaryIds ids,
      BiPredicate<? super S, ? super S> same) {
    this.base = base;
    this.entries = entries;
    this.images = images;
    this.foreign = foreign;
    this.graveyard = graveyard;
    this.ids = ids;
    this.same = same;
  }

  static <S> OptimisticLog<S> of(S base, BiPredicate<? super S, ? super S> same) {
    return new OptimisticLog<>(
        base,
        PersistentVector.of(),
        PersistentVector.of(),
        0,
        Graveyard.empty(),
        TemporaryIds.none(),
        same);
  }

  S base() {
    return base;
  }

  S visible() {
    return images.isEmpty() ? base : images.get(images.size() - 1);
  }

  PersistentVector<LogEntry<S>> entries() {
    return entries;
  }

  S image(int index) {
    return index < 0 ? base : images.get(index);
  }

  /** Returns the latest dead letters, as many as are kept. */
  PersistentVector<DeadLetter<S>> letters() {
    return graveyard.tidied().letters();
  }

  /**
   * Returns the dead letters since there were so many; all of them if the latest change made it.
   */
  PersistentVector<DeadLetter<S>> lettersSince(long before) {
    PersistentVector<DeadLetter<S>> all = graveyard.letters();
    int since = (int) Math.min(buried() - before, all.size());
    return all.slice(all.size() - since, all.size());
  }

  /** Returns this log with as many dead letters as are kept, before it is changed. */
  OptimisticLog<S> tidied() {
    return having(graveyard.tidied());
  }

  long buried() {
    return graveyard.buried();
  }

  Earlier earlier() {
    return graveyard.earlier();
  }

  TemporaryIds ids() {
    return ids;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean hasAbandoned(MutationId id) {
    return graveyard.indexOf(id) >= 0 || earlier().hasOpenInert(id);
  }

  /** Returns where a mutation is; -1 if it is not in the log. */
  int indexOf(MutationId id) {
    if (foreign < entries.size()) {
      MutationId first = entries.get(foreign).id();
      if (id.number() >= first.number() && id.origin().equals(first.origin())) {
        int index = indexSince(first.number(), id.number());
        return index < 0 ? foreignIndexOf(id) : index;
      }
    }
    return foreignIndexOf(id);
  }

  /** Looks where it is if none between has left, which is the last place that it can be at. */
  private int indexSince(long first, long number) {
    int low = foreign;
    int high = (int) Math.min(entries.size() - 1, foreign + (number - first));
    int probe = high;
    while (low <= high) {
      long found = entries.get(probe).id().number();
      if (found == number) {
        return probe;
      }
      if (found < number) {
        low = probe + 1;
      } else {
        high = probe - 1;
      }
      probe = (low + high) >>> 1;
    }
    return -1;
  }

  private int foreignIndexOf(MutationId id) {
    for (int i = 0; i < foreign; i++) {
      if (entries.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the server has not answered a mutation. */
  boolean isOpen(MutationId id) {
    int index = indexOf(id);
    return index >= 0 && !entries.get(index).isAcknowledged();
  }

  /** Executes a mutation and adds it; what its command throws is the caller's. */
  OptimisticLog<S> appended(LogEntry<S> entry) {
    LogEntry<S> known = entry.remapped(ids);
    return new OptimisticLog<>(
        base,
        entries.append(known),
        images.append(known.execute(visible())),
        foreignBefore(known),
        graveyard,
        ids,
        same);
  }

  private int foreignBefore(LogEntry<S> entry) {
    int size = entries.size();
    return size == 0 || entries.get(size - 1).id().origin().equals(entry.id().origin())
        ? foreign
        : size;
  }

  /** Confirms a mutation as it was guessed; in its place, or at once. */
  OptimisticLog<S> acknowledged(MutationId id, boolean atOnce) {
    int index = indexOf(id);
    if (index < 0) {
      return acknowledgedLate(id);
    }
    if (index == 0) {
      return drained(1);
    }
    LogEntry<S> entry = entries.get(index);
    if (atOnce) {
      BitSet gone = bit(index);
      S confirmed = executedOrNull(entry, absorbed(gone, entries));
      if (confirmed != null) {
        return folded(confirmed, gone, 0, entries, ids).drained();
      }
    }
    return with(index, entry.at(MutationStatus.ACKNOWLEDGED));
  }

  private OptimisticLog<S> acknowledgedLate(MutationId id) {
    int index = graveyard.indexOf(id);
    if (index < 0) {
      return earlier().hasOpenInert(id)
          ? having(graveyard.having(earlier().acknowledgedInert(id)))
          : this;
    }
    LogEntry<S> entry = graveyard.abandoned().get(index).remapped(ids);
    OptimisticLog<S> after = having(graveyard.without(id));
    BitSet gone = new BitSet();
    S confirmed = executedOrNull(entry, absorbed(gone, entries));
    return confirmed == null
        ? after.having(
            after.graveyard.with(
                new DeadLetter<>(
                    id,
                    entry.command(),
                    DeadLetter.Kind.NOT_REPLAYABLE,
                    "The server has carried it out, but it cannot be executed on the confirmed state. Read that state again.",
                    null)))
        : after.folded(confirmed, gone, 0, entries, ids).drained();
  }

  private static <S> @Nullable S executedOrNull(LogEntry<S> entry, S state) {
    try {
      return entry.execute(state);
    } catch (Exception
        | StackOverflowError
        | AssertionError e) { // it depends on what is not confirmed
      return null;
    }
  }

  /** Takes pushes of the server, in order, all of them in one fold. */
  OptimisticLog<S> pushed(List<Push<S>> pushes) {
    return pushed(pushes, entries, ids);
  }

  /**
   * Learns a real id and takes a push that brings it, in one fold: in between, what was created
   * under the temporary id would not be there for those that know the real one.
   */
  OptimisticLog<S> pushed(Push<S> push, Object temporary, Object real) {
    TemporaryIds known = ids.with(temporary, real);
    return pushed(List.of(push), remapped(known), known);
  }

  private PersistentVector<LogEntry<S>> remapped(TemporaryIds known) {
    VectorBuilder<LogEntry<S>> remapped = PersistentVector.builder();
    entries.forEach(entry -> remapped.append(entry.remapped(known)));
    return remapped.build();
  }

  private OptimisticLog<S> pushed(
      List<Push<S>> pushes, PersistentVector<LogEntry<S>> changed, TemporaryIds known) {
    BitSet gone = new BitSet();
    BitSet echoed = new BitSet(); // acknowledged before: like those that are in the base by now
    OptimisticLog<S> remaining = this;
    for (Push<S> push : pushes) {
      for (MutationId id : push.includes()) {
        int index = indexOf(id);
        if (index >= 0) {
          (entries.get(index).isAcknowledged() ? echoed : gone).set(index);
        }
        remaining = remaining.having(remaining.graveyard.without(id));
      }
    }
    S confirmed = absorbed(gone, changed);
    gone.or(echoed);
    for (Push<S> push : pushes) {
      confirmed = push.applied(confirmed);
    }
    List<Push<S>> sound = pushes.stream().filter(push -> push.failure() == null).toList();
    if (sound.size() < pushes.size()) {
      return sound.isEmpty() ? this : pushed(sound, changed, known);
    }
    return confirmed == base && gone.isEmpty() && known == ids
        ? remaining
        : remaining.folded(confirmed, gone, 0, changed, known).drained();
  }

  /**
   * Returns the base with what was acknowledged in its place: whatever the server sends later has
   * it in. What cannot be executed without those before it stays where it is.
   */
  private S absorbed(BitSet gone, PersistentVector<LogEntry<S>> changed) {
    S confirmed = base;
    int i = 0;
    for (LogEntry<S> entry : entries) {
      if (entry.isAcknowledged() && !gone.get(i)) {
        try {
          confirmed = changed.get(i).execute(confirmed);
          gone.set(i);
        } catch (Exception | StackOverflowError | AssertionError e) { // foreign code
          gone.clear(i); // it depends on what is not confirmed
        }
      }
      i++;
    }
    return confirmed;
  }

  /** Takes a mutation out; it becomes a dead letter if one is given. */
  OptimisticLog<S> removed(MutationId id, @Nullable DeadLetter<S> letter, boolean mayBeCarriedOut) {
    int index = indexOf(id);
    if (index < 0) {
      return this;
    }
    Graveyard<S> next = mayBeCarriedOut ? graveyard.abandoning(entries.get(index)) : graveyard;
    return having(letter == null ? next : next.with(letter))
        .folded(base, bit(index), index, entries, ids)
        .drained();
  }

  /** Changes where a mutation is on its way. */
  OptimisticLog<S> marked(MutationId id, MutationStatus status) {
    int index = indexOf(id);
    return index < 0 ? this : with(index, entries.get(index).at(status));
  }

  /** Executes another command in the place of a mutation's own. */
  OptimisticLog<S> executing(MutationId id, Command<S> command, MutationStatus status) {
    int index = indexOf(id);
    if (index < 0) {
      return this;
    }
    LogEntry<S> entry = entries.get(index).executing(command).at(status);
    return folded(base, new BitSet(), index, entries.with(index, entry), ids);
  }

  /** Learns a real id, and executes the commands that know of it. */
  OptimisticLog<S> learning(Object temporary, Object real) {
    TemporaryIds known = ids.with(temporary, real);
    return folded(base, new BitSet(), 0, remapped(known), known);
  }

  /** Forgets a stored mutation that cannot be read. */
  OptimisticLog<S> withoutInert(MutationId id) {
    return earlier().hasInert(id) ? having(graveyard.having(earlier().withoutInert(id))) : this;
  }

  /**
   * Puts a stored state under what was done since, with the mutations that were stored first.
   *
   * @param stored none of which is in this log
   * @param letters what could not be taken in
   * @param earlier what is known of earlier runs then
   */
  OptimisticLog<S> restored(
      S confirmed, List<LogEntry<S>> stored, List<DeadLetter<S>> letters, Earlier earlier) {
    Graveyard<S> known = graveyard.having(earlier);
    for (DeadLetter<S> letter : letters) {
      known = known.with(letter);
    }
    OptimisticLog<S> all =
        new OptimisticLog<>(
                confirmed,
                PersistentVector.copyOf(stored),
                PersistentVector.copyOf(Collections.nCopies(stored.size(), confirmed)),
                stored.size(),
                known,
                ids,
                same)
            .folded(confirmed, new BitSet(), 0, null, ids);
    for (int i = 0; i < entries.size(); i++) {
      all = all.appendedOrBuried(entries.get(i), images.get(i));
    }
    return all.drained();
  }

  /** Adds a mutation that was in the log when it stood on another state. */
  OptimisticLog<S> appendedAgain(LogEntry<S> entry, S lastImage) {
    return appendedOrBuried(entry.remapped(ids), lastImage);
  }

  private OptimisticLog<S> appendedOrBuried(LogEntry<S> entry, S lastImage) {
    Fold<S> fold = new Fold<>(visible(), graveyard, ids);
    LogEntry<S> kept = fold.execute(entry, lastImage);
    return kept == null
        ? having(fold.graveyard)
        : new OptimisticLog<>(
            base,
            entries.append(kept),
            images.append(fold.state),
            foreignBefore(kept),
            fold.graveyard,
            ids,
            same);
  }

  private OptimisticLog<S> with(int index, LogEntry<S> entry) {
    return entry == entries.get(index)
        ? this
        : new OptimisticLog<>(
            base, entries.with(index, entry), images, foreign, graveyard, ids, same);
  }

  private OptimisticLog<S> having(Graveyard<S> other) {
    return other == graveyard
        ? this
        : new OptimisticLog<>(base, entries, images, foreign, other, ids, same);
  }

  private static BitSet bit(int index) {
    BitSet bits = new BitSet();
    bits.set(index);
    return bits;
  }

  /** Moves what is acknowledged at the head of the log into the base. */
  private OptimisticLog<S> drained() {
    return drained(0);
  }

  private OptimisticLog<S> drained(int atLeast) {
    int head = atLeast;
    while (head < entries.size() && entries.get(head).isAcknowledged()) {
      head++;
    }
    int size = entries.size();
    return head == 0
        ? this
        : new OptimisticLog<>(
            images.get(head - 1),
            entries.slice(head, size),
            images.slice(head, size),
            Math.max(0, foreign - head),
            graveyard,
            ids,
            same);
  }

  /**
   * Returns the log on another base, without some of its mutations, executing those from an index
   * on that stand on something else than before.
   *
   * @param changed the mutations as they are now; null to execute all anew
   */
  private OptimisticLog<S> folded(
      S confirmed,
      BitSet gone,
      int from,
      @Nullable PersistentVector<LogEntry<S>> changed,
      TemporaryIds known) {
    Fold<S> fold = new Fold<>(from == 0 ? confirmed : images.get(from - 1), graveyard, known);
    PersistentVector<LogEntry<S>> now = changed == null ? entries : changed;
    VectorBuilder<LogEntry<S>> keptEntries = entries.slice(0, from).toBuilder();
    VectorBuilder<S> keptImages = images.slice(0, from).toBuilder();
    int others = Math.min(foreign, from);
    for (int i = from; i < now.size(); i++) {
      if (gone.get(i)) {
        continue;
      }
      LogEntry<S> entry = now.get(i);
      boolean asBefore = changed != null && same.test(image(i - 1), fold.state);
      if (asBefore && now == entries && gone.nextSetBit(i) < 0) {
        return new OptimisticLog<>(
            confirmed,
            keptEntries.build().concat(entries.slice(i, entries.size())),
            keptImages.build().concat(images.slice(i, images.size())),
            others + Math.max(0, foreign - i),
            fold.graveyard,
            known,
            same);
      }
      LogEntry<S> kept =
          asBefore && entry.command() == entries.get(i).command()
              ? fold.keep(entry, images.get(i))
              : fold.execute(entry, images.get(i));
      if (kept != null) {
        keptEntries.append(kept);
        keptImages.append(fold.state);
        others += i < foreign ? 1 : 0;
      }
    }
    return new OptimisticLog<>(
        confirmed, keptEntries.build(), keptImages.build(), others, fold.graveyard, known, same);
  }

  /** Returns what the base becomes by a patch, checked. */
  static <S> S patched(S base, UnaryOperator<S> patch) {
    S next = patch.apply(base);
    if (next == null) {
      throw new NullPointerException(
          "A patch of the confirmed state returned null, so nothing changed. Return the next state, or the same one to change nothing.");
    }
    return next;
  }
}
