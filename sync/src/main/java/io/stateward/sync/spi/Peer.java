package io.stateward.sync.spi;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server's transport knows of whoever connects, before the first frame.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>What an address is worth.</b> A hub limits how many connections come from one, or from one
 * network of IPv6. It is the other end of the socket, so behind a proxy it is the proxy's, the same
 * for all, unless the transport was told how to learn of the client's. What a request says of
 * itself ({@code X-Forwarded-For}) anybody can write; it is worth something only if a proxy of the
 * host's sets it.
 *
 * @param address the address that the connection comes from, without a port; empty if it is not
 *     known
 * @param principal who the container says it is, or null if nobody was authenticated
 * @param attributes what else the host put there: parameters of the request, an id of a session
 * @since 0.1
 */
public record Peer(String address, @Nullable String principal, Map<String, String> attributes) {

  /**
   * Checks and copies.
   *
   * @param address the address that the connection comes from, without a port; empty if it is not
   *     known
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
