/** The layered cache of Stateward. */
module io.stateward.cache {
  requires static org.jspecify;
  requires transitive io.stateward.core;
  requires com.github.benmanes.caffeine;

  exports io.stateward.cache;
  exports io.stateward.cache.http;
  exports io.stateward.cache.spi;
}
