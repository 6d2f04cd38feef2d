package io.stateward.sync.client;

import io.stateward.codec.TreeObject;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.util.List;
import java.util.Map;

/**
 * The dead letters of all documents of a client, open or not.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class ClientLetters {

  private final Store<PersistentMap<String, List<DeadLetter>>> letters;

  ClientLetters(String client, int mostLetters, Map<String, List<TreeObject>> documents) {
    PersistentMap<String, List<DeadLetter>> all = PersistentMap.of();
    for (Map.Entry<String, List<TreeObject>> each : documents.entrySet()) {
      List<DeadLetter> those = KeptLetters.of(each.getKey(), client, each.getValue(), mostLetters);
      all = those.isEmpty() ? all : all.plus(each.getKey(), those);
    }
    letters = Store.of(all);
  }

  /** Returns all of them, by document, those of one the oldest first. */
  Signal<List<DeadLetter>> all() {
    return letters.select(
        all ->
            all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> each.getValue().stream())
                .toList());
  }

  /** These are the letters of a document now. */
  void moved(String document, List<DeadLetter> now) {
    letters.update(all -> now.isEmpty() ? all.minus(document) : all.plus(document, now));
  }
}
