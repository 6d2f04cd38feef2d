package io.stateward.sync.hub;

/**
 * What is too much for a hub: the limits that keep one client, or one document, from taking what
 * all share.
 *
 * <pre>{@code
 * HubLimits small = HubLimits.standard().withFrameBytes(64 << 10).withConnections(100);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param connections how many connections there may be at a time
 * @param subscriptions how many documents one connection may subscribe to at a time
 * @param frameBytes how many UTF-8 bytes a message of a client may have, which is one frame or
 *     several
 * @param depth how many objects and arrays may be nested in a frame
 * @param framesPerSecond how many frames of one connection are taken in per second, with bursts of
 *     twice as many; what is more waits
 * @param bytesPerSecond how many characters of one connection are taken in per second, with bursts
 *     of twice as many; what is more waits
 * @param waitingFrames how many frames of one connection may wait to be taken in; another message
 *     then is a flood
 * @param waitingBytes how many characters of one connection may wait to be taken in; another
 *     message then is a flood
 * @param waitingChanges how many changes may wait for the turn of one document; who sends one more
 *     subscribes again later
 * @param answers how many answers may wait for one connection, and how many refusals for one of its
 *     subscriptions; one more means that it does not read. More than what a client sends before it
 *     waits for answers
 * @param answerBytes how many characters of answers may wait for one connection
 * @param lag how many changes a subscriber may be behind before it has to subscribe again
 * @param presenceBytes how many characters a client may let others know of itself in one document
 * @param recent how many changes of an open document are held in memory, ready to be sent
 * @param history how many changes are kept for clients that are away, at most
 * @param leastHistory how many changes are kept even if no known client needs them
 * @param clients how many clients one document remembers; of more, those of whom nothing was
 *     accepted are forgotten first, then those away for longest
 * @param documents how many documents may be open at a time; who asks for one more is told to come
 *     again
 * @since 0.1
 */
