package io.stateward.sync.hub;

import java.util.ArrayList;
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
  private volatile boolean ended; // no document is opened any more

  Documents(HubSetting setting) {
    this.setting = setting;
  }

  void put(String id, Item item) {
    Document document =
        byId.compute(
            id,
            (key, known) -> {
              Document found = known == null ? newDocument(key) : known;
              found.add(item);
              return found;
            });
    document.ask();
  }

  void put(String id, Item.Errand errand) {
    put(id, (Item) errand);
  }

  private Document newDocument(String id) {
    return new Document(setting, id, this::giveUp, () -> ended);
  }

  private void giveUp(Document document) {
    byId.computeIfPresent(
        document.id, (id, known) -> known == document && known.isBlank() ? null : known);
  }

  boolean isOpen(String id) {
    Document document = byId.get(id);
    return document != null && document.isOpen();
  }

  int open() {
    return (int) byId.values().stream().filter(Document::isOpen).count();
  }

  /** Lets go of all documents; completes when that is done. */
  CompletionStage<Void> end(boolean save) {
    ended = true;
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (String id : byId.keySet()) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      put(id, document -> document.end(save, done));
      all.add(done);
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }
}
