package io.stateward.optimistic;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a mutation whose command throws when it is executed again, since the state below
 * it has changed.
 *
 * <pre>{@code
 * ReplayPolicy<Card> revive = failed -> failed.before() == null ? null : failed.lastImage();
 * }</pre>
 *
 * <p>If it is dropped, it is settled as a conflict and becomes a {@link DeadLetter}.
 *
 * <p><b>Thread safety.</b> A policy of your own is called under a lock; it is pure and short.
 *
 * <p><b>Failure.</b> One that throws drops the mutation.
 *
 * @param <T> the type of what the mutation is about
 * @since 0.1
 */
@FunctionalInterface
public interface ReplayPolicy<T> {

  /**
   * Says what the mutation is to make of what it is about, in the place of its command.
   *
   * @param failed what happened
   * @return the value to put there; null to drop the mutation
   */
  @Nullable T valueFor(FailedReplay<T> failed);

  /**
   * Drops the mutation.
   *
   * @param <T> the type of what the mutation is about
   * @return the policy
   */
  static <T> ReplayPolicy<T> drop() {
    return failed -> null;
  }

  /**
   * Puts back what the command had made when it was last executed, in the place of what is there.
   *
   * @param <T> the type of what the mutation is about
   * @return the policy; it drops a mutation that had removed what it is about
   */
  static <T> ReplayPolicy<T> keepLastImage() {
    return FailedReplay::lastImage;
  }
}
