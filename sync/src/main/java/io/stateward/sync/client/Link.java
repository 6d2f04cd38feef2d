package io.stateward.sync.client;

import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a connection, and the connection that comes of it.
 *
 * <p>Thread safety: the fields are confined to the turn of the client; the transport calls from any
 * thread.
 */
final class Link implements ConnectionListener {

  /** How many characters may wait to be taken in before the connection is given up. */
  private static final long MOST_WAITING = 128L << 20;

  /** Whom it tells, in the turn of the client. */
  interface Owner {
    void inTurn(Runnable task);

    void received(Link link, String frame);

    void lost(Link link, int code, String reason);

    void drop(Link link, CloseCode code, String reason);
  }

  private final Owner owner;
  private final AtomicLong waiting = new AtomicLong();
  @Nullable Connection connection;
  boolean greeted;
  boolean welcomed;
  boolean sending;
  long largestFrame = Long.MAX_VALUE;
  long heartbeatNanos;
  long heard;
  long pings;
  Credit credit = Credit.unlimited();
  boolean pingDue;
  @Nullable Long pongDue;

  Link(Owner owner) {
    this.owner = owner;
  }

  @Override
  public void onFrame(String frame) {
    if (waiting.addAndGet(frame.length()) > MOST_WAITING) {
      owner.inTurn(() -> owner.drop(this, CloseCode.SLOW, "More came than could be taken in."));
      return;
    }
    owner.inTurn(
        () -> {
          waiting.addAndGet(-frame.length());
          owner.received(this, frame);
        });
  }

  @Override
  public void onClosed(int code, String reason) {
    owner.inTurn(() -> owner.lost(this, code, reason));
  }
}
