package io.stateward.benchmarks.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Counts the messages that are published in a Redis, on whatever channel. */
final class Published implements AutoCloseable {

  private static final String MARK = "benchmark-mark";
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final RedisClient client;
  private final StatefulRedisPubSubConnection<String, String> listening;
  private final StatefulRedisConnection<String, String> marking;
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong marks = new AtomicLong();

  Published(String address) {
    client = RedisClient.create(address);
    listening = client.connectPubSub();
    marking = client.connect();
    listening.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String pattern, String channel, String message) {
            (channel.equals(MARK) ? marks : messages).incrementAndGet();
          }
        });
    listening.sync().psubscribe("*");
  }

  /** How many there have been, when there has been time for those that were not waited for. */
  long count() {
    LockSupport.parkNanos(QUIET_NANOS);
    long wanted = marks.get() + 1;
    marking.sync().publish(MARK, "");
    while (marks.get() < wanted) { // messages of one listener are in order
      Thread.onSpinWait();
    }
    return messages.get();
  }

  @Override
  public void close() {
    listening.close();
    marking.close();
    client.shutdown();
  }
}
