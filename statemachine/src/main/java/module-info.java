/** Statecharts of Stateward: typed, pure, persistent, visible. */
module io.stateward.statemachine {
  requires static org.jspecify;
  requires transitive io.stateward.core;

  exports io.stateward.statemachine;
  exports io.stateward.statemachine.analysis;
}
