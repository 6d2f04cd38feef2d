package io.stateward.sync.spi;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server's transport knows of whoever connects, before the first frame.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param address where the connection comes from, for messages; perhaps empty
 * @param principal who the container says it is, or null if nobody was authenticated
 * @param attributes what else the host put there: parameters of the request, an id of a session
 * @since 0.1
 */
public record Peer(String address, @Nullable String principal, Map<String, String> attributes) {

  /**
   * Checks and copies.
   *
   * @param address where the connection comes from, for messages; perhaps empty
   * @param principal who the container says it is, or null if nobody was authenticated
   * @param attributes what else the host put there: parameters of the request, an id of a session
   */
  public Peer {
    Objects.requireNonNull(address, "address");
    attributes = Map.copyOf(attributes);
  }

  /**
   * Returns a peer of which only the address is known.
   *
   * @param address where it comes from
   * @return the peer, nobody in particular
   */
  public static Peer at(String address) {
    return new Peer(address, null, Map.of());
  }
}
