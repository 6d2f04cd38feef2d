package io.stateward.examples.nodes;

import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.LogPage;
import io.stateward.cache.spi.Reading;
import io.stateward.cache.spi.WideMarks;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session that says to the timeline what the protocol does; heartbeats and plain reads pass. */
final class WatchedSession implements LayerSession {

  private final LayerSession target;
  private final String node;
  private final Timeline timeline;

  WatchedSession(LayerSession target, String node, Timeline timeline) {
    this.target = target;
    this.node = node;
    this.timeline = timeline;
  }

  private <T extends @Nullable Object> CompletionStage<T> seen(
      CompletionStage<T> stage, Consumer<T> said) {
    return stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            said.accept(value);
          } else {
            timeline.bad(node, "asks what is shared, which does not answer");
          }
        });
  }

  @Override
  public int buckets() {
    return target.buckets();
  }

  @Override
  public int bucketOf(String key) {
    return target.bucketOf(key);
  }

  @Override
  public CompletionStage<Reading> read(String key) {
    return target.read(key);
  }

  @Override
  public CompletionStage<Map<String, Reading>> readAll(List<String> keys) {
    return target.readAll(keys);
  }

  @Override
  public CompletionStage<Acquired> acquire(String key, @Nullable String unwanted, Duration limit) {
    return seen(target.acquire(key, unwanted, limit), answer -> say(key, answer));
  }

  private void say(String key, Acquired answer) {
    if (answer instanceof Acquired.Leased) {
      timeline.plain(node, "gets the lease on %s and loads it".formatted(key));
    } else if (answer instanceof Acquired.Busy) {
      timeline.wait(node, "waits: %s is being loaded already".formatted(key));
    } else if (answer instanceof Acquired.Writing) {
      timeline.wait(node, "gets no lease: %s is being written".formatted(key));
    }
  }

  @Override
  public CompletionStage<Boolean> fill(String key, Lease lease, LayerEntry entry) {
    return seen(
        target.fill(key, lease, entry),
        accepted -> {
          if (accepted) {
            timeline.good(node, "stores %s: its lease holds".formatted(key));
          } else {
            timeline.wait(node, "may not store %s: its lease is gone".formatted(key));
          }
        });
  }

  @Override
  public CompletionStage<Void> release(String key, Lease lease) {
    return target.release(key, lease);
  }

  @Override
  public CompletionStage<Stamp> invalidate(Invalidation invalidation) {
    return seen(
        target.invalidate(invalidation),
        stamp ->
            timeline.plain(
                node,
                "invalidates %s: number %d of its log"
                    .formatted(WatchedBackplane.named(invalidation), stamp.sequence())));
  }

  @Override
  public CompletionStage<Intent> begin(String key, Duration limit) {
    return seen(
        target.begin(key, limit),
        intent -> timeline.plain(node, "announces that it writes " + key));
  }

  @Override
  public CompletionStage<Completed> complete(
      String key, Intent intent, @Nullable LayerEntry entry) {
    return seen(
        target.complete(key, intent, entry),
        completed ->
            timeline.good(
                node,
                completed.stored()
                    ? "has written %s and stores it".formatted(key)
                    : "has written %s and invalidates it".formatted(key)));
  }

  @Override
  public CompletionStage<List<Head>> heads() {
    return target.heads();
  }

  @Override
  public CompletionStage<LogPage> log(int bucket, Head after, int most) {
    return seen(target.log(bucket, after, most), this::say);
  }

  private void say(LogPage page) {
    if (!page.complete()) {
      timeline.wait(node, "finds no log to go on with, and drops what it had");
    }
    for (LogPage.Logged logged : page.entries()) {
      timeline.good(
          node,
          "finds in the log what it missed: drop " + WatchedBackplane.named(logged.invalidation()));
    }
  }

  @Override
  public CompletionStage<WideMarks> wideMarks() {
    return target.wideMarks();
  }

  @Override
  public Subscription onConnection(Consumer<Boolean> listener) {
    return target.onConnection(
        connected -> {
          if (connected) {
            timeline.good(node, "is connected again");
          } else {
            timeline.bad(node, "has lost its connection");
          }
          listener.accept(connected);
        });
  }

  @Override
  public void close() {
    target.close();
  }
}
