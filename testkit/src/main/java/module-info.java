/**
 * What users of Stateward test with. Depends on the core, and optionally on each module whose
 * faults it plays.
 */
module io.stateward.testkit {
  requires static org.jspecify;
  requires transitive io.stateward.core;
  requires static transitive io.stateward.cache;
  requires static transitive io.stateward.statemachine;
  requires static transitive org.junit.jupiter.api;

  exports io.stateward.testkit;
  exports io.stateward.testkit.cache;
  exports io.stateward.testkit.net;
  exports io.stateward.testkit.statemachine;
}
