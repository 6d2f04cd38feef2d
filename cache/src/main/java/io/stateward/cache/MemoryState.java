package io.stateward.cache;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.LogPage;
import io.stateward.cache.spi.Reading;
import io.stateward.cache.spi.WideMarks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a layer in memory knows of a cache, and the steps that change it. One thread at a time:
 * {@link MemoryCache} sees to it, so each step is atomic.
 */
final class MemoryState {

  private final MemoryLog[] logs; // by bucket
  private final MemoryShelf shelf;
  private final MemoryClaims claims;
  private final MemoryMarks marks;
  private final MemoryFences fences;
  @Nullable String form; // null until somebody says it

  MemoryState(MemoryLayerOptions options, long epoch) {
    this(
        new MemoryLog[options.buckets() + 1],
        new MemoryShelf(options.maximum()),
        new MemoryClaims(),
        new MemoryMarks(options.log()),
        new MemoryFences(options.maximum()));
    Arrays.setAll(logs, bucket -> new MemoryLog(options.log(), epoch));
  }

  private MemoryState(
      MemoryLog[] logs,
      MemoryShelf shelf,
      MemoryClaims claims,
      MemoryMarks marks,
      MemoryFences fences) {
    this.logs = logs;
    this.shelf = shelf;
    this.claims = claims;
    this.marks = marks;
    this.fences = fences;
  }

  MemoryState copy() {
    MemoryLog[] copies = Arrays.stream(logs).map(MemoryLog::copy).toArray(MemoryLog[]::new);
    MemoryState copy =
        new MemoryState(copies, shelf.copy(), claims.copy(), marks.copy(), fences.copy());
    copy.form = form;
    return copy;
  }

  /**
   * Returns what may be believed of this state when it is an old one: that somebody may be writing,
   * and which versions the source has at least. Numbers and entries may be older than what is known
   * elsewhere, and leases may be used up.
   */
  MemoryState believed(MemoryLayerOptions options, long epoch, long now) {
    MemoryState fresh = new MemoryState(options, epoch);
    MemoryClaims intents = claims.copy();
    intents.endLeases(now);
    MemoryState believed =
        new MemoryState(fresh.logs, fresh.shelf, intents, fresh.marks, fences.copy());
    believed.form = form;
    return believed;
  }

  Head head(int bucket) {
    return logs[bucket].head();
  }

  Head wide() {
    return head(LayerSession.WIDE);
  }

  List<Head> heads() {
    return Arrays.stream(logs).map(MemoryLog::head).toList();
  }

  LogPage log(int bucket, Head after, int most) {
    return logs[bucket].page(after, most);
  }

  WideMarks wideMarks() {
    return marks.marks(wide());
  }

  Reading read(int bucket, String key, long now) {
    return new Reading(head(bucket), wide(), shelf.get(key, now));
  }

  Acquired acquire(int bucket, String key, @Nullable String unwanted, Claim claim, long now) {
    if (claims.intended(key, now)) {
      return new Acquired.Writing();
    }
    Reading reading = read(bucket, key, now);
    if (reading.entry() != null && !reading.entry().token().equals(unwanted)) {
      return new Acquired.Filled(reading);
    }
    Duration remaining = claims.leased(key, now);
    if (remaining != null) {
      return new Acquired.Busy(remaining);
    }
    claims.lease(key, claim.token, claim.connection, claim.limit, now);
    return new Acquired.Leased(new Lease(claim.token, head(bucket), wide(), claim.connection));
  }

  boolean fill(String key, Lease lease, LayerEntry entry, long connection, long now) {
    boolean own =
        lease.connection() == connection && claims.use(key, lease.token(), connection, now);
    boolean accepted = own && !fences.refuses(key, entry.version(), now);
    if (accepted) {
      fence(key, entry.version(), entry.kept(), now);
      shelf.put(key, entry, entry.head(), marks.all(), now);
    }
    return accepted;
  }

  private void fence(String key, long version, Duration kept, long now) {
    long over = MemoryTime.after(now, kept);
    fences.raise(key, version, MemoryTime.after(over, LayerSession.FENCED), now);
  }

  void release(String key, Lease lease, long now) {
    claims.use(key, lease.token(), lease.connection(), now);
  }

  Stamp invalidateKey(int bucket, Invalidation.Key what, long now) {
    shelf.remove(what.key());
    claims.endLease(what.key(), now);
    fence(what.key(), what.version(), Duration.ZERO, now);
    return stamp(bucket, logs[bucket].append(what));
  }

  Stamp invalidateWide(Invalidation invalidation) {
    Head head = logs[LayerSession.WIDE].append(invalidation);
    marks.mark(invalidation, head.sequence());
    return stamp(LayerSession.WIDE, head);
  }

  Intent begin(int bucket, String key, Claim claim, long now) {
    Stamp stamp = invalidateKey(bucket, new Invalidation.Key(key), now);
    claims.intend(key, claim.token, claim.connection, claim.limit, now);
    return new Intent(claim.token, stamp, wide(), claim.connection);
  }

  Completed complete(
      int bucket,
      String key,
      Intent intent,
      @Nullable LayerEntry entry,
      long connection,
      long now) {
    boolean own = claims.end(key, intent.token(), connection, now);
    long version = entry == null ? 0 : entry.version();
    boolean old = fences.refuses(key, version, now);
    Stamp stamp = invalidateKey(bucket, new Invalidation.Key(key, version), now);
    if (!own || old || entry == null) {
      return new Completed(stamp, false);
    }
    fence(key, version, entry.kept(), now);
    shelf.put(key, entry, head(bucket), marks.all(), now);
    return new Completed(stamp, true);
  }

  void endLeasesOf(long connection, long now) {
    claims.endLeasesOf(connection, now);
  }

  void evict(String key) {
    shelf.remove(key);
  }

  private static Stamp stamp(int bucket, Head head) {
    return new Stamp(bucket, head.epoch(), head.sequence());
  }

  /** Returns of how many keys there are entries, and leases or intents, and fences. */
  List<Integer> sizes() {
    return List.of(shelf.size(), claims.size(), fences.size());
  }

  @Override
  public String toString() {
    return heads() + " " + shelf + " " + claims + " " + fences;
  }

  /** Who wants a lease or an intent, and for how long. */
  record Claim(String token, long connection, Duration limit) {}
}
