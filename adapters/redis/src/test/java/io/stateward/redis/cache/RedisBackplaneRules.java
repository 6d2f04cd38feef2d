package io.stateward.redis.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.BackplaneContract;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The rules. To listen does not wait for Redis, so the test does, before it sends. */
abstract class RedisBackplaneRules extends BackplaneContract implements Backplane {

  private static final AtomicInteger TESTS = new AtomicInteger();
  private Redis redis;
  private RedisBackplane backplane;
  private final Thread test = Thread.currentThread();
  private final AtomicInteger marks = new AtomicInteger();
  private final Set<Long> heard = ConcurrentHashMap.newKeySet();

  /** Makes a Redis of the same place for all tests. */
  abstract Redis redis();

  /** Names of caches of whose messages at least one goes through each node. */
  abstract List<String> marked();

  @BeforeEach
  void connect() {
    redis = redis().namespace("test" + TESTS.incrementAndGet());
    backplane = RedisBackplane.of(redis);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  protected Backplane backplane() {
    return this;
  }

  @Override
  public Subscription listen(String cache, Consumer<Message> listener) {
    Subscription listening = backplane.listen(cache, listener);
    if (Thread.currentThread() == test) { // and not a listener, which must not wait
      RedisServerFixture.await("a ping", () -> backplane.isTried(cache));
    }
    return listening;
  }

  @Override
  public void send(String cache, Message message) {
    backplane.send(cache, message);
  }

  /** Sends marks after what was sent, on the same connections, and waits for them. */
  @Override
  protected void settle() {
    List<Long> sent = marked().stream().map(this::mark).toList();
    RedisServerFixture.await("marks", () -> heard.containsAll(sent));
  }

  private long mark(String cache) {
    if (!backplane.isTried(cache)) {
      backplane.listen(cache, message -> heard.add(message.head().sequence()));
      RedisServerFixture.await("a ping", () -> backplane.isTried(cache));
    }
    long mark = marks.incrementAndGet();
    backplane.send(cache, new Message(1, new Head(1, mark), new Invalidation.All()));
    return mark;
  }
}
