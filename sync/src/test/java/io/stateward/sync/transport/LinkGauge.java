package io.stateward.sync.transport;

import io.stateward.sync.transport.MemoryLink.Direction;

/** How much is on its way on a line. */
public final class LinkGauge {

  private static final int ENDS = 3; // what opens, closes and ends a connection is no message

  private LinkGauge() {}

  /** Is told of each amount and its limit. */
  public interface Check {
    /**
     * Takes an amount.
     *
     * @param what of what
     * @param amount how much there is
     * @param limit how much there may be
     */
    void atMost(String what, long amount, long limit);
  }

  /**
   * Looks at all connections of a line.
   *
   * @param link the line
   * @param check is told of what is on its way, and how much may be
   */
  public static void look(MemoryLink link, Check check) {
    link.network.lock.lock();
    try {
      for (MemoryConnection each : link.live) {
        for (Direction direction : Direction.values()) {
          int most = link.quality(direction).window + 1 + ENDS; // one waits for room
          check.atMost("messages under way", each.underWay(direction), most);
        }
      }
    } finally {
      link.network.lock.unlock();
    }
  }
}
