package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.LayerEntry;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entries of a cache in memory. One thread at a time. */
final class MemoryShelf {

  private static final int STEPS = 2; // more than one entry is looked at for each that is put in

  private final int maximum;
  private final MemoryHand<Kept> entries;

  MemoryShelf(int maximum) {
    this(maximum, new MemoryHand<>());
  }

  private MemoryShelf(int maximum, MemoryHand<Kept> entries) {
    this.maximum = maximum;
    this.entries = entries;
  }

  MemoryShelf copy() {
    return new MemoryShelf(maximum, entries.copy());
  }

  int size() {
    return entries.map().size();
  }

  @Nullable LayerEntry get(String key, long now) {
    Kept kept = entries.map().get(key);
    if (kept == null || kept.over(now)) {
      entries.map().remove(key);
      return null;
    }
    kept.used = true;
    return kept.entryAt(now);
  }

  void remove(String key) {
    entries.map().remove(key);
  }

  /** Puts an entry in, as of a head, and makes room for it; what is older than a mark goes. */
  void put(String key, LayerEntry entry, Head head, long mark, long now) {
    entries.map().put(key, new Kept(entry, head, now));
    for (int step = 0; step < STEPS || size() > maximum; step++) {
      String next = entries.next();
      Kept kept = next == null ? null : entries.map().get(next);
      if (next != null && kept != null && !next.equals(key)) {
        pass(next, kept, mark, now);
      }
    }
  }

  @Override
  public String toString() {
    return entries.map().toString();
  }

  private void pass(String key, Kept kept, long mark, long now) {
    boolean useless = kept.over(now) || kept.entry.wide().sequence() < mark;
    if (useless || (size() > maximum && !kept.used)) {
      entries.map().remove(key);
    } else if (size() > maximum) {
      kept.used = false; // goes in the next round unless it is read before
    }
  }

  /** An entry with its deadlines. */
  private static final class Kept {
    final LayerEntry entry;
    final long sinceNanos;
    final long freshUntilNanos;
    final long keptUntilNanos;
    boolean used;

    Kept(LayerEntry entry, Head head, long now) {
      this.entry = with(entry, head, entry.age(), entry.fresh(), entry.kept());
      this.sinceNanos = now;
      this.freshUntilNanos = MemoryTime.after(now, entry.fresh());
      this.keptUntilNanos = MemoryTime.after(now, entry.kept());
    }

    @Override
    public String toString() {
      return entry.token() + " " + entry.head() + " " + Arrays.toString(entry.value());
    }

    boolean over(long now) {
      return keptUntilNanos - now <= 0;
    }

    LayerEntry entryAt(long now) {
      Duration fresh = Duration.ofNanos(Math.max(0, freshUntilNanos - now));
      Duration age = entry.age().plusNanos(now - sinceNanos);
      return with(entry, entry.head(), age, fresh, Duration.ofNanos(keptUntilNanos - now));
    }

    /** Copies the value: nobody outside may hold the array that is kept. */
    private static LayerEntry with(
        LayerEntry entry, Head head, Duration age, Duration fresh, Duration kept) {
      byte[] value = entry.value();
      return new LayerEntry(
          entry.token(),
          value == null ? null : value.clone(),
          entry.tags(),
          head,
          entry.wide(),
          entry.validator(),
          entry.version(),
          age,
          fresh,
          kept);
    }
  }
}
