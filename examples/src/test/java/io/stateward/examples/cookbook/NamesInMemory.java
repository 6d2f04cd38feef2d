package io.stateward.examples.cookbook;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A source of names that counts how often it is read, and fails when it is told to. */
final class NamesInMemory implements Caching.Names {

  final Map<Long, String> rows = new ConcurrentHashMap<>(Map.of(1L, "Ada", 2L, "Alan"));
  final AtomicInteger reads = new AtomicInteger();
  volatile boolean failing;

  @Override
  public @Nullable String find(long id) {
    reads.incrementAndGet();
    if (failing) {
      throw new IllegalStateException("The database does not answer.");
    }
    return rows.get(id);
  }

  @Override
  public void rename(long id, String name) {
    rows.put(id, name);
  }

  @Override
  public void remove(long id) {
    rows.remove(id);
  }

  @Override
  public Map<Long, String> findAll(List<Long> ids) {
    reads.incrementAndGet();
    if (failing) {
      throw new IllegalStateException("The database does not answer.");
    }
    return rows.entrySet().stream()
        .filter(row -> ids.contains(row.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public String teamOf(long id) {
    return id == 1 ? "engine" : "bombe";
  }
}
