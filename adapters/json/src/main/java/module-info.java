/** What the adapters of JSON libraries share: the form that values have, and what is refused. */
module io.stateward.json {
  requires static org.jspecify;
  requires transitive io.stateward.core;
  requires com.fasterxml.jackson.annotation;

  exports io.stateward.json;
  exports io.stateward.json.spi;
}
