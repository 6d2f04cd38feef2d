package io.stateward.signal;

import java.util.function.IntConsumer;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link Signal} obeys, numbered as the contracts of the kernel. To check an
 * implementation, extend this class and return a fresh signal from {@link #create}; rules that need
 * something to write atomically or to select from are in {@code StoreContract}.
 *
 * <pre>{@code
 * final class StoreSignalTest extends SignalContract {
 *   @Override
 *   public Subject create(int initial) {
 *     Store<Integer> store = Store.of(initial);
 *     return new Subject(store, store::set);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link SignalSubjects#patience} bounds every wait; {@link SignalSubjects#tellsEveryCommit}
 * switches off what a signal of several sources does not promise.
 *
 * @since 0.1
 */
@DisplayName("A signal")
public abstract class SignalContract
    implements ReadingRules, OrderRules, LifetimeRules, DeliveryRules, FailureRules, DerivedRules {

  /** For subclasses. */
  protected SignalContract() {}

  /**
   * Returns a new signal, independent of every other, and the way to change it.
   *
   * @param initial the value that it holds
   * @return the signal under test
   */
  @Override
  public abstract Subject create(int initial);

  /**
   * A signal under test.
   *
   * @param signal the signal
   * @param change makes the signal hold a value; may be called by any thread, and by callbacks
   */
  public record Subject(Signal<Integer> signal, IntConsumer change) {

    /**
     * Changes the value.
     *
     * @param value what the signal is to hold
     */
    public void set(int value) {
      change.accept(value);
    }
  }
}
