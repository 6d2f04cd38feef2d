package io.stateward.optimistic;

import io.stateward.merge.Merge;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done when the server answers a mutation with a state that somebody else has made.
 *
 * <pre>{@code
 * Resolution<Card> resolution = Resolution.merge(Merge.of(Card.class))    // field by field,
 *     .otherwise(Resolution.ask(dialog).within(Duration.ofMinutes(2)));   // and a person for the rest
 * }</pre>
 *
 * <p>A resolution that cannot decide hands on to the next one; after the last one, what the server
 * has is kept, and the mutation becomes a {@link DeadLetter}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <T> the type of what the mutation is about
 * @since 0.1
 */
public final class Resolution<T> {

  /** One way to decide. Sealed by being private to the package. */
  sealed interface Step<T> {}

  record Fixed<T>(Choice<T> choice) implements Step<T> {}

  record Merging<T>(Merge<T> merge) implements Step<T> {}

  record Asking<T>(Resolver<T> resolver, @Nullable Duration limit) implements Step<T> {}

  private static final Resolution<?> KEEP_SERVER =
      new Resolution<>(List.of(new Fixed<>(Choice.theirs()))); // each plan begins with it

  private final List<Step<T>> steps;

  private Resolution(List<Step<T>> steps) {
    this.steps = steps;
  }

  /**
   * Keeps what the server has and gives the mutation up.
   *
   * @param <T> the type of what the mutation is about
   * @return the resolution
   */
  @SuppressWarnings("unchecked") // it does not look at what it is about
  public static <T> Resolution<T> keepServer() {
    return (Resolution<T>) KEEP_SERVER;
  }

  /**
   * Executes the command on what the server has, and sends it again.
   *
   * @param <T> the type of what the mutation is about
   * @return the resolution
   */
  public static <T> Resolution<T> keepMine() {
    return new Resolution<>(List.of(new Fixed<>(Choice.mine())));
  }

  /**
   * Merges both, and sends the result. What the merge leaves undecided, or fails at, goes to the
   * next resolution, and so does a conflict with something that the mutation removed.
   *
   * @param <T> the type of what the mutation is about
   * @param merge how to merge
   * @return the resolution
   */
  public static <T> Resolution<T> merge(Merge<T> merge) {
    return new Resolution<>(List.of(new Merging<>(Objects.requireNonNull(merge, "merge"))));
  }

  /**
   * Asks somebody.
   *
   * @param <T> the type of what the mutation is about
   * @param resolver begins to ask
   * @return the resolution; it waits without an end unless it gets a {@linkplain #within limit}
   */
  public static <T> Resolution<T> ask(Resolver<T> resolver) {
    return new Resolution<>(
        List.of(new Asking<>(Objects.requireNonNull(resolver, "resolver"), null)));
  }

  /**
   * Returns this resolution with a limit on the time that it asks. After it, the next one decides.
   *
   * @param limit the time; more than zero. It goes by the store's timekeeper
   * @return the resolution
   * @throws IllegalArgumentException if the limit is not more than zero
   * @throws IllegalStateException if the last step of this resolution asks nobody
   */
  public Resolution<T> within(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "A resolver is given more than zero time, not %s.".formatted(limit));
    }
    int last = steps.size() - 1;
    if (!(steps.get(last) instanceof Asking<T> asking)) {
      throw new IllegalStateException(
          "Only a resolution that asks takes time. Say ask(resolver).within(limit).");
    }
    var limited = new java.util.ArrayList<>(steps);
    limited.set(last, new Asking<>(asking.resolver(), limit));
    return new Resolution<>(List.copyOf(limited));
  }

  /**
   * Returns a resolution that goes to another one where this one cannot decide.
   *
   * @param next decides then
   * @return the resolution
   */
  public Resolution<T> otherwise(Resolution<T> next) {
    var all = new java.util.ArrayList<>(steps);
    all.addAll(next.steps);
    return new Resolution<>(List.copyOf(all));
  }

  List<Step<T>> steps() {
    return steps;
  }

  /** Returns the first merge, which also serves when the server's state moves on. */
  @Nullable Merge<T> merge() {
    for (Step<T> step : steps) {
      if (step instanceof Merging<T> merging) {
        return merging.merge();
      }
    }
    return null;
  }
}
