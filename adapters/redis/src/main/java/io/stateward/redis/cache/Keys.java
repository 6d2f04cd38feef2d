package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The names of what a cache has in Redis.
 *
 * <p>They begin with the wire version. What is in braces decides about the slot of a cluster, so
 * all that a bucket has is in one.
 *
 * <pre>
 *   sw1:{namespace:cache:7}:m       meta: a string of epoch, number, history of the server, form
 *   sw1:{namespace:cache:7}:l       log: a stream whose ids are the numbers
 *   sw1:{namespace:cache:0}:w       marks of tags and prefixes, in the wide bucket alone
 *   sw1:{namespace:cache:7}:e:key   entry: a string that expires
 *   sw1:{namespace:cache:7}:c:key   claims: the lease and the intents
 *   sw1:{namespace:cache:7}:f:key   fence: the version that the source has at least
 * </pre>
 */
final class Keys {

  static final String PREFIX = "sw1:";

  final String cache;
  private final String start;

  Keys(String namespace, String cache) {
    this.cache = cache;
    this.start = PREFIX + '{' + escaped(namespace) + ':' + escaped(cache) + ':';
  }

  /** Leaves out what has a meaning in a name. */
  static String escaped(String name) {
    return name.replace("%", "%25").replace("{", "%7B").replace("}", "%7D").replace(":", "%3A");
  }

  byte[] meta(int bucket) {
    return name(bucket, ":m");
  }

  byte[] log(int bucket) {
    return name(bucket, ":l");
  }

  byte[] marks(int bucket) {
    return name(bucket, ":w");
  }

  byte[] entry(int bucket, String key) {
    return name(bucket, ":e:" + key);
  }

  byte[] claims(int bucket, String key) {
    return name(bucket, ":c:" + key);
  }

  byte[] fence(int bucket, String key) {
    return name(bucket, ":f:" + key);
  }

  private byte[] name(int bucket, String rest) {
    return (start + bucket + '}' + rest).getBytes(UTF_8);
  }
}
