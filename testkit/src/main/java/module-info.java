/** What users of Stateward test with. Depends on the core alone. */
module io.stateward.testkit {
  requires static org.jspecify;
  requires transitive io.stateward.core;

  exports io.stateward.testkit;
}
