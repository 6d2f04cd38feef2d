package io.stateward.persist;

import io.stateward.signal.internal.Probes;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers that are never handed out twice, also after a crash: they are reserved by the thousand,
 * and what was reserved and not used when the process stopped is left out.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class VersionCounter {

  private static final int RESERVED_AT_ONCE = 1_000;
  private static final int LEFT_OUT_WHEN_UNSURE = 1_000_000;
  private static final int SCHEMA = 1;

  private final ReentrantLock lock = new ReentrantLock();
  private final CheckedFile file;
  private long last; // guarded by lock
  private long reserved; // guarded by lock

  private VersionCounter(CheckedFile file, long last) {
    this.file = file;
    this.last = last;
    this.reserved = last;
  }

  /** Opens the counter beside records of which the newest is known. */
  static VersionCounter open(CheckedFile file, boolean isNew, long newestKnown) throws IOException {
    try {
      CheckedFile.Content content = file.readIfThere(file.file());
      if (content != null) {
        return new VersionCounter(file, Math.max(newestKnown, content.sequence));
      }
      if (isNew) {
        return new VersionCounter(file, newestKnown);
      }
    } catch (CheckedFile.DamagedException e) {
      file.setAside(file.file(), ".damaged");
      Probes.report(
          "Records of '%s'".formatted(file.file().getParent()),
          "Their version counter is damaged: %s. It was kept aside, and a million versions are left out."
              .formatted(e.getMessage()),
          e);
    }
    return new VersionCounter(file, newestKnown + LEFT_OUT_WHEN_UNSURE);
  }

  long next() throws IOException {
    lock.lock();
    try {
      if (last == reserved) {
        long more = last + RESERVED_AT_ONCE;
        file.save(false, SCHEMA, more, Instant.EPOCH);
        reserved = more;
      }
      return ++last;
    } finally {
      lock.unlock();
    }
  }
}
