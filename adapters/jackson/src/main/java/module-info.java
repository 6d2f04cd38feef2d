/** Codecs on Jackson 3. */
module io.stateward.jackson {
  requires static org.jspecify;
  requires transitive io.stateward.json;
  requires transitive tools.jackson.databind;
  requires com.fasterxml.jackson.annotation;

  exports io.stateward.jackson;
}
