/** What instances share through Redis or Valkey, on Lettuce. */
module io.stateward.redis {
  requires static org.jspecify;
  requires static transitive io.stateward.cache;
  requires transitive io.stateward.core;
  requires io.netty.common;
  requires lettuce.core;

  exports io.stateward.redis;
  exports io.stateward.redis.cache;
}
