/** Codecs on Jackson 2. */
@SuppressWarnings("module") // the digit is that of the library
module io.stateward.jackson2 {
  requires static org.jspecify;
  requires transitive io.stateward.json;
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.annotation;

  exports io.stateward.jackson2;
}
