/** Live documents served by any container of Jakarta WebSocket. */
module io.stateward.jakarta.websocket {
  requires static org.jspecify;
  requires static transitive jakarta.websocket; // the container's, which may call it otherwise
  requires static transitive jakarta.websocket.client;
  requires transitive io.stateward.core;
  requires transitive io.stateward.sync;

  exports io.stateward.jakarta.websocket;
}
