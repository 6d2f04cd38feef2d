package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.PersistentMap;
import java.util.Map;

/**
 * A count that goes up and down and can be started anew, on its own or with the entry of a map that
 * it is in.
 *
 * <pre>{@code
 * ResettableCounter votes = ResettableCounter.empty().add("ada", 2).add("bob", 3);
 * votes.cleared().merge(votes.add("bob", 1)).value();    // 4: all that bob counted came again
 * }</pre>
 *
 * <p>What each replica has counted is one contribution, which each of its changes replaces.
 * Clearing takes away the contributions that were seen; one that was changed meanwhile, by somebody
 * who had not seen the clearing, stays as a whole.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> One number for each replica that has counted since the last clearing.
 *
 * @since 0.1
 */
public final class ResettableCounter implements Causal<ResettableCounter> {

  private static final ResettableCounter EMPTY = new ResettableCounter(Dotted.empty());
  private static final TreeCodec<Long> NUMBERS =
      TreeCodec.of("contribution/1", Tree::of, tree -> checked(tree.asLong()));
  private static final CausalCodec<ResettableCounter> CODEC =
      new CausalCodec<>(
          "resettable-counter/1",
          counter -> counter.dotted.content(NUMBERS),
          (content, dots, seen) ->
              new ResettableCounter(Dotted.read(content, dots, seen, NUMBERS)));

  private final Dotted<Long> dotted; // one for each replica, within ±Dot.MAXIMUM_NUMBER

  private ResettableCounter(Dotted<Long> dotted) {
    this.dotted = dotted;
  }

  /**
   * Returns the counter at zero.
   *
   * @return the counter
   */
  public static ResettableCounter empty() {
    return EMPTY;
  }

  /**
   * Returns the codec.
   *
   * @return the codec with schema {@code "resettable-counter/1"}
   */
  public static CausalCodec<ResettableCounter> codec() {
    return CODEC;
  }

  /**
   * Returns the count.
   *
   * @return the sum of all contributions; the nearest {@code long} should it be none
   */
  public long value() {
    long sum = 0;
    for (long contribution : dotted.values().values()) {
      long next = sum + contribution;
      boolean overflown = ((sum ^ next) & (contribution ^ next)) < 0;
      sum = overflown ? (contribution < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : next;
    }
    return sum;
  }

  /**
   * Moves the count.
   *
   * @param replica who moves it
   * @param amount by how much; negative to go down
   * @return the counter after it
   * @throws IllegalArgumentException if the replica's contribution would be beyond {@link
   *     Dot#MAXIMUM_NUMBER} on either side of zero
   */
  public ResettableCounter add(String replica, long amount) {
    if (amount == 0) {
      return this;
    }
    long after = checked(checked(amount) + of(replica));
    return with(dotted.replacing(dot -> dot.replica().equals(replica), replica, after));
  }

  /**
   * Returns what one replica has contributed.
   *
   * @param replica the name of the replica
   * @return its part of the count
   */
  public long of(String replica) {
    long sum = 0;
    for (Map.Entry<Dot, Long> entry : dotted.values().entrySet()) {
      sum += entry.getKey().replica().equals(replica) ? entry.getValue() : 0;
    }
    return sum;
  }

  private static long checked(long amount) {
    if (amount > Dot.MAXIMUM_NUMBER || amount < -Dot.MAXIMUM_NUMBER) {
      throw new IllegalArgumentException(
          "What one replica has counted is from -%d to %1$d; this would be %d."
              .formatted(Dot.MAXIMUM_NUMBER, amount));
    }
    return amount;
  }

  private ResettableCounter with(Dotted<Long> other) {
    return other == dotted ? this : new ResettableCounter(other);
  }

  @Override
  public ResettableCounter merge(ResettableCounter other) {
    return with(dotted.merge(other.dotted));
  }

  @Override
  public ResettableCounter since(ResettableCounter earlier) {
    return with(dotted.since(earlier.dotted));
  }

  @Override
  public ResettableCounter redone(ResettableCounter before, ResettableCounter ground) {
    VersionVector cleared = VersionVector.empty();
    for (Dot dot : ground.dotted.values().keySet()) {
      boolean gone = before.has(dot.replica()) && !has(dot.replica());
      cleared = gone ? cleared.plus(dot) : cleared;
    }
    ResettableCounter redone =
        ground.with(ground.dotted.merge(new Dotted<>(PersistentMap.of(), cleared)));
    for (Dot dot : dotted.values().keySet()) {
      if (!before.dotted.values().containsKey(dot)) {
        redone = redone.add(dot.replica(), of(dot.replica()) - before.of(dot.replica()));
      }
    }
    return redone;
  }

  private boolean has(String replica) {
    return dotted.values().keySet().stream().anyMatch(dot -> dot.replica().equals(replica));
  }

  @Override
  public VersionVector seen() {
    return dotted.seen();
  }

  @Override
  public boolean isEmpty() {
    return dotted.values().isEmpty();
  }

  @Override
  public ResettableCounter cleared() {
    return with(dotted.cleared());
  }

  @Override
  public ResettableCounter seeing(VersionVector others) {
    return with(new Dotted<>(dotted.values(), others));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResettableCounter that && dotted.equals(that.dotted);
  }

  @Override
  public int hashCode() {
    return dotted.hashCode();
  }

  @Override
  public String toString() {
    return value() + " of " + dotted.values();
  }
}
