package io.stateward.examples.nodes;

import io.stateward.cache.Stamp;
import io.stateward.examples.Refusal;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One of the two ways: its source, its two nodes, and what is to be seen of them.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Half {

  final Side side;
  final Database database;
  final Timeline timeline;
  final Reads reads;
  private final Map<String, Node> nodes;
  private final Map<String, Stamp> stamps = new ConcurrentHashMap<>(); // of the last write, by key
  private final Map<String, Long> written = new ConcurrentHashMap<>(); // when, in nanoseconds
  private final AtomicLong numbers = new AtomicLong();
  private final Timekeeper timekeeper;
  private final Duration bound;

  /** What is read within the bound after a write may be older than it; zero promises nothing. */
  Half(
      Side side,
      Database database,
      Timeline timeline,
      Node a,
      Node b,
      Timekeeper timekeeper,
      Duration bound) {
    this.timekeeper = timekeeper;
    this.bound = bound;
    this.side = side;
    this.database = database;
    this.timeline = timeline;
    this.reads = new Reads(side);
    this.nodes = Map.of("A", a, "B", b);
  }

  Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw Refusal.badInput("There is no node '%s'. There are A and B.".formatted(name));
    }
    return node;
  }

  /** Reads, notes what it brought, and judges it. */
  Seen read(String node, String key, @Nullable Stamp atLeast) {
    Seen pending =
        Seen.pending(
            numbers.incrementAndGet(), node, key, atLeast == null ? "" : atLeast.toString());
    reads.note(pending);
    String before = database.now(key);
    Found found;
    try {
      found = node(node).read(key, atLeast);
    } catch (RuntimeException e) { // the cache was closed, or the thread interrupted
      found = Found.failed("", "", String.valueOf(e.getMessage()));
    }
    Seen seen = pending.done(found, before, database.now(key), isWithinBound(key));
    reads.note(seen);
    return seen;
  }

  private boolean isWithinBound(String key) {
    Long since = written.get(key);
    return since != null && timekeeper.nanoTime() - since < bound.toNanos();
  }

  /** Writes; what keeps the cache from hearing of it is thrown. */
  void write(String node, String key, String value, WriteMode mode) throws Exception {
    Stamp stamp;
    try {
      stamp = node(node).write(key, value, mode);
    } finally {
      written.put(key, timekeeper.nanoTime());
    }
    if (stamp == null) {
      timeline.plain(node, "writes %s: %s".formatted(key, value));
    } else {
      stamps.put(key, stamp);
      timeline.plain(node, "has written %s: %s. Stamp %s".formatted(key, value, stamp));
    }
  }

  /** The stamp of the last write of a key; null if there was none. */
  @Nullable Stamp stampOf(String key) {
    return stamps.get(key);
  }

  void startOver() {
    database.release();
    Menu.PRICES.forEach(database::write);
    stamps.clear();
    written.clear();
    timeline.clear();
    reads.clear();
  }

  void close() {
    database.close();
    nodes.values().forEach(Node::close);
    timeline.close();
    reads.close();
  }
}
