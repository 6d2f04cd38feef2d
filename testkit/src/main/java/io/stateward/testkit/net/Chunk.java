package io.stateward.testkit.net;

/** Bytes as they came. Told apart by identity. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Chunk(byte[] bytes, long arrivedNanos) {

  static final Chunk END = new Chunk(new byte[0], 0);
}
