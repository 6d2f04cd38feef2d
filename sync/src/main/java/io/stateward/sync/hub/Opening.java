package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StorageException;
import io.stateward.persist.StoredRecord;
import io.stateward.store.WriteResult;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.SharedType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads a document, or creates it. What cannot be read is left as it is, and never taken for an
 * empty document.
 *
 * <p>Thread safety: confined to the turn of the document.
 */
final class Opening {

  private final HubSetting setting;
  private final String document;
  private final RecordStore records;

  Opening(HubSetting setting, String document) {
    this.setting = setting;
    this.document = document;
    this.records = setting.storage().records();
  }

  /** Tells whether there is such a document. Blocks. */
  static boolean exists(HubSetting setting, String document) {
    return setting.storage().records().read(document) != null;
  }

  /** Returns the document, whatever its type; throws if there is none, or it cannot be read. */
  OpenDocument openAny() {
    StoredRecord record = records.read(document);
    if (record == null) {
      throw Unavailable.forever("unknown", "There is no document '%s'.".formatted(document));
    }
    return load(typeOf(Tree.parse(record.bytes(), Entry.STORED).asObject()), record);
  }

  /** Returns the document, open; throws if it is not to be had now, or not at all. Blocks. */
  OpenDocument open(String type, boolean mayCreate) {
    SharedType asked = setting.types().get(type);
    if (asked == null) {
      throw Unavailable.forever(
          "unknown", "This hub has no documents of type '%s'.".formatted(type));
    }
    try {
      StoredRecord record = records.read(document);
      return record == null ? create(asked, mayCreate) : load(asked, record);
    } catch (Unavailable e) {
      throw e;
    } catch (StorageException e) {
      throw Unavailable.now("The document cannot be loaded: %s".formatted(e.getMessage()), e);
    } catch (RuntimeException | StackOverflowError e) { // foreign code, or what was stored
      throw Unavailable.unreadable(
          "The document cannot be read, and is left as it is: %s".formatted(e.getMessage()), e);
    }
  }

  private OpenDocument create(SharedType type, boolean mayCreate) {
    if (!mayCreate) {
      throw Unavailable.forever("unknown", "There is no document '%s'.".formatted(document));
    }
    Journal journal = setting.storage().journal(document);
    try {
      requireBlank(journal);
      Shelf shelf = new Shelf(document, records, journal, RecordStore.ABSENT);
      Content content = Content.create(type, setting.names().get(), setting.hub());
      save(shelf, content);
      journal.truncateBefore(journal.next()); // what was deleted
      return opened(shelf, content, new Recent(setting.limits().eachDocument().recent()));
    } catch (RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  /** A journal without a record is a document whose record is lost, unless it was deleted. */
  private void requireBlank(Journal journal) {
    if (journal.next() == 0) {
      return;
    }
    List<JournalEntry> last =
        journal.first() == journal.next() ? List.of() : journal.read(journal.next() - 1, 1);
    if (last.isEmpty() || !(Entry.read(last.get(0).bytes()) instanceof Entry.Deleted)) {
      throw Unavailable.unreadable(
          "The document has a journal of %d records, but its record is missing. It is left as it is; restore the record, or delete the journal."
              .formatted(journal.next()),
          null);
    }
  }

  private OpenDocument load(SharedType asked, StoredRecord record) {
    TreeObject stored = Tree.parse(record.bytes(), Entry.STORED).asObject();
    SharedType type = typeOf(stored);
    if (!type.name().equals(asked.name())) {
      throw Unavailable.forever(
          "type", "The document is of type '%s', not '%s'.".formatted(type.name(), asked.name()));
    }
    Journal journal = setting.storage().journal(document);
    try {
      return load(type, stored, new Shelf(document, records, journal, record.version()));
    } catch (RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  private SharedType typeOf(TreeObject stored) {
    String name = Content.typeOf(stored);
    SharedType type = setting.types().get(name);
    if (type == null) {
      throw new IllegalArgumentException("This hub has no type '%s' of its own.".formatted(name));
    }
    return type;
  }

  private OpenDocument load(SharedType type, TreeObject stored, Shelf shelf) {
    long now = setting.nanos();
    Content content = Content.restore(type, stored, now);
    Recent recent = new Recent(setting.limits().eachDocument().recent());
    boolean[] deleted = {false};
    shelf.restore(
        stored,
        (entry, bytes) -> {
          content.replay(entry, now);
          deleted[0] |= entry instanceof Entry.Deleted;
          if (entry instanceof Entry.Accepted is) {
            recent.add(new Event(document, is.mutation(), is.rewritten(), bytes));
          }
        });
    if (deleted[0]) {
      shelf.deleteRecord();
      throw Unavailable.forever("deleted", "The document was deleted.");
    }
    boolean lost = shelf.hasLost(stored);
    if (lost) {
      content.floor = content.sequence; // whatever the journal has belongs to another history
    }
    if (lost || !content.lineage.isOf(setting.hub())) {
      beginEpoch(shelf, content, lost);
    }
    return opened(shelf, content, recent);
  }

  private void beginEpoch(Shelf shelf, Content content, boolean lost) {
    Entry.Began began = new Entry.Began(setting.names().get(), setting.hub(), content.sequence);
    if (lost) {
      content.replay(began, setting.nanos());
      save(shelf, content); // from here on the journal and the record belong together again
      setting.tell(new HubEvent.HistoryLost(document, at(content)));
    } else {
      shelf.append(List.of(began), List.of(began.bytes()));
      content.replay(began, setting.nanos());
    }
  }

  private void save(Shelf shelf, Content content) {
    WriteResult<StoredRecord> result = shelf.save(content.store(setting.nanos()));
    if (!result.isSaved()) {
      @Nullable Throwable cause =
          result instanceof WriteResult.Failed<StoredRecord> failed ? failed.cause() : null;
      throw Unavailable.now("The document cannot be stored: %s".formatted(result), cause);
    }
  }

  private OpenDocument opened(Shelf shelf, Content content, Recent recent) {
    setting.tell(new HubEvent.DocumentOpened(document, at(content)));
    return new OpenDocument(setting, document, shelf, content, recent);
  }

  private static Position at(Content content) {
    return new Position(content.lineage.epoch(), content.sequence);
  }
}
