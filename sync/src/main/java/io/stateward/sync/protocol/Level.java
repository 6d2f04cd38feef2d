package io.stateward.sync.protocol;

/**
 * How far a mutation has come at the hub.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Level {
  /** It has its place in the document, which a crash of the hub may still take from it. */
  APPLIED,

  /** It is stored as the hub's journal stores: no crash takes it back. */
  DURABLE
}
