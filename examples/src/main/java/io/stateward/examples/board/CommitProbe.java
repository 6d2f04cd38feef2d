package io.stateward.examples.board;

import io.stateward.collection.EntityTable;
import io.stateward.signal.Probe;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Listens to what the library does with the stores of the board, and counts. */
final class CommitProbe implements Probe {

  static final String MACHINE = "machine";
  static final String DESK = "desk";
  private static final int WINDOW = 60; // deliveries, one per second

  private final ReentrantLock lock = new ReentrantLock();
  private final long[] nanos = new long[WINDOW]; // guarded by lock
  private long deliveries; // guarded by lock
  private long commits; // guarded by lock
  private long refreshes; // guarded by lock
  private int changed; // guarded by lock: since the last refresh
  private int notified; // guarded by lock: since the last refresh

  @Override
  public void on(Event event) {
    if (event instanceof Committed commit) {
      committed(commit);
    } else if (event instanceof Delivered delivery && delivery.store().equals(MACHINE)) {
      delivered(delivery);
    }
  }

  /** Returns the figures after a refresh, which need not have led to a commit. */
  Figures refreshed(EntityTable<Long, ProcessRow> processes, int followed) {
    lock.lock();
    try {
      int known = (int) Math.min(deliveries, WINDOW);
      long[] sorted = Arrays.copyOf(nanos, known);
      Arrays.sort(sorted);
      long last = known == 0 ? 0 : nanos[(int) ((deliveries - 1) % WINDOW)];
      long median = known == 0 ? 0 : sorted[known / 2];
      Figures figures =
          new Figures(
              ++refreshes, commits, processes.size(), changed, followed, notified, last, median);
      changed = 0;
      notified = 0;
      return figures;
    } finally {
      lock.unlock();
    }
  }

  private void committed(Committed commit) {
    boolean refresh = commit.store().equals(MACHINE);
    if (!refresh && !commit.store().equals(DESK)) {
      return;
    }
    int differences =
        refresh && commit.was() instanceof Machine was && commit.now() instanceof Machine now
            ? now.processes().diff(was.processes()).size()
            : 0;
    lock.lock();
    try {
      commits++;
      changed = refresh ? differences : changed;
    } finally {
      lock.unlock();
    }
  }

  private void delivered(Delivered delivery) {
    lock.lock();
    try {
      nanos[(int) (deliveries++ % WINDOW)] = delivery.nanos();
      notified = delivery.notified();
    } finally {
      lock.unlock();
    }
  }
}
