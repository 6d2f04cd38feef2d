package io.stateward.jakarta.websocket;

import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Line;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.spi.TransportContract;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The JDK's WebSocket and Tomcat")
final class TomcatContractTest extends TransportContract {

  @Override
  public Line open(BiFunction<Connection, Peer, ConnectionListener> acceptor) {
    return TestServer.tomcat(SyncEndpoint.at("/sync", acceptor).build());
  }
}
