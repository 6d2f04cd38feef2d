package io.stateward.sync.spi;

import java.time.Duration;
import java.util.function.BiFunction;

/** The contract of a transport, on one with a flaw. Run by {@link TransportContractIsSharpTest}. */
final class FlawedTransportFixture extends TransportContract {

  static TransportFlaw flaw = TransportFlaw.NONE;

  @Override
  public Line open(BiFunction<Connection, Peer, ConnectionListener> acceptor) {
    return new FlawedTransport(flaw, acceptor);
  }

  @Override
  public Duration patience() {
    return flaw == TransportFlaw.NONE ? Duration.ofSeconds(20) : Duration.ofMillis(300);
  }
}
