package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.codec.TreeString;
import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an outbox had when it was opened: the id of the client and its key, and the records of each
 * document from the last one on that has all of it.
 *
 * <p>Thread safety: one thread at a time.
 */
final class OutboxContent {

  private static final int PAGE = 1_000;

  private final Map<String, List<TreeObject>> documents = new LinkedHashMap<>();
  private @Nullable String client;
  private @Nullable String key;
  private long lastNumber;
  private long bytes;

  private OutboxContent() {}

  static OutboxContent read(Journal journal) {
    OutboxContent content = new OutboxContent();
    long position = journal.first();
    List<JournalEntry> page = journal.read(position, PAGE);
    while (!page.isEmpty()) {
      page.forEach(content::add);
      position = page.get(page.size() - 1).position() + 1;
      page = journal.read(position, PAGE);
    }
    if (content.client == null && content.lastNumber > 0) {
      throw new UnreadableOutboxException(
          "The journal has %d records, and none says which client it belongs to. Give the client a journal of its own."
              .formatted(content.lastNumber),
          null);
    }
    return content;
  }

  private void add(JournalEntry entry) {
    try {
      bytes += entry.bytes().length;
      add(Tree.parse(entry.bytes()).asObject());
    } catch (IllegalArgumentException e) {
      throw new UnreadableOutboxException(
          "The record at %d of the outbox is none of a client's (%s). Give the client a journal of its own, or the program that wrote this one."
              .formatted(entry.position(), e.getMessage()),
          e);
    }
  }

  private void add(TreeObject record) {
    long number = OutboxForm.number(record, "n");
    if (number <= lastNumber) {
      return; // written twice, as the first time seemed to have failed
    }
    lastNumber = number;
    String kind = OutboxForm.text(record, "k");
    if (kind.equals("client")) {
      addClient(record);
      return;
    }
    List<TreeObject> records =
        documents.computeIfAbsent(OutboxForm.text(record, "d"), each -> new ArrayList<>());
    if (kind.equals("copy")) {
      records.clear();
      records.addAll(OutboxForm.copied(record));
      return;
    }
    if (kind.equals("state")) {
      records.clear();
    }
    records.add(record);
  }

  private void addClient(TreeObject record) {
    long version = OutboxForm.number(record, "version");
    if (version != OutboxForm.VERSION) {
      throw new UnreadableOutboxException(
          "The outbox was written in version %d, this program reads version %d. Use the program that wrote it."
              .formatted(version, OutboxForm.VERSION),
          null);
    }
    client = OutboxForm.text(record, "id");
    key = key(record);
  }

  /** Reads the key; what it throws does not show it. */
  private static String key(TreeObject record) {
    if (record.members().get("key") instanceof TreeString key) {
      return key.asString();
    }
    throw new IllegalArgumentException("The record of the client has no key");
  }

  /** Returns the key of the client, or null if the outbox is new. */
  @Nullable String key() {
    return key;
  }

  /** Returns the id of the client, or null if the outbox is new. */
  @Nullable String client() {
    return client;
  }

  Map<String, List<TreeObject>> documents() {
    return documents;
  }

  long lastNumber() {
    return lastNumber;
  }

  long bytes() {
    return bytes;
  }

  /** Counts the changes that are not settled, by the records of a document alone. */
  static int pending(List<TreeObject> records) {
    int count = 0;
    for (TreeObject record : records) {
      switch (OutboxForm.text(record, "k")) {
        case "state" ->
            count =
                record.at("/pending").asArray().elements().size()
                    + record.at("/doubtful").asArray().elements().size();
        case "edit" -> count++;
        case "own", "refused", "resolved" -> count--;
        default -> {} // takes none away and adds none
      }
    }
    return count;
  }
}
