package io.stateward.sync.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The turns of the documents that are in use.
 *
 * <p>Thread safety: safe for any number of threads. What is put in for a document is done by one
 * turn at a time, in that order: putting in and giving up a turn are made in one step of the map.
 */
final class Documents {

  private final HubSetting setting;
  private final ConcurrentHashMap<String, Document> byId = new ConcurrentHashMap<>();
  private volatile boolean ended;
  private volatile boolean halted;

  Documents(HubSetting setting) {
    this.setting = setting;
  }

  /** Puts in what is to be done; answers whether it will be, which only joining may not. */
  boolean put(String id, Item item) {
    boolean[] taken = new boolean[1];
    Document document =
        byId.compute(
            id,
            (key, known) -> {
              Document found = known == null ? new Document(setting, key, this) : known;
              taken[0] = found.add(item);
              return found;
            });
    document.ask();
    return taken[0];
  }

  void put(String id, Item.Errand errand) {
    boolean unused = put(id, (Item) errand);
  }

  /** Nothing of a document is open any more: unless something is to be done, it is let go of. */
  void giveUp(Document document) {
    byId.computeIfPresent(
        document.id, (id, known) -> known == document && known.isBlank() ? null : known);
  }

  /** Nothing is opened any more. */
  boolean isEnded() {
    return ended;
  }

  /** Nothing is stored any more. */
  boolean isHalted() {
    return halted;
  }

  boolean isOpen(String id) {
    Document document = byId.get(id);
    return document != null && document.isOpen();
  }

  /** Tells whether there are more than may be, the one that asks included. */
  boolean areTooMany() {
    return byId.size() > setting.limits().documents();
  }

  /** How much waits for their turns. */
  long waiting() {
    return byId.values().stream().mapToLong(Document::waiting).sum();
  }

  Collection<Document> all() {
    return byId.values();
  }

  int open() {
    return (int) byId.values().stream().filter(Document::isOpen).count();
  }

  /** Lets go of all documents; completes when that is done. */
  CompletionStage<Void> end(boolean save) {
    ended = true;
    halted = !save;
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (String id : byId.keySet()) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      put(id, document -> document.end(save, done));
      all.add(done);
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }
}
