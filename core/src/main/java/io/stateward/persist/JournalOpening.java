package io.stateward.persist;

import io.stateward.signal.internal.Probes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Opens a journal file: creates it, or walks it and puts right what a crash left behind.
 *
 * <p>Thread safety: one thread at a time.
 */
final class JournalOpening {

  private final Disk disk;
  private final Disk.Claim claim;
  private final Path file;
  private final JournalRewrite rewrite;

  private JournalOpening(Disk disk, Disk.Claim claim) {
    this.disk = disk;
    this.claim = claim;
    this.file = claim.file();
    this.rewrite = new JournalRewrite(disk, file);
  }

  static Journal open(Disk disk, Path file) {
    Path absolute = file.toAbsolutePath();
    try {
      disk.createFolders(Objects.requireNonNull(absolute.getParent(), "a root is no file"));
      Disk.Claim claim = disk.claim(absolute);
      try {
        return new JournalOpening(disk, claim).open();
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StorageException(
          "Cannot open journal '%s' (%s). Check the permissions of its folder and the free space."
              .formatted(absolute, StorageException.said(e)),
          e);
    }
  }

  private Journal open() throws IOException {
    disk.delete(file.resolveSibling(file.getFileName() + ".tmp"));
    if (!disk.exists(file)) {
      long epoch = ThreadLocalRandom.current().nextLong();
      replaceBy(new JournalIndex(epoch, 0, 0), epoch, 0, 0);
    }
    JournalReader reader = new JournalReader(disk, file, disk.size(file));
    JournalScan scan = JournalScan.of(reader);
    JournalIndex index = new JournalIndex(scan);
    JournalRecovery recovery = new JournalRecovery.Intact();
    if (scan.damage != null) {
      recovery = keepAside(scan, scan.damage);
      index = replaceBy(index, ThreadLocalRandom.current().nextLong(), index.first, index.next());
    }
    Disk.Output output = disk.append(file);
    try {
      if (scan.isTorn()) {
        recovery = cutOff(scan, reader, output);
      }
    } catch (IOException | RuntimeException e) {
      output.close();
      throw e;
    }
    return new FileJournal(disk, claim, index, output, recovery);
  }

  private JournalIndex replaceBy(JournalIndex old, long epoch, long from, long to)
      throws IOException {
    JournalIndex fresh = rewrite.prepare(old, epoch, from, to);
    rewrite.putInPlace();
    return fresh;
  }

  private JournalRecovery keepAside(JournalScan scan, String damage) throws IOException {
    Path aside = rewrite.copyAside(0, ".damaged");
    Probes.report(
        "Journal '%s'".formatted(file),
        "It is damaged: %s. It is kept as '%s'; the journal goes on with the records before %d, in a new epoch."
            .formatted(damage, aside, scan.next()),
        null);
    return new JournalRecovery.Damaged(scan.next(), damage, aside);
  }

  private JournalRecovery cutOff(JournalScan scan, JournalReader reader, Disk.Output output)
      throws IOException {
    Path aside = reader.isBlankFrom(scan.size) ? null : rewrite.copyAside(scan.size, ".torn");
    long bytes = reader.size - scan.size;
    output.truncate(scan.size);
    output.force();
    Probes.report(
        "Journal '%s'".formatted(file),
        "Its last %d bytes were half written when the process stopped. They are cut off%s; the next record is %d."
            .formatted(
                bytes, aside == null ? "" : " and kept as '%s'".formatted(aside), scan.next()),
        null);
    return new JournalRecovery.TornTail(scan.next(), bytes, aside);
  }
}
