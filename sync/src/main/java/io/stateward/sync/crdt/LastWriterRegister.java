package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of which the last write stands.
 *
 * <pre>{@code
 * LastWriterRegister<String> title = LastWriterRegister.<String>empty().set("ada", "Notes");
 * title.set("bob", "Diary").merge(title).value();      // Diary: written after Notes was seen
 * }</pre>
 *
 * <p>A write is after those that its replica had seen (Lamport, "Time, clocks, and the ordering of
 * events in a distributed system", CACM 21, 1978); of two that had not seen each other, the one
 * with the higher stamp stands, and with equal ones that of the replica whose name is the later one
 * in alphabetical order. No clock is needed; {@link #set(String, Object, long)} takes one as a
 * hint, so that the write that is later by the clock stands, and a clock that is wrong still cannot
 * make a write lose against one that it had seen.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the value is.
 *
 * @param <T> the type of the value; immutable, with {@code equals}
 * @since 0.1
 */
public final class LastWriterRegister<T> implements Replicated<LastWriterRegister<T>> {

  private static final LastWriterRegister<?> EMPTY = new LastWriterRegister<>(null, null);
  private static final Set<String> MEMBERS = Set.of("value", "by", "stamp");

  private final @Nullable T value;
  private final @Nullable Dot stamp; // null if and only if the value is

  private LastWriterRegister(@Nullable T value, @Nullable Dot stamp) {
    this.value = value;
    this.stamp = stamp;
  }

  /**
   * Returns the register that nobody has written.
   *
   * @param <T> the type of the value
   * @return the register
   */
  @SuppressWarnings("unchecked") // it has no value
  public static <T> LastWriterRegister<T> empty() {
    return (LastWriterRegister<T>) EMPTY;
  }

  /**
   * Returns the codec: an object with what was written, {@code by} whom and its {@code stamp}, or
   * without members.
   *
   * @param <T> the type of the value
   * @param values the codec of the value
   * @return the codec; its schema names that of the value
   */
  public static <T> TreeCodec<LastWriterRegister<T>> codec(TreeCodec<T> values) {
    return TreeCodec.of(
        "last-writer-register/1(" + values.schema() + ")",
        register -> toTree(register, values),
        tree -> fromTree(tree, values));
  }

  /**
   * Returns the value.
   *
   * @return what was written last; null if nothing was
   */
  public @Nullable T value() {
    return value;
  }

  /**
   * Returns the stamp of the last write: its replica, and a number that is higher than those of the
   * writes it had seen.
   *
   * @return the stamp; null if nothing was written
   */
  public @Nullable Dot stamp() {
    return stamp;
  }

  /**
   * Writes.
   *
   * @param replica who writes
   * @param next the value
   * @return the register after it
   */
  public LastWriterRegister<T> set(String replica, T next) {
    return set(replica, next, 1);
  }

  /**
   * Writes, with a clock as a hint.
   *
   * @param replica who writes
   * @param next the value
   * @param clock what the clock shows, for example in milliseconds; the stamp is at least that.
   *     Once a clock is used for a register, all who write it use the same unit
   * @return the register after it
   * @throws IllegalArgumentException if no stamp is left: {@link Dot#MAXIMUM_NUMBER} is the last
   */
  public LastWriterRegister<T> set(String replica, T next, long clock) {
    long after = stamp == null ? 1 : stamp.number() + 1;
    return new LastWriterRegister<>(
        Objects.requireNonNull(next, "next"), new Dot(replica, Math.max(after, clock)));
  }

  /**
   * Joins two versions.
   *
   * @param other any other version
   * @return the version that was written last
   * @throws IllegalArgumentException if both have one stamp and differ, since a name was used twice
   */
  @Override
  public LastWriterRegister<T> merge(LastWriterRegister<T> other) {
    if (other.stamp == null) {
      return this;
    }
    int order = stamp == null ? -1 : stamp.compareTo(other.stamp);
    if (order == 0 && !Objects.equals(value, other.value)) {
      throw Dotted.usedTwice(other.stamp, value, other.value);
    }
    return order < 0 ? other : this;
  }

  @Override
  public LastWriterRegister<T> since(LastWriterRegister<T> earlier) {
    return equals(earlier) ? empty() : this;
  }

  @Override
  public Set<String> authorsSince(LastWriterRegister<T> earlier) {
    boolean news = stamp != null && (earlier.stamp == null || stamp.compareTo(earlier.stamp) > 0);
    return news && stamp != null ? Set.of(stamp.replica()) : Set.of();
  }

  private static <T> Tree toTree(LastWriterRegister<T> register, TreeCodec<T> values) {
    return register.value == null || register.stamp == null
        ? Tree.object()
        : Tree.object()
            .plus("value", values.toTree(register.value))
            .plus("by", register.stamp.replica())
            .plus("stamp", register.stamp.number());
  }

  private static <T> LastWriterRegister<T> fromTree(Tree tree, TreeCodec<T> values) {
    if (tree.asObject().members().isEmpty()) {
      return empty();
    }
    return new LastWriterRegister<>(
        values.fromTree(Form.member(tree, "value", MEMBERS)),
        new Dot(
            Form.member(tree, "by", MEMBERS).asString(),
            Form.member(tree, "stamp", MEMBERS).asLong()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LastWriterRegister<?> that
        && Objects.equals(stamp, that.stamp)
        && Objects.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(stamp, value);
  }

  @Override
  public String toString() {
    return stamp == null ? "unwritten" : value + " by " + stamp;
  }
}
