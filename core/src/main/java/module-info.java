/** The kernel and the typed store of Stateward. */
module io.stateward.core {
  requires static org.jspecify;
  requires transitive org.slf4j;

  exports io.stateward.codec;
  exports io.stateward.collection;
  exports io.stateward.flow;
  exports io.stateward.history;
  exports io.stateward.merge;
  exports io.stateward.optimistic;
  exports io.stateward.persist;
  exports io.stateward.scope;
  exports io.stateward.signal;
  exports io.stateward.store;
  exports io.stateward.time;
}
