package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link Store} obeys, numbered as the contracts of the kernel, beside those
 * that it obeys as a signal ({@link SignalContract}). To check an implementation, extend this class
 * and return a fresh store from {@link #create}.
 *
 * <pre>{@code
 * final class RootStoreTest extends StoreContract {
 *   @Override
 *   public Store<Sample> create(String name, Sample initial) {
 *     return Store.of(name, initial);
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A store")
public abstract class StoreContract
    implements UpdateRules, SelectionRules, CallbackRules, ClosingRules, AtomicRules {

  /** For subclasses. */
  protected StoreContract() {}

  /**
   * Returns a new store, independent of every other.
   *
   * @param name what errors call it; for a slice, the name of what it is a slice of
   * @param initial the state that it holds
   * @return the store under test
   */
  @Override
  public abstract Store<Sample> create(String name, Sample initial);
}