public record HubLimits(
    int connections,
    int subscriptions,
    int frameBytes,
    int depth,
    int framesPerSecond,
    int bytesPerSecond,
    int waitingFrames,
    int waitingBytes,
    int waitingChanges,
    int answers,
    int answerBytes,
    int lag,
    int presenceBytes,
    int recent,
    int history,
    int leastHistory,
    int clients,
    int documents) {

  private static final HubLimits STANDARD =
      new HubLimits(
          10000, 256, 1048576, 64, 2000, 8388608, 4096, 8388608, 16384, 1024, 8388608, 10000, 8192,
          256, 100000, 1000, 10000, 10000);

  /**
   * Checks that all are positive.
   *
   * @param connections how many connections there may be at a time
   * @param subscriptions how many documents one connection may subscribe to at a time
   * @param frameBytes how many UTF-8 bytes a message of a client may have, which is one frame or
   *     several
   * @param depth how many objects and arrays may be nested in a frame
   * @param framesPerSecond how many frames of one connection are taken in per second, with bursts
   *     of twice as many; what is more waits
   * @param bytesPerSecond how many characters of one connection are taken in per second, with
   *     bursts of twice as many; what is more waits
   * @param waitingFrames how many frames of one connection may wait to be taken in; another message
   *     then is a flood
   * @param waitingBytes how many characters of one connection may wait to be taken in; another
   *     message then is a flood
   * @param waitingChanges how many changes may wait for the turn of one document; who sends one
   *     more subscribes again later
   * @param answers how many answers may wait for one connection, and how many refusals for one of
   *     its subscriptions; one more means that it does not read. More than what a client sends
   *     before it waits for answers
   * @param answerBytes how many characters of answers may wait for one connection
   * @param lag how many changes a subscriber may be behind before it has to subscribe again
   * @param presenceBytes how many characters a client may let others know of itself in one document
   * @param recent how many changes of an open document are held in memory, ready to be sent
   * @param history how many changes are kept for clients that are away, at most
   * @param leastHistory how many changes are kept even if no known client needs them
   * @param clients how many clients one document remembers; of more, those of whom nothing was
   *     accepted are forgotten first, then those away for longest
   * @param documents how many documents may be open at a time; who asks for one more is told to
   *     come again
   * @throws IllegalArgumentException if one is less than 1
   */
  public HubLimits {
    check("connections", connections);
    check("subscriptions", subscriptions);
    check("frameBytes", frameBytes);
    check("depth", depth);
    check("framesPerSecond", framesPerSecond);
    check("bytesPerSecond", bytesPerSecond);
    check("waitingFrames", waitingFrames);
    check("waitingBytes", waitingBytes);
    check("waitingChanges", waitingChanges);
    check("answers", answers);
    check("answerBytes", answerBytes);
    check("lag", lag);
    check("presenceBytes", presenceBytes);
    check("recent", recent);
    check("history", history);
    check("leastHistory", leastHistory);
    check("clients", clients);
    check("documents", documents);
  }

  private static void check(String name, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("'%s' is at least 1, not %d.".formatted(name, limit));
    }
  }

  /**
   * Returns the limits that hold where none are given: connections 10,000, subscriptions 256,
   * frameBytes 1,048,576, depth 64, framesPerSecond 2,000, bytesPerSecond 8,388,608, waitingFrames
   * 4,096, waitingBytes 8,388,608, waitingChanges 16,384, answers 1,024, answerBytes 8,388,608, lag
   * 10,000, presenceBytes 8,192, recent 256, history 100,000, leastHistory 1,000, clients 10,000,
   * documents 10,000.
   *
   * @return the limits
   */
  public static HubLimits standard() {
    return STANDARD;
  }

  /**
   * Returns these limits with another {@link #connections}.
   *
   * @param limit how many connections there may be at a time
   * @return the limits
   */
  public HubLimits withConnections(int limit) {
    return with(0, limit);
  }

  /**
   * Returns these limits with another {@link #subscriptions}.
   *
   * @param limit how many documents one connection may subscribe to at a time
   * @return the limits
   */
  public HubLimits withSubscriptions(int limit) {
    return with(1, limit);
  }

  /**
   * Returns these limits with another {@link #frameBytes}.
   *
   * @param limit how many UTF-8 bytes a message of a client may have, which is one frame or several
   * @return the limits
   */
  public HubLimits withFrameBytes(int limit) {
    return with(2, limit);
  }

  /**
   * Returns these limits with another {@link #depth}.
   *
   * @param limit how many objects and arrays may be nested in a frame
   * @return the limits
   */
  public HubLimits withDepth(int limit) {
    return with(3, limit);
  }

  /**
   * Returns these limits with another {@link #framesPerSecond}.
   *
   * @param limit how many frames of one connection are taken in per second, with bursts of twice as
   *     many; what is more waits
   * @return the limits
   */
  public HubLimits withFramesPerSecond(int limit) {
    return with(4, limit);
  }

  /**
   * Returns these limits with another {@link #bytesPerSecond}.
   *
   * @param limit how many characters of one connection are taken in per second, with bursts of
   *     twice as many; what is more waits
   * @return the limits
   */
  public HubLimits withBytesPerSecond(int limit) {
    return with(5, limit);
  }

  /**
   * Returns these limits with another {@link #waitingFrames}.
   *
   * @param limit how many frames of one connection may wait to be taken in; another message then is
   *     a flood
   * @return the limits
   */
  public HubLimits withWaitingFrames(int limit) {
    return with(6, limit);
  }

  /**
   * Returns these limits with another {@link #waitingBytes}.
   *
   * @param limit how many characters of one connection may wait to be taken in; another message
   *     then is a flood
   * @return the limits
   */
  public HubLimits withWaitingBytes(int limit) {
    return with(7, limit);
  }

  /**
   * Returns these limits with another {@link #waitingChanges}.
   *
   * @param limit how many changes may wait for the turn of one document; who sends one more
   *     subscribes again later
   * @return the limits
   */
  public HubLimits withWaitingChanges(int limit) {
    return with(8, limit);
  }

  /**
   * Returns these limits with another {@link #answers}.
   *
   * @param limit how many answers may wait for one connection, and how many refusals for one of its
   *     subscriptions; one more means that it does not read. More than what a client sends before
   *     it waits for answers
   * @return the limits
   */
  public HubLimits withAnswers(int limit) {
    return with(9, limit);
  }

  /**
   * Returns these limits with another {@link #answerBytes}.
   *
   * @param limit how many characters of answers may wait for one connection
   * @return the limits
   */
  public HubLimits withAnswerBytes(int limit) {
    return with(10, limit);
  }

  /**
   * Returns these limits with another {@link #lag}.
   *
   * @param limit how many changes a subscriber may be behind before it has to subscribe again
   * @return the limits
   */
  public HubLimits withLag(int limit) {
    return with(11, limit);
  }

  /**
   * Returns these limits with another {@link #presenceBytes}.
   *
   * @param limit how many characters a client may let others know of itself in one document
   * @return the limits
   */
  public HubLimits withPresenceBytes(int limit) {
    return with(12, limit);
  }

  /**
   * Returns these limits with another {@link #recent}.
   *
   * @param limit how many changes of an open document are held in memory, ready to be sent
   * @return the limits
   */
  public HubLimits withRecent(int limit) {
    return with(13, limit);
  }

  /**
   * Returns these limits with another {@link #history}.
   *
   * @param limit how many changes are kept for clients that are away, at most
   * @return the limits
   */
  public HubLimits withHistory(int limit) {
    return with(14, limit);
  }

  /**
   * Returns these limits with another {@link #leastHistory}.
   *
   * @param limit how many changes are kept even if no known client needs them
   * @return the limits
   */
  public HubLimits withLeastHistory(int limit) {
    return with(15, limit);
  }

  /**
   * Returns these limits with another {@link #clients}.
   *
   * @param limit how many clients one document remembers; of more, those of whom nothing was
   *     accepted are forgotten first, then those away for longest
   * @return the limits
   */
  public HubLimits withClients(int limit) {
    return with(16, limit);
  }

  /**
   * Returns these limits with another {@link #documents}.
   *
   * @param limit how many documents may be open at a time; who asks for one more is told to come
   *     again
   * @return the limits
   */
  public HubLimits withDocuments(int limit) {
    return with(17, limit);
  }

  /** Counts the places of limits from 0, in the order of the components. */
  private HubLimits with(int place, int limit) {
    int[] all = {
      connections,
      subscriptions,
      frameBytes,
      depth,
      framesPerSecond,
      bytesPerSecond,
      waitingFrames,
      waitingBytes,
      waitingChanges,
      answers,
      answerBytes,
      lag,
      presenceBytes,
      recent,
      history,
      leastHistory,
      clients,
      documents
    };
    all[place] = limit;
    return new HubLimits(
        all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8], all[9], all[10],
        all[11], all[12], all[13], all[14], all[15], all[16], all[17]);
  }
}
