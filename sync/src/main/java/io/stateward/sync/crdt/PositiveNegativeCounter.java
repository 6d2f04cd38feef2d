package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import java.util.Set;
import java.util.TreeSet;

/**
 * A count that goes up and down: what was added less what was taken away.
 *
 * <pre>{@code
 * PositiveNegativeCounter stock = PositiveNegativeCounter.empty().add("ada", 5).add("bob", -2);
 * stock.value();     // 3
 * }</pre>
 *
 * <p>It cannot be set to a number, only moved; one that can be started anew is a {@link
 * ResettableCounter}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> Two numbers for each replica that ever counted.
 *
 * @since 0.1
 */
public final class PositiveNegativeCounter implements Replicated<PositiveNegativeCounter> {

  private static final PositiveNegativeCounter EMPTY =
      new PositiveNegativeCounter(GrowOnlyCounter.empty(), GrowOnlyCounter.empty());
  private static final Set<String> MEMBERS = Set.of("up", "down");
  private static final TreeCodec<PositiveNegativeCounter> CODEC =
      TreeCodec.of(
          "positive-negative-counter/1",
          PositiveNegativeCounter::toTree,
          tree ->
              new PositiveNegativeCounter(
                  GrowOnlyCounter.fromTree(Form.member(tree, "up", MEMBERS)),
                  GrowOnlyCounter.fromTree(Form.member(tree, "down", MEMBERS))));

  private final GrowOnlyCounter up;
  private final GrowOnlyCounter down;

  private PositiveNegativeCounter(GrowOnlyCounter up, GrowOnlyCounter down) {
    this.up = up;
    this.down = down;
  }

  /**
   * Returns the counter at zero.
   *
   * @return the counter
   */
  public static PositiveNegativeCounter empty() {
    return EMPTY;
  }

  /**
   * Returns the codec: an object with the members {@code up} and {@code down}.
   *
   * @return the codec with schema {@code "positive-negative-counter/1"}
   */
  public static TreeCodec<PositiveNegativeCounter> codec() {
    return CODEC;
  }

  /**
   * Returns the count.
   *
   * @return what was added less what was taken away
   */
  public long value() {
    return up.value() - down.value();
  }

  /**
   * Moves the count.
   *
   * @param replica who moves it
   * @param amount by how much; negative to go down
   * @return the counter after it
   * @throws IllegalArgumentException if all that the replica has added, or all that it has taken
   *     away, would be beyond {@link Dot#MAXIMUM_NUMBER}
   */
  public PositiveNegativeCounter add(String replica, long amount) {
    if (amount < -Dot.MAXIMUM_NUMBER) {
      throw new IllegalArgumentException(
          "A replica takes away %d at most, not %d.".formatted(Dot.MAXIMUM_NUMBER, -amount));
    }
    return amount < 0
        ? new PositiveNegativeCounter(up, down.increment(replica, -amount))
        : new PositiveNegativeCounter(up.increment(replica, amount), down);
  }

  @Override
  public PositiveNegativeCounter merge(PositiveNegativeCounter other) {
    return with(up.merge(other.up), down.merge(other.down));
  }

  @Override
  public PositiveNegativeCounter since(PositiveNegativeCounter earlier) {
    return with(up.since(earlier.up), down.since(earlier.down));
  }

  @Override
  public PositiveNegativeCounter redone(
      PositiveNegativeCounter before, PositiveNegativeCounter ground) {
    return ground.with(up.redone(before.up, ground.up), down.redone(before.down, ground.down));
  }

  @Override
  public Set<String> authorsSince(PositiveNegativeCounter earlier) {
    Set<String> authors = new TreeSet<>(up.authorsSince(earlier.up));
    authors.addAll(down.authorsSince(earlier.down));
    return authors;
  }

  private PositiveNegativeCounter with(GrowOnlyCounter added, GrowOnlyCounter taken) {
    return added == up && taken == down ? this : new PositiveNegativeCounter(added, taken);
  }

  private static Tree toTree(PositiveNegativeCounter counter) {
    return Tree.object()
        .plus("up", GrowOnlyCounter.codec().toTree(counter.up))
        .plus("down", GrowOnlyCounter.codec().toTree(counter.down));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositiveNegativeCounter that
        && up.equals(that.up)
        && down.equals(that.down);
  }

  @Override
  public int hashCode() {
    return 31 * up.hashCode() + down.hashCode();
  }

  @Override
  public String toString() {
    return value() + " of " + toTree(this).toJson();
  }
}
