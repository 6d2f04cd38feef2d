package io.stateward.sync.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was judged and is not durable yet.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
final class Batch {

  private static final int MOST = 256;
  private static final int BYTES = 4 << 20;

  final List<Entry> entries = new ArrayList<>();
  final List<byte[]> bytes = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final Map<String, List<Refusal>> refusals = new LinkedHashMap<>(); // by client
  private long size;

  byte[] add(Entry entry) {
    byte[] encoded = entry.bytes();
    entries.add(entry);
    bytes.add(encoded);
    size += encoded.length;
    return encoded;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean isFull() {
    return entries.size() >= MOST || size >= BYTES;
  }

  /** Tells whether a client's mutation is in it. */
  boolean has(String client, long id) {
    return refusals.getOrDefault(client, List.of()).stream().anyMatch(each -> each.id() == id)
        || events.stream()
            .anyMatch(each -> each.mutation.id() == id && each.mutation.client().equals(client));
  }

  /** Returns whose mutations were accepted. */
  Set<String> authors() {
    Set<String> authors = new LinkedHashSet<>();
    events.forEach(each -> authors.add(each.mutation.client()));
    return authors;
  }
}
