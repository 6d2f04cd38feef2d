package io.stateward.optimistic;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a mutation whose command throws when it is executed again, since the state below
 * it has changed.
 *
 * <pre>{@code
 * ReplayPolicy<Card> revive = ReplayPolicy.custom(failed -> failed.lastImage());
 * }</pre>
 *
 * <p>If it is dropped, it is settled as a conflict and becomes a {@link DeadLetter}.
 *
 * <p><b>Thread safety.</b> Immutable; a function of your own is called under a lock and has to be
 * pure and short.
 *
 * @param <T> the type of what the mutation is about
 * @since 0.1
 */
public final class ReplayPolicy<T> {

  private final Function<? super FailedReplay<T>, ? extends @Nullable T> value;

  private ReplayPolicy(Function<? super FailedReplay<T>, ? extends @Nullable T> value) {
    this.value = value;
  }

  /**
   * Drops the mutation.
   *
   * @param <T> the type of what the mutation is about
   * @return the policy
   */
  public static <T> ReplayPolicy<T> drop() {
    return new ReplayPolicy<>(failed -> null);
  }

  /**
   * Puts back what the command had made when it was last executed, in the place of what is there.
   *
   * @param <T> the type of what the mutation is about
   * @return the policy; it drops a mutation that had removed what it is about
   */
  public static <T> ReplayPolicy<T> keepLastImage() {
    return new ReplayPolicy<>(FailedReplay::lastImage);
  }

  /**
   * Decides by a function.
   *
   * @param <T> the type of what the mutation is about
   * @param value returns what the mutation is to make of it; null to drop the mutation
   * @return the policy
   */
  public static <T> ReplayPolicy<T> custom(
      Function<? super FailedReplay<T>, ? extends @Nullable T> value) {
    return new ReplayPolicy<>(Objects.requireNonNull(value, "value"));
  }

  @Nullable T valueFor(FailedReplay<T> failed) {
    return value.apply(failed);
  }
}
