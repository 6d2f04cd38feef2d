package io.stateward.sync.hub;

/**
 * What somebody wants to do with a document.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Operation {
  /** To be told what is in it and what changes. */
  READ,

  /** To change it. */
  WRITE,

  /** To let others know of oneself, such as a name and a cursor. */
  SHARE,

  /** To make it, because there is none. */
  CREATE
}
