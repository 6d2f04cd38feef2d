/**
 * Live and offline documents of Stateward: text, records and replicated values, over any transport.
 */
module io.stateward.sync {
  requires static org.jspecify;
  requires transitive io.stateward.core;
  requires java.net.http;

  exports io.stateward.sync.client;
  exports io.stateward.sync.crdt;
  exports io.stateward.sync.hub;
  exports io.stateward.sync.protocol;
  exports io.stateward.sync.record;
  exports io.stateward.sync.spi;
  exports io.stateward.sync.text;
  exports io.stateward.sync.transport;
}
