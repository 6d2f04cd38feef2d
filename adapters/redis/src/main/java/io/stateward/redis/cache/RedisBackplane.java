package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.stateward.cache.spi.Backplane;
import io.stateward.redis.Redis;
import io.stateward.redis.internal.Ear;
import io.stateward.redis.internal.Failures;
import io.stateward.redis.internal.Kept;
import io.stateward.redis.internal.Kept.Live;
import io.stateward.redis.internal.LettuceRedis;
import io.stateward.redis.internal.Line;
import io.stateward.redis.internal.Wire;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A backplane on publish and subscribe of Redis or Valkey.
 *
 * <pre>{@code
 * RedisBackplane backplane = RedisBackplane.of(redis);
 * Subscription listening = backplane.listen("users", message -> catchUp(message.bucket()));
 * }</pre>
 *
 * <p>To listen does not wait: what is sent before Redis knows of it is not heard, as what is sent
 * while there is no connection. It is found in the log of the layer. What is sent is not waited for
 * either.
 *
 * <p>A listener is tried: once Redis knows of it, this sends a ping to itself. If it does not come
 * back within 5 s that is reported, as other instances are then told of nothing until their
 * heartbeat.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> Messages of one thread come in their order, unless a connection is lost.
 *
 * <p><b>Failure.</b> Lost connections are opened again. What is not understood, as an application
 * of another version has sent it, is reported once and ignored. A listener that throws is reported.
 *
 * <p><b>Cost.</b> Two connections, for all caches.
 *
 * @since 0.1
 */
public final class RedisBackplane implements Backplane {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Wire wire;
  private final String namespace;
  private final Kept<Ear> ears;
  private final Kept<Line> lines;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean unknown = new AtomicBoolean();
  private final Map<String, Channel> channels = new ConcurrentHashMap<>(); // by name in Redis

  RedisBackplane(Wire wire, String namespace) {
    this.wire = wire;
    this.namespace = namespace;
    this.ears = new Kept<>(wire, wire::ear, this::prepare, this::earIs);
    this.lines = new Kept<>(wire, wire::line, Kept::ready, this::lineIs);
  }

  /**
   * Returns a backplane in a Redis.
   *
   * @param redis where; those that are to hear each other have the same namespace of it
   * @return the backplane, without listeners
   */
  public static RedisBackplane of(Redis redis) {
    LettuceRedis it = LettuceRedis.of(redis);
    return new RedisBackplane(it.wire(), it.namespace());
  }

  @Override
  public Subscription listen(String cache, Consumer<Message> listener) {
    Objects.requireNonNull(listener, "listener");
    Channel channel = channel(cache);
    Subscription listening = channel.add(listener);
    start();
    Live<Ear> live = ears.live();
    if (live != null) {
      subscribe(live.connection(), channel);
    }
    return listening;
  }

  @Override
  public void send(String cache, Message message) {
    start();
    Live<Line> live = lines.live();
    if (live != null) {
      publish(live.connection(), channel(cache), MessageForm.encoded(message));
    } // and if not, whoever misses it finds it in the log
  }

  private Channel channel(String cache) {
    String name = Keys.PREFIX + Keys.escaped(namespace) + ':' + Keys.escaped(cache) + ":messages";
    return channels.computeIfAbsent(name, it -> new Channel(it, cache));
  }

  private void start() {
    if (started.compareAndSet(false, true)) {
      ears.keep();
      lines.keep();
    }
  }

  private CompletionStage<?> prepare(Ear ear) {
    ear.connection()
        .addListener(
            new RedisPubSubAdapter<byte[], byte[]>() {
              @Override
              public void message(byte[] name, byte[] bytes) {
                hear(new String(name, UTF_8), bytes);
              }
            });
    return Kept.ready(ear);
  }

  private void earIs(boolean up) {
    Live<Ear> live = ears.live();
    if (up && live != null) { // a channel that is added from now on subscribes itself, or twice
      channels.values().forEach(channel -> subscribe(live.connection(), channel));
    }
  }

  private void lineIs(boolean up) {
    if (up) {
      channels.values().forEach(this::tryOut);
    }
  }

  private void subscribe(Ear ear, Channel channel) {
    if (!channel.hasListeners()) {
      return;
    }
    try {
      ear.connection()
          .async()
          .subscribe(channel.name.getBytes(UTF_8))
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  channel.subscribed = true;
                  tryOut(channel);
                } else {
                  refused(channel, "listen to", failure);
                }
              });
    } catch (RuntimeException e) {
      ear.end(); // the next one subscribes to all
    }
  }

  private void publish(Line line, Channel channel, byte[] bytes) {
    try {
      line.commands()
          .publish(channel.name.getBytes(UTF_8), bytes)
          .whenComplete(
              (heard, failure) -> {
                if (failure != null) {
                  refused(channel, "publish to", failure);
                }
              });
    } catch (RuntimeException e) {
      line.end(); // it has just ended, or is of no use
    }
  }

  private static void refused(Channel channel, String what, Throwable failure) {
    if (Failures.cause(failure) instanceof RedisCommandExecutionException it) {
      channel.report("Redis does not let it %s %s".formatted(what, channel.name), it);
    } // and otherwise the connection was lost
  }

  /** Sends a ping to itself, until one came back. */
  private void tryOut(Channel channel) {
    Live<Line> live = lines.live();
    if (live == null || !channel.isToBeTried()) {
      return;
    }
    publish(live.connection(), channel, MessageForm.ping(channel.id));
    wire.later(PATIENCE, () -> lookAt(channel, live));
  }

  private void lookAt(Channel channel, Live<Line> pinged) {
    if (channel.isToBeTried() && lines.live() == pinged && ears.live() != null) {
      channel.report(
          "A message to itself on the channel %s of the Redis at %s did not come back in %s, so other instances may hear of nothing until their heartbeat. Look whether its user may publish and subscribe there, and whether all of them use the same Redis"
              .formatted(channel.name, wire.where(), PATIENCE),
          null);
    }
  }

  private void hear(String name, byte[] bytes) {
    Channel channel = channels.get(name);
    if (channel == null) {
      return;
    }
    String pinged = MessageForm.pinged(bytes);
    if (pinged != null) {
      channel.heard(pinged);
      return;
    }
    Message message = MessageForm.decoded(bytes);
    if (message != null) {
      channel.tell(message);
    } else if (unknown.compareAndSet(false, true)) {
      Probe.report(
          "Cache '%s'".formatted(channel.cache),
          "A message on the channel %s was not understood and is ignored, as others like it: it is of an application of another version, or of somebody else. What it told is found in the log."
              .formatted(name),
          null);
    }
  }

  /** Whether a ping to itself came back; for tests. */
  boolean isTried(String cache) {
    return channel(cache).isTried();
  }

  @Override
  public String toString() {
    return "Backplane in Redis at %s, namespace '%s'".formatted(wire.where(), namespace);
  }
}
