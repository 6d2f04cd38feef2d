package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.TimedWorkload;
import java.util.Arrays;

/**
 * Edits of one that reach many, one after the other: what 99 of 100 readers do not wait longer for,
 * from the moment it was sent.
 */
final class FanOutLatency implements TimedWorkload {

  private final ServerProcess server;
  private final Crowd crowd;
  private long[] waits = new long[1 << 16];
  private int count;

  FanOutLatency(String contender, int readers) {
    this.server = ServerProcess.start(contender);
    this.crowd = new Crowd(contender, server.port(), readers);
  }

  @Override
  public double measure(long millis) {
    count = 0;
    crowd.write(millis * 1_000_000, 1, this::waited);
    Arrays.sort(waits, 0, count);
    return waits[(int) Math.min(count - 1L, count * 99L / 100)];
  }

  private void waited(long nanos) {
    if (count == waits.length) {
      waits = Arrays.copyOf(waits, 2 * count);
    }
    waits[count++] = nanos;
  }

  @Override
  public void run() {
    measure(1);
  }

  @Override
  public void verify() {
    crowd.verify();
  }

  @Override
  public void close() {
    crowd.close();
    server.close();
  }
}
