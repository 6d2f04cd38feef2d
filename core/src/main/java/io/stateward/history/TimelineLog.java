package io.stateward.history;

import io.stateward.collection.PersistentVector;
import io.stateward.collection.VectorBuilder;
import io.stateward.signal.internal.Tap;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commits that a timeline keeps, oldest first, with two states after each: the one that the
 * store had, and the one that is shown. Immutable.
 *
 * <p>Both are the same object until something is skipped. From the first commit that is touched,
 * the states shown are folded anew and kept; those before it are as they were. Where the state
 * shown is the store's again, the rest is the store's as well, and nothing is folded.
 *
 * @param base what came before the first entry, as an entry without a commit
 * @param entries the commits
 * @param skipped how many of them are skipped
 * @param pin what the view is pinned to, if it is
 */
record TimelineLog<S, A>(
    Entry<S, A> base, PersistentVector<Entry<S, A>> entries, int skipped, @Nullable Pin<S> pin) {

  /** A commit, what the store had after it, and what is shown. */
  record Entry<S, A>(
      long version,
      Instant time,
      @Nullable String label,
      List<A> actions,
      S actual,
      S shown,
      boolean skipped) {

    static <S, A> Entry<S, A> of(
        long version, Instant time, @Nullable String label, List<A> actions, S actual) {
      return new Entry<>(version, time, label, actions, actual, actual, false);
    }

    Entry<S, A> showing(S other) {
      return other == shown
          ? this
          : new Entry<>(version, time, label, actions, actual, other, skipped);
    }

    Entry<S, A> skipping(boolean now) {
      return new Entry<>(version, time, label, actions, actual, shown, now);
    }
  }

  /** A moment that is looked at; its state is kept when the moment is dropped. */
  record Pin<S>(long version, S state) {}

  static <S, A> TimelineLog<S, A> startingAt(Entry<S, A> base) {
    return new TimelineLog<>(base, PersistentVector.of(), 0, null);
  }

  /** Returns a log that waits for the moment at which it begins. */
  static <S, A> TimelineLog<S, A> notBegun(S state) {
    return startingAt(Entry.of(Long.MAX_VALUE, Instant.EPOCH, null, List.of(), state));
  }

  /** Returns the log of a saved timeline: each state is computed once, or twice behind a skip. */
  static <S, A> TimelineLog<S, A> opened(SavedTimeline<S, A> saved, Replay<S, A> replay) {
    Entry<S, A> base = Entry.of(saved.version(), saved.time(), null, List.of(), saved.base());
    VectorBuilder<Entry<S, A>> all = PersistentVector.<Entry<S, A>>builder();
    int skipped = 0;
    Entry<S, A> last = base;
    for (SavedTimeline.Commit<S, A> commit : saved.commits()) {
      S actual = replay.actual(last.actual(), commit);
      Entry<S, A> entry =
          Entry.<S, A>of(commit.version(), commit.time(), commit.label(), commit.actions(), actual)
              .skipping(commit.skipped());
      last = entry.showing(replay.after(last.shown(), last.actual(), entry));
      all.append(last);
      skipped += commit.skipped() ? 1 : 0;
    }
    return new TimelineLog<>(base, all.build(), skipped, null);
  }

  SavedTimeline<S, A> saved() {
    return new SavedTimeline<>(
        base.version(),
        base.time(),
        base.actual(),
        entries.stream().map(TimelineLog::saved).toList());
  }

  private static <S, A> SavedTimeline.Commit<S, A> saved(Entry<S, A> entry) {
    return new SavedTimeline.Commit<>(
        entry.version(),
        entry.time(),
        entry.label(),
        entry.actions(),
        entry.actions().isEmpty() ? entry.actual() : null,
        entry.skipped());
  }

  Entry<S, A> newest() {
    return entry(entries.size() - 1);
  }

  /** Returns an entry; the base for the index before the first. */
  Entry<S, A> entry(int index) {
    return index < 0 ? base : entries.get(index);
  }

  /** Returns the index of the last entry that is not after a version; -1 for the base; else -2. */
  int indexAt(long version) {
    if (version < base.version()) {
      return -2;
    }
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).version() <= version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  Moment<S, A> moment(int index) {
    Entry<S, A> entry = entry(index);
    return new Moment<>(
        entry.version(),
        entry.time(),
        entry.label(),
        entry.actions(),
        entry(Math.max(index - 1, -1)).shown(),
        entry.shown(),
        entry.skipped());
  }

  boolean isLive() {
    return pin == null && newest().shown() == newest().actual();
  }

  /** Returns the state that is looked at. */
  S shown() {
    return pin == null ? newest().shown() : pin.state();
  }

  TimelineStatus status() {
    return new TimelineStatus(
        entries.size(),
        skipped,
        base.version(),
        newest().version(),
        pin == null ? newest().version() : pin.version(),
        pin != null,
        isLive());
  }

  /** Takes what the store was at a moment: the base if it is the first, a commit if it is news. */
  TimelineLog<S, A> taking(
      Tap.Moment<S> moment, Function<S, Entry<S, A>> entry, int most, Replay<S, A> replay) {
    S was = newest().actual();
    S now = Objects.requireNonNullElse(moment.valueOr(null), was);
    if (base.version() == Long.MAX_VALUE) {
      return startingAt(entry.apply(now));
    }
    return now == was || moment.same(was, now) ? this : appended(entry.apply(now), most, replay);
  }

  TimelineLog<S, A> appended(Entry<S, A> entry, int most, Replay<S, A> replay) {
    Entry<S, A> last = newest();
    S shown = replay.after(last.shown(), last.actual(), entry);
    TimelineLog<S, A> longer =
        new TimelineLog<>(base, entries.append(entry.showing(shown)), skipped, pin);
    return longer.entries.size() > most ? longer.withoutFirst() : longer;
  }

  private TimelineLog<S, A> withoutFirst() {
    Entry<S, A> first = entries.get(0);
    return new TimelineLog<>(
        first.skipping(false), entries.without(0), first.skipped() ? skipped - 1 : skipped, pin);
  }

  TimelineLog<S, A> cleared() {
    Entry<S, A> last = newest();
    return new TimelineLog<>(
        last.skipping(false).showing(last.actual()), PersistentVector.of(), 0, pin);
  }

  TimelineLog<S, A> pinned(@Nullable Pin<S> to) {
    return new TimelineLog<>(base, entries, skipped, to);
  }

  /** Skips an entry, or takes it in again, and folds what follows. */
  TimelineLog<S, A> skipping(long version, boolean skip, Replay<S, A> replay) {
    int index = indexAt(version);
    if (index < 0 || entries.get(index).version() != version) {
      return this;
    }
    Entry<S, A> entry = entries.get(index);
    if (entry.skipped() == skip) {
      return this;
    }
    VectorBuilder<Entry<S, A>> all = entries.toBuilder();
    all.set(index, entry.skipping(skip));
    refold(all, index, replay);
    return new TimelineLog<>(base, all.build(), skip ? skipped + 1 : skipped - 1, pin).repinned();
  }

  private void refold(VectorBuilder<Entry<S, A>> all, int from, Replay<S, A> replay) {
    Entry<S, A> last = entry(from - 1);
    for (int i = from; i < all.size(); i++) {
      Entry<S, A> entry = all.get(i);
      S shown = replay.after(last.shown(), last.actual(), entry);
      if (shown == entry.shown()) {
        return; // from here on everything is as it was
      }
      last = entry.showing(shown);
      all.set(i, last);
    }
  }

  /** Skips nothing any more. */
  TimelineLog<S, A> complete() {
    VectorBuilder<Entry<S, A>> all = entries.toBuilder();
    for (int i = 0; i < all.size(); i++) {
      Entry<S, A> entry = all.get(i);
      if (entry.skipped() || entry.shown() != entry.actual()) {
        all.set(i, entry.skipping(false).showing(entry.actual()));
      }
    }
    return new TimelineLog<>(base.showing(base.actual()), all.build(), 0, pin).repinned();
  }

  /** Shows at the pin what is there now, if it is still kept. */
  private TimelineLog<S, A> repinned() {
    if (pin == null || pin.version() < base.version()) {
      return this;
    }
    return pinned(new Pin<>(pin.version(), entry(indexAt(pin.version())).shown()));
  }
}
