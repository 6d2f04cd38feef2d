package io.stateward.sync.hub;

/**
 * What is too much for one connection of a hub: what it may send, have, and leave unread.
 *
 * <pre>{@code
 * ConnectionLimits modest = ConnectionLimits.standard().withFrameBytes(64 << 10).withLag(1_000);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param subscriptions how many documents it may subscribe to at a time
 * @param frameBytes how many UTF-8 bytes a message of the client may have, which is one frame or
 *     several
 * @param depth how many objects and arrays may be nested in a frame
 * @param framesPerSecond how many frames are taken in per second, with bursts of twice as many;
 *     what is more waits
 * @param charactersPerSecond how many characters of frames are taken in per second, with bursts of
 *     twice as many; what is more waits
 * @param creationsPerSecond how many documents it may create per second, with bursts of twice as
 *     many; who asks for one more is told to come again, and nothing is created
 * @param waitingFrames how many frames may wait to be taken in; one more is a flood. A message of
 *     at most 256 frames that finds none waiting is taken in whatever the limits, and counts as one
 *     frame while it waits; it waits until its first frame is taken
 * @param waitingCharacters how many characters of frames may wait to be taken in; one more is a
 *     flood, but for a message as above
 * @param answers how many answers may wait to be sent, and how many refusals for one subscription;
 *     one more means that the client does not read. More than what a client sends before it waits
 *     for answers
 * @param answerCharacters how many characters of answers may wait to be sent
 * @param lag how many changes a subscription may be behind before the client has to subscribe again
 * @param presenceCharacters how many characters the client may let others know of itself in one
 *     document
 * @since 0.1
 */
