package io.stateward.sync.spi;

import java.time.Duration;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link Transport}, and both ends of every {@link Connection}, obey. To check
 * a transport, extend this class and return a line from {@link #open}.
 *
 * <pre>{@code
 * final class MyTransportTest extends TransportContract {
 *   @Override
 *   public Line open(BiFunction<Connection, Peer, ConnectionListener> acceptor) {
 *     return new MyServer(acceptor);
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@DisplayName("A transport")
public abstract class TransportContract
    implements SendingRules, EndingRules, ListeningRules, OpeningRules {

  /** For subclasses. */
  protected TransportContract() {}

  /**
   * Starts a server, and returns what leads to it.
   *
   * @param acceptor takes its connections
   * @return the line; closed when the rule is done
   * @throws Exception if there is no starting it
   */
  @Override
  public abstract Line open(BiFunction<Connection, Peer, ConnectionListener> acceptor)
      throws Exception;

  /**
   * Returns how long to wait for what must happen before it counts as missing.
   *
   * @return the patience
   */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(20);
  }
}
