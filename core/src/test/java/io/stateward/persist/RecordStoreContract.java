package io.stateward.persist;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link RecordStore} obeys. To check an engine, extend this class and return
 * a new store from {@link #create}; if its records outlive the process, say so with {@link
 * #survives} and {@link #reopen}.
 *
 * <pre>{@code
 * final class MemoryRecordsTest extends RecordStoreContract {
 *   @Override
 *   public RecordStore create() {
 *     return RecordStore.memory();
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A record store")
public abstract class RecordStoreContract implements RecordWritingRules, RecordListingRules {

  /** For subclasses. */
  protected RecordStoreContract() {}

  /**
   * Returns a new store, empty and independent of every other.
   *
   * @return the store under test
   */
  @Override
  public abstract RecordStore create();

  /**
   * Tells whether records are still there after their store was closed.
   *
   * @return whether {@link #reopen} works; false unless overridden
   */
  @Override
  public boolean survives() {
    return false;
  }

  /**
   * Opens a store again that {@link #create} made and that is closed by now.
   *
   * @param closed the store
   * @return the same store, open
   */
  @Override
  public RecordStore reopen(RecordStore closed) {
    throw new UnsupportedOperationException("override reopen together with survives");
  }

  /**
   * Returns how long to wait for what must happen before it counts as blocked.
   *
   * @return the patience
   */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(20);
  }
}
