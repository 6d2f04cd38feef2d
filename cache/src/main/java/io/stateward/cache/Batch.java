package io.stateward.cache;

import io.stateward.cache.spi.Reading;
import io.stateward.time.Timekeeper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads of several keys that go to a layer as one, or 1,000 at a time, as soon as it is known of
 * each key whether it is wanted. For each layer behind it there is another one, of the keys that
 * were not found here.
 *
 * <p>Thread safety: safe for any number of threads. Whoever is announced joins or leaves once; the
 * last one to do so sends it.
 */
final class Batch<K, V> implements Group<K, V> {

  private static final int AT_ONCE = 1_000;

  final @Nullable Group<K, V> next; // of the layer behind, or of the loader
  private final Link link;
  private final Timekeeper time;
  private final Queue<Joined> joined = new ConcurrentLinkedQueue<>();
  private final AtomicInteger undecided = new AtomicInteger(1); // until it is complete

  private Batch(Link link, Timekeeper time, @Nullable Group<K, V> next) {
    this.link = link;
    this.time = time;
    this.next = next;
  }

  /** Returns one for the first of some layers, before that of the loader if it has one. */
  static <K, V> @Nullable Group<K, V> of(
      List<Link> links, Timekeeper time, @Nullable Gathering<K, V> loader) {
    Group<K, V> group = loader;
    for (int level = links.size() - 1; level >= 0; level--) {
      group = new Batch<>(links.get(level), time, group);
    }
    return group;
  }

  /**
   * What the layer had.
   *
   * @param readings of each key
   * @param sentAtNanos when it was asked
   */
  record Read(Map<String, Reading> readings, long sentAtNanos) {}

  /**
   * A key, and who is told what the layer had. Each is told by a future of its own: those who wait
   * for the same one are called one within the other if they do not go on elsewhere.
   *
   * @param key the key
   * @param read is completed with what the layer had
   */
  private record Joined(String key, CompletableFuture<Read> read) {}

  @Override
  public void expect() {
    undecided.incrementAndGet();
  }

  /** Takes part, which was announced. */
  CompletableFuture<Read> join(String key) {
    Joined mine = new Joined(key, new CompletableFuture<>());
    joined.add(mine);
    if (next != null) {
      next.expect();
    }
    leave();
    return mine.read();
  }

  @Override
  public void leave() {
    if (undecided.decrementAndGet() == 0) {
      if (!joined.isEmpty()) {
        send();
      }
      if (next != null) {
        next.leave();
      }
    }
  }

  /** Sends so many at once; the next ones when those were answered. */
  private void send() {
    Queue<Joined> left = new ArrayDeque<>(joined); // of one step at a time
    Stages.onEnd(
        Stages.repeat(() -> some(left)),
        (done, failure) -> left.forEach(it -> Reads.pass(it.read(), null, failure)));
  }

  /**
   * Reads some more; completes with whether there are others. Fails if the layer does not answer.
   */
  private CompletableFuture<Boolean> some(Queue<Joined> left) {
    List<Joined> some = new ArrayList<>();
    while (some.size() < AT_ONCE && !left.isEmpty()) {
      some.add(left.remove());
    }
    List<String> keys = some.stream().map(Joined::key).toList();
    long sent = time.nanoTime();
    return link.<Map<String, Reading>>ask("readAll", session -> session.readAll(keys))
        .whenComplete(
            (readings, failure) -> {
              Read read = failure == null ? new Read(readings, sent) : null;
              some.forEach(it -> Reads.pass(it.read(), read, failure));
            })
        .thenApply(readings -> !left.isEmpty())
        .toCompletableFuture();
  }
}
