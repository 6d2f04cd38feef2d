/** The kernel and the typed store of Stateward. */
module io.stateward.core {
  requires static org.jspecify;
  requires org.slf4j;

  exports io.stateward.collection;
}
