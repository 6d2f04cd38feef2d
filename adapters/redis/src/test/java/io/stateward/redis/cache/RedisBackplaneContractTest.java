package io.stateward.redis.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.BackplaneContract;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.signal.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** To listen does not wait for Redis, so the test does, before it sends. */
final class RedisBackplaneContractTest extends BackplaneContract implements Backplane {

  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RedisServerFixture server;
  private final Redis redis =
      Redis.connect(server.address()).namespace("test" + TESTS.incrementAndGet());
  private final RedisBackplane backplane = RedisBackplane.of(redis);
  private final Thread test = Thread.currentThread();
  private final AtomicInteger marks = new AtomicInteger();
  private final Set<Long> heard = ConcurrentHashMap.newKeySet();

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
  }

  @AfterAll
  static void stop() {
    server.close();
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

  /** Sends a mark after what was sent, on the same connections, and waits for it. */
  @Override
  protected void settle() {
    if (!backplane.isTried("marks")) {
      backplane.listen("marks", message -> heard.add(message.head().sequence()));
      RedisServerFixture.await("a ping", () -> backplane.isTried("marks"));
    }
    long mark = marks.incrementAndGet();
    backplane.send("marks", new Message(1, new Head(1, mark), new Invalidation.All()));
    RedisServerFixture.await("mark " + mark, () -> heard.contains(mark));
  }
}
