package io.stateward.sync.hub;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * From where somebody connects, as far as one machine cannot choose it at will.
 *
 * <p>Thread safety: it has no state.
 */
final class Network {

  private static final int PREFIX = 8; // bytes of an IPv6 address that a network has in common

  private Network() {}

  /**
   * Returns what the addresses of one machine have in common: of IPv6 the first 64 bits, since each
   * machine has all addresses below them (RFC 4291, section 2.5.1); of anything else all of it.
   */
  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress(); // with a colon nobody is asked
      return bytes.length > 4
          ? HexFormat.of().formatHex(bytes, 0, PREFIX)
          : InetAddress.getByAddress(bytes).getHostAddress(); // IPv4 within IPv6
    } catch (UnknownHostException e) { // no address: a name that a transport gives
      return address;
    }
  }
}