public record ConnectionLimits(
    int subscriptions,
    int frameBytes,
    int depth,
    int framesPerSecond,
    int charactersPerSecond,
    int creationsPerSecond,
    int waitingFrames,
    int waitingCharacters,
    int answers,
    int answerCharacters,
    int lag,
    int presenceCharacters) {

  private static final ConnectionLimits STANDARD =
      new ConnectionLimits(
          256, 1048576, 64, 2000, 8388608, 50, 4096, 8388608, 1024, 8388608, 10000, 8192);

  /**
   * Checks that all are positive.
   *
   * @param subscriptions how many documents it may subscribe to at a time
   * @param frameBytes how many UTF-8 bytes a message of the client may have, which is one frame or
   *     several
   * @param depth how many objects and arrays may be nested in a frame
   * @param framesPerSecond how many frames are taken in per second, with bursts of twice as many;
   *     what is more waits
   * @param charactersPerSecond how many characters of frames are taken in per second, with bursts
   *     of twice as many; what is more waits
   * @param creationsPerSecond how many documents it may create per second, with bursts of twice as
   *     many; who asks for one more is told to come again, and nothing is created
   * @param waitingFrames how many frames may wait to be taken in; one more is a flood. A message of
   *     at most 256 frames that finds none waiting is taken in whatever the limits, and counts as
   *     one frame while it waits; it waits until its first frame is taken
   * @param waitingCharacters how many characters of frames may wait to be taken in; one more is a
   *     flood, but for a message as above
   * @param answers how many answers may wait to be sent, and how many refusals for one
   *     subscription; one more means that the client does not read. More than what a client sends
   *     before it waits for answers
   * @param answerCharacters how many characters of answers may wait to be sent
   * @param lag how many changes a subscription may be behind before the client has to subscribe
   *     again
   * @param presenceCharacters how many characters the client may let others know of itself in one
   *     document
   * @throws IllegalArgumentException if one is less than 1
   */
  public ConnectionLimits {
    Positive.check("subscriptions", subscriptions);
    Positive.check("frameBytes", frameBytes);
    Positive.check("depth", depth);
    Positive.check("framesPerSecond", framesPerSecond);
    Positive.check("charactersPerSecond", charactersPerSecond);
    Positive.check("creationsPerSecond", creationsPerSecond);
    Positive.check("waitingFrames", waitingFrames);
    Positive.check("waitingCharacters", waitingCharacters);
    Positive.check("answers", answers);
    Positive.check("answerCharacters", answerCharacters);
    Positive.check("lag", lag);
    Positive.check("presenceCharacters", presenceCharacters);
  }

  /**
   * Returns the limits that hold where none are given: subscriptions 256, frameBytes 1,048,576,
   * depth 64, framesPerSecond 2,000, charactersPerSecond 8,388,608, creationsPerSecond 50,
   * waitingFrames 4,096, waitingCharacters 8,388,608, answers 1,024, answerCharacters 8,388,608,
   * lag 10,000, presenceCharacters 8,192.
   *
   * @return the limits
   */
  public static ConnectionLimits standard() {
    return STANDARD;
  }

  /**
   * Returns these limits with another {@link #subscriptions}.
   *
   * @param limit how many documents it may subscribe to at a time
   * @return the limits
   */
  public ConnectionLimits withSubscriptions(int limit) {
    return with(0, limit);
  }

  /**
   * Returns these limits with another {@link #frameBytes}.
   *
   * @param limit how many UTF-8 bytes a message of the client may have, which is one frame or
   *     several
   * @return the limits
   */
  public ConnectionLimits withFrameBytes(int limit) {
    return with(1, limit);
  }

  /**
   * Returns these limits with another {@link #depth}.
   *
   * @param limit how many objects and arrays may be nested in a frame
   * @return the limits
   */
  public ConnectionLimits withDepth(int limit) {
    return with(2, limit);
  }

  /**
   * Returns these limits with another {@link #framesPerSecond}.
   *
   * @param limit how many frames are taken in per second, with bursts of twice as many; what is
   *     more waits
   * @return the limits
   */
  public ConnectionLimits withFramesPerSecond(int limit) {
    return with(3, limit);
  }

  /**
   * Returns these limits with another {@link #charactersPerSecond}.
   *
   * @param limit how many characters of frames are taken in per second, with bursts of twice as
   *     many; what is more waits
   * @return the limits
   */
  public ConnectionLimits withCharactersPerSecond(int limit) {
    return with(4, limit);
  }

  /**
   * Returns these limits with another {@link #creationsPerSecond}.
   *
   * @param limit how many documents it may create per second, with bursts of twice as many; who
   *     asks for one more is told to come again, and nothing is created
   * @return the limits
   */
  public ConnectionLimits withCreationsPerSecond(int limit) {
    return with(5, limit);
  }

  /**
   * Returns these limits with another {@link #waitingFrames}.
   *
   * @param limit how many frames may wait to be taken in; one more is a flood, but for a message of
   *     at most 256 frames that finds none waiting
   * @return the limits
   */
  public ConnectionLimits withWaitingFrames(int limit) {
    return with(6, limit);
  }

  /**
   * Returns these limits with another {@link #waitingCharacters}.
   *
   * @param limit how many characters of frames may wait to be taken in; one more is a flood, but
   *     for a message of at most 256 frames that finds none waiting
   * @return the limits
   */
  public ConnectionLimits withWaitingCharacters(int limit) {
    return with(7, limit);
  }

  /**
   * Returns these limits with another {@link #answers}.
   *
   * @param limit how many answers may wait to be sent, and how many refusals for one subscription;
   *     one more means that the client does not read. More than what a client sends before it waits
   *     for answers
   * @return the limits
   */
  public ConnectionLimits withAnswers(int limit) {
    return with(8, limit);
  }

  /**
   * Returns these limits with another {@link #answerCharacters}.
   *
   * @param limit how many characters of answers may wait to be sent
   * @return the limits
   */
  public ConnectionLimits withAnswerCharacters(int limit) {
    return with(9, limit);
  }

  /**
   * Returns these limits with another {@link #lag}.
   *
   * @param limit how many changes a subscription may be behind before the client has to subscribe
   *     again
   * @return the limits
   */
  public ConnectionLimits withLag(int limit) {
    return with(10, limit);
  }

  /**
   * Returns these limits with another {@link #presenceCharacters}.
   *
   * @param limit how many characters the client may let others know of itself in one document
   * @return the limits
   */
  public ConnectionLimits withPresenceCharacters(int limit) {
    return with(11, limit);
  }

  /** Counts the places of limits from 0, in the order of the components. */
  private ConnectionLimits with(int place, int limit) {
    int[] all = {
      subscriptions,
      frameBytes,
      depth,
      framesPerSecond,
      charactersPerSecond,
      creationsPerSecond,
      waitingFrames,
      waitingCharacters,
      answers,
      answerCharacters,
      lag,
      presenceCharacters
    };
    all[place] = limit;
    return new ConnectionLimits(
        all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8], all[9], all[10],
        all[11]);
  }
}
