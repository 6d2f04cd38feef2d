package io.stateward.cache;

import io.stateward.cache.spi.LayerUnavailableException;

/**
 * What becomes of a write while a layer does not answer.
 *
 * <pre>{@code
 * Policy.ttl(Duration.ofHours(1)).writes(WritePolicy.QUEUE)
 * }</pre>
 *
 * <p>Whichever it is, the instance that wrote never serves what is older than its own writes.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum WritePolicy {
  /**
   * A write fails with a {@link LayerUnavailableException}: one that has to be announced does so
   * before the source is written, which is not done then. A plain invalidation, or the end of a
   * write, fails after the source was written: this instance has dropped the key, and others may
   * serve it until its time is over. Whoever wrote knows, and can invalidate again.
   */
  FAIL,

  /**
   * The source is written, and the invalidation is kept in the memory of this instance until the
   * layer answers; then it is sent, in order, and as often as it takes. Until it was sent:
   *
   * <ul>
   *   <li>this instance takes nothing that it covers from the layer, and asks the source; what it
   *       finds for a key is kept for {@link Policy#bound} at most, and what is covered by a tag, a
   *       prefix, or by everything, is not kept at all
   *   <li>other instances may serve the old value, at most until its time is over
   *   <li>the {@linkplain Stamp#isKnown stamp is not known}, and whoever asks for no less than it
   *       gets the source's value
   * </ul>
   *
   * <p>At most 10,000 different ones are kept; one more turns all of them into one that invalidates
   * everything. They are lost if the process ends before they were sent, and then the old value may
   * be served until its time is over; a transactional outbox loses none.
   */
  QUEUE
}
