package io.stateward.sync.protocol;

/**
 * Why a connection was closed, and whether to come back: the codes of WebSocket (RFC 6455, section
 * 7.4) that this protocol uses, and its own from 4400 on.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum CloseCode {
  /** Done; the client closed by itself. */
  NORMAL(1000, true),

  /** The server is going away, such as for a restart. */
  GOING_AWAY(1001, true),

  /** The connection ended without a word. Never sent. */
  ABNORMAL(1006, true),

  /** Something went wrong in the server. */
  INTERNAL(1011, true),

  /** The server restarts; the reason may begin with {@code retry-after=} and milliseconds. */
  RESTART(1012, true),

  /**
   * The server has too much to do; the reason may begin with {@code retry-after=} and milliseconds.
   */
  BUSY(1013, true),

  /** Nothing was heard for too long. */
  SILENT(4000, true),

  /** The client does not read what it is sent. */
  SLOW(4001, true),

  /** A frame was no frame of this protocol. */
  MALFORMED(4400, false),

  /** The credentials are not good, or no longer. */
  UNAUTHENTICATED(4401, false),

  /** The client may not connect at all. */
  FORBIDDEN(4403, false),

  /** There is no version of the protocol that both sides speak. */
  VERSION(4406, false),

  /**
   * Another connection came with the same client id, and took over. It may be one of the same
   * client, given up and taken late: so a client comes back once, after a while, and not if it
   * happens again within 30 seconds.
   */
  REPLACED(4409, false),

  /** A frame was longer than the limit. */
  TOO_LARGE(4413, false),

  /** The client sends more than it may. */
  FLOOD(4429, true);

  private static final int LONGEST_REASON = 123; // RFC 6455, section 5.5: 125 with the code
  private static final int REPLACEMENT = 0xFFFD;

  private final int code;
  private final boolean returning;

  CloseCode(int code, boolean returning) {
    this.code = code;
    this.returning = returning;
  }

  /**
   * Returns the number that is sent.
   *
   * @return the code
   */
  public int code() {
    return code;
  }

  /**
   * Returns whether the client should connect again, after a while.
   *
   * @param code a close code, of any origin
   * @return false for 4400 to 4499 but 4429 (after 4409 come back once, see {@link #REPLACED}), for
   *     1002, 1003, 1007, 1008, 1009 and 1010; true otherwise
   */
  public static boolean comeBack(int code) {
    for (CloseCode known : values()) {
      if (known.code == code) {
        return known.returning;
      }
    }
    boolean ours = code >= 4400 && code <= 4499;
    boolean misuse = code == 1002 || code == 1003 || (code >= 1007 && code <= 1010);
    return !ours && !misuse;
  }

  /**
   * Checks a code that is to be sent.
   *
   * @param code a close code, of any origin
   * @return the code
   * @throws IllegalArgumentException if it is none of 1000 to 1003, 1007 to 1014 and 3000 to 4999,
   *     which are those that may be sent (RFC 6455, section 7.4)
   */
  public static int requireSendable(int code) {
    boolean defined = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
    if (!defined && (code < 3000 || code > 4999)) {
      throw new IllegalArgumentException(
          "A connection cannot be closed with %d. Codes from 1000 to 1003, from 1007 to 1014 and"
                  .formatted(code)
              + " from 3000 to 4999 can be sent.");
    }
    return code;
  }

  /**
   * Returns a reason as it fits into a close frame.
   *
   * @param reason a sentence
   * @return as much of its beginning as is at most 123 bytes in UTF-8, in whole code points; lone
   *     surrogates are replaced
   */
  public static String cut(String reason) {
    StringBuilder cut = new StringBuilder();
    int bytes = 0;
    for (int at = 0; at < reason.length(); at = reason.offsetByCodePoints(at, 1)) {
      int point = reason.codePointAt(at);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > LONGEST_REASON) {
        break;
      }
      boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      cut.appendCodePoint(lone ? REPLACEMENT : point);
    }
    return cut.toString();
  }
}
