package io.stateward.redis;

import io.stateward.redis.internal.Addresses;
import io.stateward.redis.internal.LettuceRedis;
import java.util.List;

/**
 * A Redis or Valkey, 6.2 or later: one server, one behind sentinels, or a cluster.
 *
 * <pre>{@code
 * try (Redis redis = Redis.connect("redis://localhost:6379").namespace("shop")) {
 *   redis.check(); // fails with what is wrong, if the application cannot do without it
 *   RedisLayer layer = RedisLayer.of(redis);
 *   RedisBackplane backplane = RedisBackplane.of(redis);
 * }
 * }</pre>
 *
 * <p>To make one asks nothing of the network: a Redis that is away when an application starts is
 * not in its way. Who uses it opens connections of its own and opens them again when they are lost,
 * after 10 ms, then twice as long each time, up to 1 s.
 *
 * <p>Addresses are {@code redis://user:password@host:6379/0}, {@code rediss://} with TLS, and
 * {@code redis-sentinel://host1,host2/0#master}. A question is given up after 2 s, and its
 * connection with it, unless the address says another time: {@code ?timeout=500ms}.
 *
 * <p>The user of the address needs the commands that are used, also in scripts: those of strings,
 * hashes, streams, sorted sets, publish and subscribe, {@code EVAL}, {@code EVALSHA}, {@code TIME},
 * {@code PTTL} and {@code INFO}, by which a server says that it is another one than before.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> A connection that is lost does not come back: what was asked on it fails, and
 * is never asked again on another. Passwords are in no message.
 *
 * @since 0.1
 */
public interface Redis extends AutoCloseable {

  /**
   * Returns the Redis at an address.
   *
   * @param address one server, or sentinels and the name of a master
   * @return it; nothing is connected yet
   * @throws IllegalArgumentException if it is no such address
   */
  static Redis connect(String address) {
    return LettuceRedis.of(Addresses.one(address));
  }

  /**
   * Returns a Redis Cluster.
   *
   * @param addresses of some of its nodes; at least one
   * @return it; nothing is connected yet
   * @throws IllegalArgumentException if one of them is no address
   */
  static Redis cluster(String... addresses) {
    return LettuceRedis.of(Addresses.several(List.of(addresses)));
  }

  /**
   * Returns this Redis with another namespace, in which all that is kept and said has its names.
   * Applications that are to share something have the same one. It is {@code stateward} unless this
   * is used.
   *
   * @param namespace the name; not blank
   * @return a view of this one; to close one of them closes both
   */
  Redis namespace(String namespace);

  /**
   * Waits for an answer, so that a wrong address or a wrong password is known at once.
   *
   * @return this
   * @throws RedisUnavailableException with what is wrong
   */
  Redis check();

  /** Ends all connections. Closing again does nothing. */
  @Override
  void close();
}
