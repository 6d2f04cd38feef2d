package io.stateward.sync.client;

import io.stateward.codec.TreeObject;
import io.stateward.signal.Probe;
import io.stateward.sync.spi.Replica;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents of which the outbox has changes that are not settled, and which nobody has opened:
 * they are opened for nobody, some at a time, and are let go of as soon as they are settled.
 *
 * <p>Thread safety: confined to the turn of the client.
 */
final class Backlog {

  /**
   * So many are opened at a time: a hub has room for so many subscriptions, and so has memory.
   * Those that the hub cannot give do not count: they stay open and go on asking.
   */
  static final int AT_ONCE = 16;

  /** What it needs of its client. */
  interface Surroundings {

    boolean isClosed();

    /** Returns what the outbox has of a document that is not open, or null. */
    @Nullable List<TreeObject> kept(String document);

    /** Opens a document for nobody. */
    Replicated openUnheld(
        String document, Function<? super DocumentContext, ? extends Replica> factory);
  }

  private final String name;
  private final Surroundings client;
  private final Map<String, ? extends Function<? super DocumentContext, ? extends Replica>> kinds;
  private final Deque<String> waiting = new ArrayDeque<>(); // in the order of the outbox
  private final Map<String, String> unknown = new TreeMap<>(); // documents and their kinds
  private final Set<Replicated> underway = new HashSet<>();

  Backlog(
      String name,
      Surroundings client,
      Map<String, ? extends Function<? super DocumentContext, ? extends Replica>> kinds,
      Map<String, List<TreeObject>> documents) {
    this.name = name;
    this.client = client;
    this.kinds = kinds;
    documents.forEach(
        (document, records) -> {
          if (OutboxContent.pending(records) > 0) {
            waiting.add(document);
          }
        });
  }

  /** Opens as many as there is room for; there is a connection. */
  void work() {
    while (underway.size() < AT_ONCE && !waiting.isEmpty() && !client.isClosed()) {
      begin(waiting.remove());
    }
  }

  private void begin(String document) {
    List<TreeObject> records = client.kept(document);
    if (records == null || OutboxContent.pending(records) == 0) {
      return; // the application has opened it
    }
    String type = OutboxForm.text(records.get(0), "type");
    Function<? super DocumentContext, ? extends Replica> factory = kinds.get(type);
    if (factory == null) {
      unknown.put(document, type);
      return;
    }
    try {
      Replicated opened = client.openUnheld(document, factory);
      if (opened.isUnderway()) {
        underway.add(opened);
      }
    } catch (RuntimeException e) { // the factory, or what the outbox has of it
      Probe.report(
          name,
          "Document '%s' cannot be opened to send what is pending of it, which stays in the outbox."
              .formatted(document),
          e);
    }
  }

  /** Something may have become of a document: those that got as far as they can make room. */
  void moved(Replicated document) {
    if (underway.contains(document) && !document.isUnderway()) {
      underway.remove(document);
      if (document.isHeldUp()) {
        Probe.report(
            name,
            "The hub cannot give document '%s' now. What is pending of it waits in the outbox, and is sent when it can; the others go on."
                .formatted(document.document()),
            null);
      }
      work();
    }
  }

  /** All is well for a while, so who is not opened by now is left: says so, once. */
  void calm() {
    unknown.keySet().removeIf(document -> client.kept(document) == null);
    if (!unknown.isEmpty()) {
      Probe.report(
          name,
          "What is pending of the documents %s waits in the outbox until they are opened, as nobody said what they are. Give the kinds %s to SyncClientBuilder.kind(...), or open the documents."
              .formatted(unknown.keySet(), new TreeSet<>(unknown.values())),
          null);
      unknown.clear();
    }
  }
}
