package io.stateward.store;

import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link ReducingStore} obeys, beside those of a store ({@link
 * StoreContract}). To check an implementation, extend this class and return a fresh store from
 * {@link #create}.
 *
 * <pre>{@code
 * final class ReducingRootTest extends ReducingContract {
 *   @Override
 *   public ReducingStore<Sample, Deed> create(
 *       String name, Sample initial, Reducer<Sample, Deed> reducer) {
 *     return Store.reducing(name, initial, reducer);
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A reducing store")
public abstract class ReducingContract implements DispatchRules, MiddlewareRules, RecordingRules {

  /** For subclasses. */
  protected ReducingContract() {}

  /**
   * Returns a new store, independent of every other.
   *
   * @param name what errors call it
   * @param initial the state that it holds
   * @param reducer what follows from an action
   * @return the store under test
   */
  @Override
  public abstract ReducingStore<Sample, Deed> create(
      String name, Sample initial, Reducer<Sample, Deed> reducer);
}
