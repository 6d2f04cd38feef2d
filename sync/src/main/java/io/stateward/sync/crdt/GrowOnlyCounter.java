package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import io.stateward.collection.EntryChange;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A count that only grows: the sum of what each replica has counted.
 *
 * <pre>{@code
 * GrowOnlyCounter visits = GrowOnlyCounter.empty().increment("ada", 2).increment("bob", 1);
 * visits.value();     // 3
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> One number for each replica that ever counted.
 *
 * @since 0.1
 */
public final class GrowOnlyCounter implements Replicated<GrowOnlyCounter> {

  private static final GrowOnlyCounter EMPTY = new GrowOnlyCounter(PersistentMap.of());
  private static final TreeCodec<GrowOnlyCounter> CODEC =
      TreeCodec.of("grow-only-counter/1", GrowOnlyCounter::toTree, GrowOnlyCounter::fromTree);

  private final PersistentMap<String, Long> counts; // each from 1 to Dot.MAXIMUM_NUMBER

  private GrowOnlyCounter(PersistentMap<String, Long> counts) {
    this.counts = counts;
  }

  /**
   * Returns the counter at zero.
   *
   * @return the counter
   */
  public static GrowOnlyCounter empty() {
    return EMPTY;
  }

  /**
   * Returns the codec: an object with the count of each replica.
   *
   * @return the codec with schema {@code "grow-only-counter/1"}
   */
  public static TreeCodec<GrowOnlyCounter> codec() {
    return CODEC;
  }

  /**
   * Returns the sum.
   *
   * @return the sum; {@code Long.MAX_VALUE} should it be more, for which over a thousand replicas
   *     would have to be at their limit
   */
  public long value() {
    long sum = 0;
    for (long count : counts.values()) {
      sum = sum > Long.MAX_VALUE - count ? Long.MAX_VALUE : sum + count;
    }
    return sum;
  }

  /**
   * Returns what one replica has counted.
   *
   * @param replica the name of the replica
   * @return its part of the sum
   */
  public long of(String replica) {
    return counts.getOrDefault(replica, 0L);
  }

  /**
   * Counts.
   *
   * @param replica who counts
   * @param amount how much; zero or more
   * @return the counter after it
   * @throws IllegalArgumentException if the amount is negative, or would take what the replica has
   *     counted beyond {@link Dot#MAXIMUM_NUMBER}
   */
  public GrowOnlyCounter increment(String replica, long amount) {
    long before = of(Dot.checkedReplica(replica));
    if (amount < 0 || amount > Dot.MAXIMUM_NUMBER - before) {
      throw new IllegalArgumentException(
          "A replica counts up, to %d at most; '%s' is at %d and was to add %d. What also goes down is a PositiveNegativeCounter."
              .formatted(Dot.MAXIMUM_NUMBER, replica, before, amount));
    }
    return amount == 0 ? this : new GrowOnlyCounter(counts.plus(replica, before + amount));
  }

  @Override
  public GrowOnlyCounter merge(GrowOnlyCounter other) {
    MapBuilder<String, Long> merged = counts.toBuilder();
    boolean mine = true;
    for (EntryChange<String, Long> change : other.counts.diff(counts)) {
      if (count(change.now()) > count(change.was())) {
        merged.put(change.key(), count(change.now()));
        mine = false;
      }
    }
    return mine ? this : new GrowOnlyCounter(merged.build());
  }

  @Override
  public GrowOnlyCounter since(GrowOnlyCounter earlier) {
    MapBuilder<String, Long> more = PersistentMap.builder();
    for (EntryChange<String, Long> change : counts.diff(earlier.counts)) {
      if (count(change.now()) > count(change.was())) {
        more.put(change.key(), count(change.now()));
      }
    }
    return more.size() == 0 ? EMPTY : new GrowOnlyCounter(more.build());
  }

  @Override
  public GrowOnlyCounter redone(GrowOnlyCounter before, GrowOnlyCounter ground) {
    GrowOnlyCounter redone = ground;
    for (String replica : authorsSince(before)) {
      redone = redone.increment(replica, of(replica) - before.of(replica));
    }
    return redone;
  }

  @Override
  public Set<String> authorsSince(GrowOnlyCounter earlier) {
    return new TreeSet<>(since(earlier).counts.keySet());
  }

  private static long count(@Nullable Long found) {
    return found == null ? 0 : found;
  }

  private static Tree toTree(GrowOnlyCounter counter) {
    TreeObject.Builder tree = TreeObject.builder();
    new TreeMap<>(counter.counts).forEach((replica, count) -> tree.add(replica, Tree.of(count)));
    return tree.build();
  }

  static GrowOnlyCounter fromTree(Tree tree) {
    MapBuilder<String, Long> counts = PersistentMap.builder();
    tree.asObject()
        .members()
        .forEach(
            (replica, count) -> counts.put(replica, new Dot(replica, count.asLong()).number()));
    return new GrowOnlyCounter(counts.build());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GrowOnlyCounter that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return value() + " of " + toTree(this).toJson();
  }
}
