/** Statecharts of Stateward: typed, pure, persistent, visible. */
module io.stateward.statemachine {
  requires static org.jspecify;
  requires transitive io.stateward.core;
  requires java.xml;

  exports io.stateward.statemachine;
  exports io.stateward.statemachine.analysis;
  exports io.stateward.statemachine.diagram;
  exports io.stateward.statemachine.durable;
  exports io.stateward.statemachine.scxml;
}
