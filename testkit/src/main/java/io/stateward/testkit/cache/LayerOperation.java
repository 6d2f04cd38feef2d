package io.stateward.testkit.cache;

/**
 * What a layer is asked for: a method of {@link io.stateward.cache.spi.LayerSession}, or to open
 * one.
 *
 * @since 0.1
 */
public enum LayerOperation {
  /** Opening a session. */
  OPEN("open"),
  /** Reading an entry. */
  READ("read"),
  /** Reading several entries. */
  READ_ALL("readAll"),
  /** Asking for a lease. */
  ACQUIRE("acquire"),
  /** Putting a loaded entry in. */
  FILL("fill"),
  /** Giving a lease back. */
  RELEASE("release"),
  /** Invalidating. */
  INVALIDATE("invalidate"),
  /** Announcing a write. */
  BEGIN("begin"),
  /** Ending a write that was announced. */
  COMPLETE("complete"),
  /** Asking for the heads of all buckets, as the heartbeat does. */
  HEADS("heads"),
  /** Reading the log. */
  LOG("log"),
  /** Asking what was invalidated by tag, prefix or as a whole. */
  WIDE_MARKS("wideMarks");

  private final String method;

  LayerOperation(String method) {
    this.method = method;
  }

  /** The name of the method. */
  @Override
  public String toString() {
    return method;
  }
}
