package io.stateward.examples.nodes;

import io.stateward.cache.Stamp;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node with the usual cache-aside: a map, get, set and delete, and messages to the others. */
final class NaiveNode implements Node {

  private static final Logger LOG = LoggerFactory.getLogger(NaiveNode.class);

  private final Map<String, Kept> memory = new ConcurrentHashMap<>();
  private final Database database;
  private final Plain shared;
  private final String name;
  private final Timeline timeline;
  private final Supplier<Dials> dials;
  private final Timekeeper timekeeper;

  /** A value in memory. */
  private record Kept(String value, long sinceNanos, long freshNanos) {
    boolean isFresh(long nowNanos) {
      return nowNanos - sinceNanos < freshNanos;
    }
  }

  NaiveNode(
      Database database,
      Plain shared,
      String name,
      Timeline timeline,
      Supplier<Dials> dials,
      Timekeeper timekeeper) {
    this.database = database;
    this.shared = shared;
    this.name = name;
    this.timeline = timeline;
    this.dials = dials;
    this.timekeeper = timekeeper;
    shared.listen(this::hear);
  }

  @Override
  public Found read(String key, @Nullable Stamp atLeast) {
    long now = timekeeper.nanoTime();
    Kept kept = memory.get(key);
    if (kept != null && kept.isFresh(now)) {
      long age = Duration.ofNanos(now - kept.sinceNanos()).toMillis();
      return new Found(kept.value(), "memory", "hit", age, "", "");
    }
    return fetch(key);
  }

  private Found fetch(String key) {
    BooleanSupplier answered = () -> true;
    String value = null;
    try {
      value = shared.get(key);
    } catch (IllegalStateException e) {
      answered = () -> false;
    }
    if (value != null) {
      keep(key, value);
      return new Found(value, "layer", "hit", 0, "", "");
    }
    return load(key, answered.getAsBoolean());
  }

  private Found load(String key, boolean answered) {
    String source = answered ? "loader" : "offline";
    try {
      // excerpt: load
      String value = database.read(key);
      attempt(() -> shared.set(key, value, dials.get().fresh())); // whatever was written meanwhile
      keep(key, value);
      // end of excerpt
      timeline.plain(name, "stores %s: %s".formatted(key, value));
      return new Found(value, source, "miss", 0, "", "");
    } catch (Exception e) {
      return Found.failed(source, "loader failed", String.valueOf(e.getMessage()));
    }
  }

  private void keep(String key, String value) {
    memory.put(key, new Kept(value, timekeeper.nanoTime(), dials.get().fresh().toNanos()));
  }

  @Override
  public @Nullable Stamp write(String key, String value, WriteMode mode) {
    // excerpt: write
    database.write(key, value);
    drop(key);
    // end of excerpt
    if (mode == WriteMode.THROUGH) {
      attempt(() -> shared.set(key, value, dials.get().fresh()));
      keep(key, value);
    }
    return null;
  }

  // excerpt: drop
  private void drop(String key) {
    attempt(() -> shared.delete(key));
    memory.remove(key);
    say(key); // and hope that it arrives
  }

  // end of excerpt

  private void say(String key) {
    if (dials.get().dropped()) {
      timeline.bad(name, "says: drop %s. The message is lost".formatted(key));
      return;
    }
    timeline.plain(name, "says: drop " + key);
    attempt(() -> shared.publish(name + ":" + key));
  }

  private void hear(String message) {
    int colon = message.indexOf(':');
    String sender = message.substring(0, Math.max(0, colon));
    String key = message.substring(colon + 1);
    if (!sender.equals(name)) {
      timeline.plain(name, "hears: drop " + key);
      memory.remove(key);
    }
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (IllegalStateException e) { // what is usually done about it
      timeline.bad(name, "asks what is shared, which does not answer; that is forgotten");
      LOG.debug("Forgotten.", e);
    }
  }

  @Override
  public void invalidateTag(String tag) {
    Menu.tagged(tag).forEach(this::drop); // it has to know by heart what has the tag
  }

  @Override
  public void clear() {
    Menu.KEYS.forEach(this::drop);
  }

  @Override
  public List<Cell> memory() {
    long now = timekeeper.nanoTime();
    return Menu.KEYS.stream().map(key -> cell(key, now)).flatMap(Optional::stream).toList();
  }

  private Optional<Cell> cell(String key, long now) {
    return Optional.ofNullable(memory.get(key))
        .filter(kept -> kept.isFresh(now))
        .map(kept -> new Cell(key, kept.value(), seconds(now - kept.sinceNanos()), ""));
  }

  private static long seconds(long nanos) {
    return Duration.ofNanos(nanos).toSeconds();
  }

  /** Forgets everything, as a process does that starts anew. */
  void restart() {
    memory.clear();
  }

  @Override
  public void close() {
    memory.clear();
  }
}
