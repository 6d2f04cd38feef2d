package io.stateward.examples.nodes;

import io.stateward.cache.CacheFigures;
import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.examples.Refusal;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Both ways beside each other: whatever is done is done to both of them.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Lab {

  final Tier tier;
  final Half cached;
  final Half naive;
  private final Store<Dials> dials = Store.of("dials", Dials.INITIAL);
  private final Store<Said> said = Store.of("said", Said.NOTHING);
  private final ExecutorService executor;
  private final CachedNode a;
  private final CachedNode b;

  /** Something that is done to one of the two ways. */
  @FunctionalInterface
  interface Deed {
    void to(Half half) throws Exception;
  }

  Lab(Tier tier, Timekeeper timekeeper, ExecutorService executor) {
    this.tier = tier;
    this.executor = executor;
    Timeline ours = new Timeline(Side.CACHED, timekeeper);
    Database database = new Database(Side.CACHED, dials::get);
    a = cachedNode("A", database, ours, timekeeper);
    b = cachedNode("B", database, ours, timekeeper);
    cached = new Half(Side.CACHED, database, ours, a, b, timekeeper, CachedNode.BOUND);
    Timeline theirs = new Timeline(Side.NAIVE, timekeeper);
    Database same = new Database(Side.NAIVE, dials::get);
    naive =
        new Half(
            Side.NAIVE,
            same,
            theirs,
            new NaiveNode(same, tier.plain(), "A", theirs, dials::get, timekeeper),
            new NaiveNode(same, tier.plain(), "B", theirs, dials::get, timekeeper),
            timekeeper,
            Duration.ZERO);
  }

  private CachedNode cachedNode(
      String name, Database database, Timeline timeline, Timekeeper timekeeper) {
    CacheLayer layer = new WatchedLayer(tier.layer(), name, timeline);
    Backplane backplane =
        new WatchedBackplane(tier.backplane(), name, timeline, () -> dials.get().dropped());
    return new CachedNode(database, layer, backplane, dials::get, executor, timekeeper);
  }

  Signal<Dials> dials() {
    return dials;
  }

  Signal<Said> said() {
    return said;
  }

  /** Tells the person something. */
  void say(String tone, String text) {
    said.update(before -> before.then(tone, text));
  }

  CacheFigures figures(String node) {
    return (node.equals("A") ? a : b).figures();
  }

  /** Reads on both sides. Completes when both have answered. */
  CompletableFuture<Void> read(String node, String key) {
    return both(half -> half.read(node, key, null));
  }

  /** Reads on both sides, on ours not older than the last write; the other knows no such thing. */
  CompletableFuture<Void> readOwn(String node, String key) {
    Stamp stamp = cached.stampOf(key);
    if (stamp == null) {
      throw new Refusal(409, "Write %s first: the read goes by the stamp of it.".formatted(key));
    }
    return both(half -> half.read(node, key, half == cached ? stamp : null));
  }

  CompletableFuture<Void> write(String node, String key, String value, WriteMode mode) {
    return both(half -> half.write(node, key, value, mode));
  }

  CompletableFuture<Void> invalidateTag(String node, String tag) {
    return both(half -> half.node(node).invalidateTag(tag));
  }

  CompletableFuture<Void> clear(String node) {
    return both(half -> half.node(node).clear());
  }

  private CompletableFuture<Void> both(Deed deed) {
    return CompletableFuture.allOf(does(deed, cached), does(deed, naive));
  }

  private CompletableFuture<Void> does(Deed deed, Half half) {
    return CompletableFuture.runAsync(() -> attempt(deed, half), executor);
  }

  private void attempt(Deed deed, Half half) {
    try {
      deed.to(half);
    } catch (LayerUnavailableException e) {
      half.timeline.bad(tier.title(), "does not answer");
      say("bad", "%s does not answer. %s".formatted(tier.title(), consequence(e)));
    } catch (Exception e) {
      say("bad", String.valueOf(e.getMessage()));
    }
  }

  private static String consequence(LayerUnavailableException e) {
    return String.valueOf(e.getMessage()).contains("'begin'")
        ? "The write was announced first, so nothing was written."
        : "The source may be written; others may serve what they have until the bound.";
  }

  /** Turns the dials. */
  void dial(UnaryOperator<Dials> change) {
    dials.update(change);
  }

  /** Holds the next read of the source on each side, once it has read. */
  void hold() {
    halves().forEach(half -> half.database.holdNext());
    dial(it -> it.withHolding(true));
  }

  /** Lets go what is held. */
  void release() {
    halves().forEach(half -> half.database.release());
    dial(it -> it.withHolding(false));
  }

  /** How many reads are held at this moment. */
  int held() {
    return halves().stream().mapToInt(half -> half.database.waiting()).sum();
  }

  List<Half> halves() {
    return List.of(cached, naive);
  }

  void flush() {
    require();
    shared("bad", "forgets everything");
    tier.flush();
  }

  void kill() {
    require();
    shared("bad", "is killed");
    tier.kill();
  }

  void start() {
    require();
    tier.start();
    shared("good", "runs again, with nothing in it");
  }

  private void require() {
    if (!tier.isOurs()) {
      throw new Refusal(
          409,
          "This %s is yours, and may have more in it. Only one of this program's own is flushed or killed."
              .formatted(tier.title()));
    }
  }

  private void shared(String tone, String text) {
    for (Half half : halves()) {
      if (tone.equals("good")) {
        half.timeline.good(tier.title(), text);
      } else {
        half.timeline.bad(tier.title(), text);
      }
    }
  }

  /** Mends everything, and begins anew on both sides. */
  void startOver() {
    if (tier.isOurs() && !tier.isRunning()) {
      tier.start();
    }
    dials.set(Dials.INITIAL);
    release();
    halves().forEach(Half::startOver);
    clear("A").join();
    for (String node : List.of("A", "B")) {
      ((NaiveNode) naive.node(node)).restart();
    }
    halves().forEach(Half::startOver);
  }

  /** The value of a key on a side, for the next write of it. */
  static String other(@Nullable String value) {
    return Objects.equals(value, "2.40") ? "2.60" : "2.40";
  }

  void close() {
    halves().forEach(Half::close);
    dials.close();
    said.close();
  }
}
