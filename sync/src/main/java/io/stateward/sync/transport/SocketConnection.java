package io.stateward.sync.transport;

import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionClosedException;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.SerialListener;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connection on a WebSocket of the JDK. */
final class SocketConnection implements Connection, WebSocket.Listener {

  /*
   * Concurrency: the WebSocket calls one method of its listener at a time, and the next only when
   * it was asked to by request(1). Nothing is asked for before begin(), so no frame comes earlier.
   * An end may come from three sides: the other one's close frame, an error, and the time-out of
   * our own close; `ended` lets the first through.
   */

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final String name;
  private final int maxFrameLength;
  private final Timekeeper timekeeper;
  private final SerialListener told;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<@Nullable CompletableFuture<Void>> sending =
      new AtomicReference<>();
  private final AtomicReference<@Nullable Timer> patience = new AtomicReference<>();
  private final StringBuilder parts = new StringBuilder(); // of the listener's calls
  private volatile @Nullable WebSocket socket;
  private volatile @Nullable Throwable cause;

  SocketConnection(String name, int maxFrameLength, Timekeeper timekeeper) {
    this.name = name;
    this.maxFrameLength = maxFrameLength;
    this.timekeeper = timekeeper;
    this.told =
        SerialListener.named(
            name, () -> close(CloseCode.INTERNAL.code(), "The client failed on what it was sent."));
  }

  /** The handshake is done; nothing is read yet. */
  void open(WebSocket opened) {
    socket = opened;
  }

  /** Reads the first frame. */
  void begin(ConnectionListener listener) {
    told.release(listener);
    socket().request(1);
  }

  private WebSocket socket() {
    return Objects.requireNonNull(socket, "not open"); // nobody has the connection before open()
  }

  @Override
  public CompletionStage<Void> send(String frame) {
    Objects.requireNonNull(frame, "frame");
    CompletableFuture<Void> sent = new CompletableFuture<>();
    if (!sending.compareAndSet(null, sent)) {
      sent.completeExceptionally(
          new IllegalStateException(
              "A frame is being sent over %s. Wait for its stage before the next."
                  .formatted(name)));
      return sent;
    }
    if (closing.get() || ended.get()) { // looked at after `sending` was set, which end() reads
      fail(sent, cause);
      return sent;
    }
    CompletableFuture<WebSocket> unused =
        socket().sendText(frame, true).whenComplete((done, failure) -> written(sent, failure));
    return sent;
  }

  private void written(CompletableFuture<Void> sent, @Nullable Throwable failure) {
    if (failure != null) {
      fail(sent, failure);
      abort(failure);
    } else {
      sending.compareAndSet(sent, null); // first, for whoever sends the next when told
      sent.complete(null);
    }
  }

  private void fail(CompletableFuture<Void> sent, @Nullable Throwable failure) {
    sending.compareAndSet(sent, null);
    sent.completeExceptionally(new ConnectionClosedException(name, failure));
  }

  @Override
  public void close(int code, String reason) {
    int sendable = SendableCodes.of(CloseCode.requireSendable(code));
    String sentence = CloseCode.cut(reason);
    if (!closing.compareAndSet(false, true) || ended.get()) {
      return;
    }
    patience.set(
        timekeeper.schedule(
            CLOSE_TIMEOUT, () -> abort(new IOException("no answer to our close frame"))));
    if (ended.get()) { // it did not see the timer
      cancelPatience();
    }
    CompletableFuture<WebSocket> unused =
        socket()
            .sendClose(sendable, sentence)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    abort(failure);
                  }
                });
  }

  private void abort(Throwable failure) {
    socket().abort();
    end(CloseCode.ABNORMAL.code(), sentence(failure), failure);
  }

  private void end(int code, String reason, @Nullable Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    cause = failure;
    cancelPatience();
    CompletableFuture<Void> last = sending.get();
    if (last != null) {
      fail(last, failure);
    }
    told.onClosed(code, reason);
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private void cancelPatience() {
    Timer timer = patience.getAndSet(null);
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {} // and read nothing yet

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    if (closing.get()) {
      parts.setLength(0); // only the answer to our close frame matters now
    } else if (parts.length() + data.length() > maxFrameLength) {
      close(
          CloseCode.TOO_LARGE.code(),
          "A frame has more than %d characters.".formatted(maxFrameLength));
    } else {
      take(data, last);
    }
    from.request(1);
    return null;
  }

  private void take(CharSequence data, boolean last) {
    if (!last) {
      parts.append(data);
      return;
    }
    String frame = parts.isEmpty() ? data.toString() : parts.append(data).toString();
    parts.setLength(0);
    told.onFrame(frame);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    close(CloseCode.requireSendable(1003), "Frames are text here, not bytes.");
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end(code == 1005 ? CloseCode.ABNORMAL.code() : code, reason, null);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    end(CloseCode.ABNORMAL.code(), sentence(failure), failure);
  }

  @Override
  public String toString() {
    return name;
  }
}
