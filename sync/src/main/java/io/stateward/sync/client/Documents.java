package io.stateward.sync.client;

import io.stateward.codec.TreeObject;
import io.stateward.sync.spi.Replica;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a client: those that are open, and the records of the others.
 *
 * <p>Thread safety: safe for any number of threads. A document is in one of the two places, and
 * moves under its own lock.
 */
final class Documents {

  private final Replicated.Surroundings client;
  private final Map<String, Replicated> open = new ConcurrentHashMap<>();
  private final Map<String, List<TreeObject>> kept = new ConcurrentHashMap<>();

  Documents(Replicated.Surroundings client, Map<String, List<TreeObject>> stored) {
    this.client = client;
    kept.putAll(stored);
  }

  /** A document that was opened for one more holder. */
  record Opened<R extends Replica>(Replicated document, R replica) {}

  /** Opens a document, or joins those who have; null if it is just being let go of. */
  <R extends Replica> @Nullable Opened<R> open(
      String id, Class<R> kind, Function<? super DocumentContext, ? extends R> factory) {
    Replicated entry = open.computeIfAbsent(id, each -> new Replicated(each, client));
    R replica = null;
    try {
      replica = entry.open(kind, factory, kept);
    } finally {
      if (replica == null && entry.isGone()) {
        open.remove(id, entry);
      }
    }
    return replica == null ? null : new Opened<>(entry, replica);
  }

  /** Lets go of a document that nobody holds, once nothing of it is pending. */
  boolean letGo(Replicated document) {
    if (!document.detach(kept)) {
      return false;
    }
    open.remove(document.document(), document); // unless who wants to open it anew was faster
    return true;
  }

  @Nullable Replicated find(String id) {
    return open.get(id);
  }

  /** Returns the records of a document that is not open. */
  @Nullable List<TreeObject> kept(String id) {
    return kept.get(id);
  }

  Collection<Replicated> all() {
    return open.values();
  }

  void tellAll(Consumer<Following> step) {
    open.values().forEach(each -> each.tell(step));
  }

  boolean settledDown(Duration during) {
    return open.values().stream().allMatch(each -> each.settledDown(during));
  }

  /** Returns how much is pending of each of which something is. */
  Map<String, Integer> unsettled() {
    Map<String, Integer> unsettled = new TreeMap<>();
    kept.forEach((document, records) -> unsettled.put(document, OutboxContent.pending(records)));
    open.forEach((document, each) -> unsettled.put(document, each.signals().pending().get()));
    unsettled.values().removeIf(count -> count == 0);
    return unsettled;
  }

  int unsavedNow() {
    return open.values().stream().mapToInt(Replicated::unsavedNow).sum();
  }

  /** Puts one record of each into the outbox. */
  void putAll(Outbox outbox) {
    Set<String> all = new HashSet<>(kept.keySet());
    all.addAll(open.keySet());
    for (String each : all) {
      // Whoever opens it takes it out of these before anything is changed: so the copy comes first.
      kept.computeIfPresent(
          each,
          (document, records) -> {
            outbox.put(OutboxForm.copy(document, records), null);
            return records;
          });
      Replicated present = open.get(each);
      if (present != null) {
        present.checkpoint();
      }
    }
  }
}
