package io.stateward.sync.client;

import io.stateward.sync.transport.LinkGauge.Check;

/**
 * How much waits in a client to be written. While its outbox fails that grows with what is done and
 * heard, and with nothing else; else it is written.
 */
public final class ClientGauge {

  private static final int RECORDS = 3; // that follow from one change or one frame
  private static final int MORE = 64; // a client's own, and what a compaction begins with

  private final LiveClient client;
  private long causes;
  private long causesWhenEmpty;

  /**
   * Makes one.
   *
   * @param client the client
   */
  public ClientGauge(SyncClient client) {
    this.client = (LiveClient) client;
  }

  /**
   * Something was done, or heard, by which the outbox grows.
   *
   * @param count how many changes or frames
   */
  public void cause(int count) {
    causes += count;
  }

  /**
   * Looks at what waits.
   *
   * @param idle whether there is nothing that the client could do now
   * @param check is told of it, and how much may
   */
  public void look(boolean idle, Check check) {
    int waiting = client.outbox().waiting();
    int held = idle ? client.held() : 0;
    check.atMost("frames that wait for history", held, Hearing.MOST_HELD);
    if (idle && waiting == 0 && held == 0) { // else they have their consequences later
      causesWhenEmpty = causes;
    }
    long most = RECORDS * (causes - causesWhenEmpty) + MORE;
    check.atMost("records to be written", waiting, most);
    if (idle && !client.outbox().failing()) {
      check.atMost("records that nobody writes", waiting, 0);
    }
  }
}
