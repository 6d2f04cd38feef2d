package io.stateward.examples.nodes;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.Invalidation;
import io.stateward.signal.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The messages of one node, seen by the timeline, and lost while the person wants that.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class WatchedBackplane implements Backplane {

  private final Backplane target;
  private final String node;
  private final Timeline timeline;
  private final BooleanSupplier lost;
  private final Set<Message> own = ConcurrentHashMap.newKeySet();

  WatchedBackplane(Backplane target, String node, Timeline timeline, BooleanSupplier lost) {
    this.target = target;
    this.node = node;
    this.timeline = timeline;
    this.lost = lost;
  }

  @Override
  public Subscription listen(String cache, Consumer<Message> listener) {
    return target.listen(
        cache,
        message -> {
          if (!own.remove(message)) {
            timeline.plain(node, "hears: drop " + named(message.invalidation()));
          }
          listener.accept(message);
        });
  }

  @Override
  public void send(String cache, Message message) {
    String what = named(message.invalidation());
    if (lost.getAsBoolean()) {
      timeline.bad(node, "says: drop %s. The message is lost".formatted(what));
      return;
    }
    own.add(message);
    timeline.plain(node, "says: drop " + what);
    target.send(cache, message);
  }

  static String named(Invalidation what) {
    if (what instanceof Invalidation.Key it) {
      return it.key();
    }
    if (what instanceof Invalidation.Tag it) {
      return "tag " + it.tag();
    }
    return what instanceof Invalidation.Prefix it ? it.prefix() + "…" : "everything";
  }
}
