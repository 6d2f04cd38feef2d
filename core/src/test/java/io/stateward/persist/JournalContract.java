package io.stateward.persist;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link Journal} obeys. To check an engine, extend this class and return a
 * new journal from {@link #create}; if its journals outlive the process, say so with {@link
 * #survives} and {@link #reopen}.
 *
 * <pre>{@code
 * final class MemoryJournalTest extends JournalContract {
 *   @Override
 *   public Journal create() {
 *     return Journal.memory();
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A journal")
public abstract class JournalContract
    implements JournalWritingRules, JournalTruncatingRules, JournalSharingRules {

  /** For subclasses. */
  protected JournalContract() {}

  /**
   * Returns a new journal, empty and independent of every other.
   *
   * @return the journal under test
   */
  @Override
  public abstract Journal create();

  /**
   * Tells whether a journal is still there after it was closed.
   *
   * @return whether {@link #reopen} works; false unless overridden
   */
  @Override
  public boolean survives() {
    return false;
  }

  /**
   * Opens a journal again that {@link #create} made and that is closed by now.
   *
   * @param closed the journal
   * @return the same journal, open
   */
  @Override
  public Journal reopen(Journal closed) {
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
