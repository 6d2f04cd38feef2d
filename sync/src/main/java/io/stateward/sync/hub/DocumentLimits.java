package io.stateward.sync.hub;

/**
 * What is too much for one document of a hub: what may wait for it, and what it keeps.
 *
 * <pre>{@code
 * DocumentLimits brief = DocumentLimits.standard().withHistory(10_000).withClients(1_000);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param waiting how many changes and subscriptions may wait for its turn; who sends one more is
 *     told to come again
 * @param recent how many changes of an open document are held in memory, ready to be sent
 * @param history how many changes are kept for clients that are away, at most
 * @param leastHistory how many changes are kept even if no known client needs them
 * @param clients how many clients it remembers; of more, those of whom nothing was accepted are
 *     forgotten first, then those away for longest
 * @since 0.1
 */
public record DocumentLimits(int waiting, int recent, int history, int leastHistory, int clients) {

  private static final DocumentLimits STANDARD =
      new DocumentLimits(16384, 256, 100000, 1000, 10000);

  /**
   * Checks that all are positive.
   *
   * @param waiting how many changes and subscriptions may wait for its turn; who sends one more is
   *     told to come again
   * @param recent how many changes of an open document are held in memory, ready to be sent
   * @param history how many changes are kept for clients that are away, at most
   * @param leastHistory how many changes are kept even if no known client needs them
   * @param clients how many clients it remembers; of more, those of whom nothing was accepted are
   *     forgotten first, then those away for longest
   * @throws IllegalArgumentException if one is less than 1
   */
  public DocumentLimits {
    Positive.check("waiting", waiting);
    Positive.check("recent", recent);
    Positive.check("history", history);
    Positive.check("leastHistory", leastHistory);
    Positive.check("clients", clients);
  }

  /**
   * Returns the limits that hold where none are given: waiting 16,384, recent 256, history 100,000,
   * leastHistory 1,000, clients 10,000.
   *
   * @return the limits
   */
  public static DocumentLimits standard() {
    return STANDARD;
  }

  /**
   * Returns these limits with another {@link #waiting}.
   *
   * @param limit how many changes and subscriptions may wait for its turn; who sends one more is
   *     told to come again
   * @return the limits
   */
  public DocumentLimits withWaiting(int limit) {
    return with(0, limit);
  }

  /**
   * Returns these limits with another {@link #recent}.
   *
   * @param limit how many changes of an open document are held in memory, ready to be sent
   * @return the limits
   */
  public DocumentLimits withRecent(int limit) {
    return with(1, limit);
  }

  /**
   * Returns these limits with another {@link #history}.
   *
   * @param limit how many changes are kept for clients that are away, at most
   * @return the limits
   */
  public DocumentLimits withHistory(int limit) {
    return with(2, limit);
  }

  /**
   * Returns these limits with another {@link #leastHistory}.
   *
   * @param limit how many changes are kept even if no known client needs them
   * @return the limits
   */
  public DocumentLimits withLeastHistory(int limit) {
    return with(3, limit);
  }

  /**
   * Returns these limits with another {@link #clients}.
   *
   * @param limit how many clients it remembers; of more, those of whom nothing was accepted are
   *     forgotten first, then those away for longest
   * @return the limits
   */
  public DocumentLimits withClients(int limit) {
    return with(4, limit);
  }

  /** Counts the places of limits from 0, in the order of the components. */
  private DocumentLimits with(int place, int limit) {
    int[] all = {waiting, recent, history, leastHistory, clients};
    all[place] = limit;
    return new DocumentLimits(all[0], all[1], all[2], all[3], all[4]);
  }
}
