package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StoredRecord;
import io.stateward.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Where one open document is stored: its record, and the journal of what came after it.
 *
 * <p>Thread safety: confined to the turn of its document, but for {@link #older}, which any number
 * of threads may call.
 */
final class Shelf {

  private static final int PAGE = 512;
  private static final int CHUNK = 64;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final long LEAST_BYTES = 256 << 10;

  private final String document;
  private final RecordStore records;
  private final Journal journal;
  private final Positions positions = new Positions();
  private long version; // of the record
  private long bytesSince; // in the journal after the record
  private long recordBytes;
  private long postponed;

  Shelf(String document, RecordStore records, Journal journal, long version) {
    this.document = document;
    this.records = records;
    this.journal = journal;
    this.version = version;
  }

  /** Begins where the record says that the journal goes on, and hands over what is there. */
  void restore(TreeObject stored, BiConsumer<Entry, Integer> taker) {
    recordBytes = LEAST_BYTES;
    positions.restore(stored.at("/positions"));
    long from = stored.at("/journal/next").asLong();
    if (from > journal.next()) {
      positions.clear(); // they are of a journal that is gone
      return;
    }
    while (from < journal.next()) {
      for (JournalEntry each : journal.read(from, PAGE)) {
        if (each.position() != from) {
          throw new IllegalArgumentException(
              "The journal begins at %d, but the record needs it from %d on."
                  .formatted(each.position(), from));
        }
        Entry entry = Entry.read(each.bytes());
        note(entry, each.position());
        taker.accept(entry, each.bytes().length);
        bytesSince += each.bytes().length;
        from++;
      }
    }
  }

  /** Tells whether the journal lost what it had when the record was written. */
  boolean hasLost(TreeObject stored) {
    return stored.at("/journal/epoch").asLong() != journal.epoch()
        || stored.at("/journal/next").asLong() > journal.next();
  }

  /** Appends entries, all or none, and returns when they are durable. */
  void append(List<Entry> entries, List<byte[]> bytes) {
    long position = journal.append(bytes);
    for (int i = 0; i < entries.size(); i++) {
      note(entries.get(i), position + i);
      bytesSince += bytes.get(i).length;
    }
  }

  private void note(Entry entry, long position) {
    if (entry instanceof Entry.Accepted is) {
      positions.note(is.mutation().sequence(), position);
    }
  }

  boolean isWorthSaving() {
    return bytesSince > Math.max(postponed, Math.max(LEAST_BYTES, 2 * recordBytes));
  }

  /** Saving failed: it is worth another try when there is twice as much. */
  void postpone() {
    postponed = 2 * bytesSince;
  }

  boolean isUnsaved() {
    return bytesSince > 0;
  }

  /** Replaces the record; what the journal has up to now is then in it. */
  WriteResult<StoredRecord> save(TreeObject content) {
    TreeObject whole =
        content
            .plus(
                "journal",
                Tree.object().plus("epoch", journal.epoch()).plus("next", journal.next()))
            .plus("positions", positions.store());
    byte[] bytes = whole.toJson().getBytes(StandardCharsets.UTF_8);
    WriteResult<StoredRecord> result = write(bytes);
    if (result instanceof WriteResult.Saved<StoredRecord> saved) {
      version = saved.value().version();
      recordBytes = bytes.length;
      bytesSince = 0;
      postponed = 0;
    }
    return result;
  }

  /** Writes the record; if that failed after it was written, it is written all the same. */
  private WriteResult<StoredRecord> write(byte[] bytes) {
    WriteResult<StoredRecord> result = records.write(document, version, bytes);
    if (result instanceof WriteResult.Failed) {
      StoredRecord found = records.read(document);
      if (found != null && Arrays.equals(found.bytes(), bytes)) {
        return new WriteResult.Saved<>(found);
      }
    }
    return result;
  }

  /** Tells whether it has many more entries than events that are held. */
  boolean isCrowded(int events) {
    return journal.next() - journal.first() > 4L * events;
  }

  /** Cuts off the events up to a sequence, which the record that was saved last does not need. */
  void forget(long floor, long sequence) {
    long keep = floor == sequence ? journal.next() : positions.atMost(floor + 1, journal.first());
    journal.truncateBefore(keep);
    positions.forgetBefore(keep);
  }

  /** Returns some events from a sequence on, at least one unless they are held no more. Blocks. */
  List<Event> older(long sequence) {
    List<Event> found = new ArrayList<>();
    long at = positions.atMost(sequence, journal.first());
    int bytes = 0;
    while (found.size() < CHUNK && bytes < CHUNK_BYTES) {
      List<JournalEntry> page = journal.read(at, CHUNK);
      if (page.isEmpty()) {
        return found;
      }
      for (JournalEntry each : page) {
        at = each.position() + 1;
        long wanted = sequence + found.size();
        if (bytes < CHUNK_BYTES && Entry.read(each.bytes()) instanceof Entry.Accepted is) {
          if (is.mutation().sequence() > wanted) {
            return found; // those before were cut off meanwhile
          } else if (is.mutation().sequence() == wanted) {
            found.add(new Event(document, is.mutation(), is.rewritten(), each.bytes().length));
            bytes += each.bytes().length;
          }
        }
      }
    }
    return found;
  }

  /** Deletes the record; the journal says so first, so that a crash between leaves no doubt. */
  void delete() {
    journal.append(new Entry.Deleted().bytes());
    deleteRecord();
  }

  void deleteRecord() {
    WriteResult<StoredRecord> result = records.delete(document, version);
    if (!result.isSaved()) {
      throw new IllegalStateException(
          "The record of '%s' could not be deleted: %s".formatted(document, result));
    }
  }

  void close() {
    journal.close();
  }
}
