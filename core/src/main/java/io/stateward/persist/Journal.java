package io.stateward.persist;

import io.stateward.signal.ClosedException;
import io.stateward.store.WriteResult;
import java.nio.file.Path;
import java.util.List;

/**
 * A sequence of records that grows at its end, is read from any position, and is cut at its start.
 *
 * <pre>{@code
 * try (Journal journal = Journal.file(folder.resolve("outbox.log"))) {
 *   long position = journal.append(bytes);               // durable when it returns
 *   for (JournalEntry entry : journal.read(journal.first(), 100)) {
 *     send(entry.position(), entry.bytes());
 *   }
 *   journal.truncateBefore(position + 1);                // all of it is done
 * }
 * }</pre>
 *
 * <p>Positions are dense: each record has the number after the one before it, in one {@link
 * #epoch}. Calls block; make them on an executor of yours.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Those who append at the same time are
 * made durable together.
 *
 * <p><b>Ordering.</b> A record is read by others only when it is durable, and after those before
 * it. A batch appears as a whole or not at all, also after a crash.
 *
 * <p><b>Failure.</b> {@link StorageException} if the place fails. What was appended before stands;
 * the record in question may or may not be there when the journal is opened again.
 *
 * <p><b>Cost.</b> An append is one write and one force, shared by those who append at that moment.
 *
 * @since 0.1
 */
public interface Journal extends AutoCloseable {

  /** The most bytes that one record may have. */
  int LARGEST_RECORD = 64 << 20;

  /**
   * Creates a journal that ends with the process.
   *
   * @return an empty journal
   */
  static Journal memory() {
    return new MemoryJournal();
  }

  /**
   * Opens a journal in a file, or creates it. It is read once from end to end; what a crash left
   * half written at the end is cut off, and {@link #recovery} says so.
   *
   * <p>Beside the file there may be: {@code .lock}, {@code .tmp}, and, kept for whoever wants to
   * look at them, {@code .torn} and {@code .damaged} copies.
   *
   * @param file the file; its folder is created if need be
   * @return the journal, to close when it is no longer used
   * @throws FileInUseException if another journal or another process has it open
   * @throws NewerSchemaException if a newer program wrote it; it is left as it is
   * @throws StorageException if it can be neither read nor created
   */
  static Journal file(Path file) {
    return JournalOpening.open(HostDisk.INSTANCE, file);
  }

  /**
   * Appends one record, and returns when it is durable.
   *
   * @param bytes the record; copied
   * @return its position
   * @throws StorageException if it could not be made durable
   * @throws ClosedException if the journal is closed
   */
  default long append(byte[] bytes) {
    return append(List.of(bytes));
  }

  /**
   * Appends records one after the other, all or none, and returns when they are durable.
   *
   * @param batch the records; copied; none appends nothing
   * @return the position of the first one, or {@link #next} if there is none
   * @throws StorageException if they could not be made durable
   * @throws IllegalArgumentException if one is larger than {@link #LARGEST_RECORD}
   * @throws ClosedException if the journal is closed
   */
  long append(List<byte[]> batch);

  /**
   * Appends records if they would start at a position: if nobody appended since the caller read.
   *
   * @param position the position that the first record is to have
   * @param batch the records; copied
   * @return Saved with {@code position}; or Conflict with what {@link #next} was instead; or Failed
   *     if they could not be made durable
   * @throws IllegalArgumentException if one is larger than {@link #LARGEST_RECORD}
   * @throws ClosedException if the journal is closed
   */
  WriteResult<Long> appendAt(long position, List<byte[]> batch);

  /**
   * Returns records in order.
   *
   * @param from the position of the first one, inclusive; what is before {@link #first} is left
   *     out, and nothing is there yet at {@link #next} and after it
   * @param limit the most records to return; at least 1. Fewer may come although there are more;
   *     none comes only at the end
   * @return the records, which the caller owns
   * @throws StorageException if one cannot be read; it is never left out in silence
   * @throws ClosedException if the journal is closed
   */
  List<JournalEntry> read(long from, int limit);

  /**
   * Returns the position of the oldest record that is kept.
   *
   * @return a position; equal to {@link #next} when the journal is empty
   */
  long first();

  /**
   * Returns the position that the next record will have.
   *
   * @return one more than the position of the newest record; 0 in a new journal
   */
  long next();

  /**
   * Forgets the records before a position, durably. Their positions are not used again.
   *
   * @param position the first one to keep; at most {@link #next}; before {@link #first} it changes
   *     nothing
   * @throws IllegalArgumentException if it is after {@link #next}
   * @throws StorageException if that could not be made durable
   * @throws ClosedException if the journal is closed
   */
  void truncateBefore(long position);

  /**
   * Takes back the records from a position on, durably, and begins a new {@link #epoch}: their
   * positions will be used again, for other records.
   *
   * @param position the first one to drop; at {@link #next} it changes nothing
   * @throws IllegalArgumentException if it is before {@link #first} or after {@link #next}
   * @throws StorageException if that could not be made durable
   * @throws ClosedException if the journal is closed
   */
  void truncateFrom(long position);

  /**
   * Returns the name of this history. While it stays the same, a position stands for the same
   * record; it is another one once records that may have been read were taken back or lost. Keep it
   * with positions that you remember, and start over when it differs.
   *
   * @return a number that is compared for equality alone
   */
  long epoch();

  /**
   * Tells what was found when the journal was opened.
   *
   * @return {@link JournalRecovery.Intact} unless something was cut off
   */
  JournalRecovery recovery();

  /** Lets go of the journal. Waits for appends that are under way. Closing again does nothing. */
  @Override
  void close();
}
