package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.TimedWorkload;

/** Edits of one that reach many, as many as go through: the time for each message to a reader. */
final class FanOutWorkload implements TimedWorkload {

  private static final int WINDOW = 16;

  private final ServerProcess server;
  private final Crowd crowd;

  FanOutWorkload(String contender, int readers) {
    this.server = ServerProcess.start(contender);
    this.crowd = new Crowd(contender, server.port(), readers);
  }

  @Override
  public double measure(long millis) {
    long start = System.nanoTime();
    long arrived = crowd.write(millis * 1_000_000, WINDOW, nanos -> {});
    return (double) (System.nanoTime() - start) / arrived;
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
