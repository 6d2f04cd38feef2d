package io.stateward.sync.hub;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where somebody connects, as far as one machine cannot choose it at will.
 *
 * <p>Thread safety: it has no state.
 */
final class Network {

  private static final int PREFIX = 8; // bytes of an IPv6 address that a network has in common
  private static final String HOST = "(?:[^/:]*/)?"; // of java.net.InetSocketAddress
  private static final Pattern VERSION_4 =
      Pattern.compile(HOST + "(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d+)?");
  private static final String DIGITS = "([\\p{XDigit}.]*:[\\p{XDigit}:.]*)(?:%[^\\[\\]]*)?";
  private static final Pattern VERSION_6 = Pattern.compile(HOST + DIGITS);
  private static final Pattern VERSION_6_IN_BRACKETS =
      Pattern.compile(HOST + "\\[" + DIGITS + "](?::\\d+)?");

  private Network() {}

  /**
   * Returns what the addresses of one machine have in common: of IPv6 the first 64 bits, since each
   * machine has all addresses below them (RFC 4291, section 2.5.1); of IPv4 the address. The port
   * and the zone are none of it, which each connection has its own of. What is no address, such as
   * a name that a transport gives, is itself.
   */
  static String of(String address) {
    Matcher version4 = VERSION_4.matcher(address);
    if (version4.matches()) {
      return version4.group(1);
    }
    Matcher bare = VERSION_6.matcher(address);
    Matcher version6 = bare.matches() ? bare : VERSION_6_IN_BRACKETS.matcher(address);
    return version6.matches() ? ofVersion6(version6.group(1), address) : address;
  }

  private static String ofVersion6(String digits, String otherwise) {
    try {
      byte[] bytes = InetAddress.getByName("[" + digits + "]").getAddress(); // so nobody is asked
      return bytes.length > 4
          ? HexFormat.of().formatHex(bytes, 0, PREFIX)
          : InetAddress.getByAddress(bytes).getHostAddress(); // IPv4 within IPv6
    } catch (UnknownHostException e) { // it only looks like one
      return otherwise;
    }
  }
}
