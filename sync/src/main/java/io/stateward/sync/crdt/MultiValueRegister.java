package io.stateward.sync.crdt;

import io.stateward.codec.TreeCodec;
import java.util.List;
import java.util.Objects;

/**
 * A value of which all the last writes stand: those that no other write had seen.
 *
 * <pre>{@code
 * MultiValueRegister<String> color = MultiValueRegister.<String>empty().set("ada", "red");
 * MultiValueRegister<String> both = color.set("ada", "blue").merge(color.set("bob", "green"));
 * both.values();                               // blue and green, for somebody to choose
 * both.set("ada", "blue").values();            // blue
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * <p><b>Failure.</b> Merging two versions that name one change for two values throws {@code
 * IllegalArgumentException}: a replica name was used twice.
 *
 * @param <T> the type of the values; immutable, with {@code equals}
 * @since 0.1
 */
public final class MultiValueRegister<T> implements Causal<MultiValueRegister<T>> {

  private final Dotted<T> dotted;

  private MultiValueRegister(Dotted<T> dotted) {
    this.dotted = dotted;
  }

  /**
   * Returns the register that nobody has written.
   *
   * @param <T> the type of the values
   * @return the register
   */
  public static <T> MultiValueRegister<T> empty() {
    return new MultiValueRegister<>(Dotted.empty());
  }

  /**
   * Returns the codec.
   *
   * @param <T> the type of the values
   * @param values the codec of a value
   * @return the codec; its schema names that of the values
   */
  public static <T> CausalCodec<MultiValueRegister<T>> codec(TreeCodec<T> values) {
    return new CausalCodec<>(
        "multi-value-register/1(" + values.schema() + ")",
        register -> register.dotted.content(values),
        (content, dots, seen) ->
            new MultiValueRegister<>(Dotted.read(content, dots, seen, values)));
  }

  /**
   * Returns the values that stand.
   *
   * @return the values in one order on all replicas; empty if nothing was written, or it was
   *     cleared
   */
  public List<T> values() {
    return dotted.inOrder();
  }

  /**
   * Writes, in the place of all values that stand here.
   *
   * @param replica who writes
   * @param value the value
   * @return the register after it
   */
  public MultiValueRegister<T> set(String replica, T value) {
    return with(dotted.replacing(any -> true, replica, Objects.requireNonNull(value, "value")));
  }

  private MultiValueRegister<T> with(Dotted<T> other) {
    return other == dotted ? this : new MultiValueRegister<>(other);
  }

  @Override
  public MultiValueRegister<T> merge(MultiValueRegister<T> other) {
    return with(dotted.merge(other.dotted));
  }

  @Override
  public MultiValueRegister<T> since(MultiValueRegister<T> earlier) {
    return with(dotted.since(earlier.dotted));
  }

  @Override
  public MultiValueRegister<T> redone(MultiValueRegister<T> before, MultiValueRegister<T> ground) {
    if (dotted.values().equals(before.dotted.values())) {
      return ground;
    }
    Dotted<T> made = dotted.since(before.dotted);
    VersionVector news = made.seen();
    for (Dot dot : ground.dotted.values().keySet()) { // what this had replaced, too, through others
      news = before.dotted.values().containsKey(dot) ? news : news.plus(dot);
    }
    return ground.with(ground.dotted.merge(new Dotted<>(made.values(), news)));
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
  public MultiValueRegister<T> cleared() {
    return with(dotted.cleared());
  }

  @Override
  public MultiValueRegister<T> seeing(VersionVector others) {
    return with(new Dotted<>(dotted.values(), others));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MultiValueRegister<?> that && dotted.equals(that.dotted);
  }

  @Override
  public int hashCode() {
    return dotted.hashCode();
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
