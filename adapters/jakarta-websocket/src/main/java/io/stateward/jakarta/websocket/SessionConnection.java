package io.stateward.jakarta.websocket;

import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionClosedException;
import io.stateward.sync.spi.SerialListener;
import io.stateward.time.Timer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connection on a session of a container. */
final class SessionConnection implements Connection {

  /*
   * Concurrency: the container calls take() one at a time. What it was told of a send may come on
   * another thread, or never if the session dies first; `sending` is therefore settled by whoever
   * comes first, the container or the end.
   */

  final SerialListener told;
  private final Session session;
  private final SyncEndpoint settings;
  private final String name;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<@Nullable CompletableFuture<Void>> sending =
      new AtomicReference<>();
  private final AtomicReference<@Nullable Timer> patience = new AtomicReference<>();
  private final StringBuilder parts = new StringBuilder(); // of the container's calls

  SessionConnection(Session session, SyncEndpoint settings) {
    this.session = session;
    this.settings = settings;
    this.name = settings.path + " #" + session.getId();
    this.told =
        SerialListener.named(
            name, () -> close(CloseCode.INTERNAL.code(), "The server failed on what it was sent."));
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
      fail(sent, null);
      return sent;
    }
    try {
      session.getAsyncRemote().sendText(frame, result -> written(sent, result));
    } catch (RuntimeException e) { // the session is closed, which the container has yet to tell
      fail(sent, e);
      close(CloseCode.INTERNAL.code(), "A frame could not be sent.");
    }
    return sent;
  }

  private void written(CompletableFuture<Void> sent, SendResult result) {
    if (result.isOK()) {
      sending.compareAndSet(sent, null); // first, for whoever sends the next when told
      sent.complete(null);
    } else {
      fail(sent, result.getException());
      close(CloseCode.SLOW.code(), "A frame could not be sent.");
    }
  }

  private void fail(CompletableFuture<Void> sent, @Nullable Throwable failure) {
    sending.compareAndSet(sent, null);
    sent.completeExceptionally(new ConnectionClosedException(name, failure));
  }

  /** A part of a frame has come. */
  void take(String part, boolean last) {
    if (closing.get()) {
      return; // only the answer to our close frame matters now
    }
    if (parts.length() + part.length() > settings.maxFrameLength) {
      parts.setLength(0);
      close(
          CloseCode.TOO_LARGE.code(),
          "A frame has more than %d characters.".formatted(settings.maxFrameLength));
    } else if (!last) {
      parts.append(part);
    } else {
      String frame = parts.isEmpty() ? part : parts.append(part).toString();
      parts.setLength(0);
      told.onFrame(frame);
    }
  }

  void refuseBytes() {
    close(CloseReason.CloseCodes.CANNOT_ACCEPT.getCode(), "Frames are text here, not bytes.");
  }

  @Override
  public void close(int code, String reason) {
    CloseCode.requireSendable(code);
    CloseReason sent =
        new CloseReason(CloseReason.CloseCodes.getCloseCode(code), CloseCode.cut(reason));
    if (!closing.compareAndSet(false, true) || ended.get()) {
      return;
    }
    awaitAnswer();
    try {
      settings.executor.execute(() -> closeNow(sent));
    } catch (RejectedExecutionException e) { // the host is stopping; then it may block
      closeNow(sent);
    }
  }

  /** Containers may wait for the answer of a client that is gone until the session is idle. */
  private void awaitAnswer() {
    if (!settings.sendTimeout.isZero()) {
      patience.set(settings.timekeeper.schedule(settings.sendTimeout, this::giveUp));
      if (ended.get()) { // it did not see the timer
        cancelPatience();
      }
    }
  }

  private void giveUp() {
    end(CloseCode.ABNORMAL.code(), "The client did not answer the close.");
    try {
      session.setMaxIdleTimeout(1); // there is no other way to have the container let go of it
    } catch (RuntimeException e) { // it has, just now
      return;
    }
  }

  private void cancelPatience() {
    Timer timer = patience.getAndSet(null);
    if (timer != null) {
      timer.cancel();
    }
  }

  private void closeNow(CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException | RuntimeException e) { // it is broken, or closed by now
      end(CloseCode.ABNORMAL.code(), String.valueOf(e.getMessage()));
    }
  }

  /** The container says that it is over. */
  void end(int code, String reason) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    cancelPatience();
    CompletableFuture<Void> last = sending.get();
    if (last != null) {
      fail(last, new IOException("ended with " + code));
    }
    told.onClosed(code, reason);
  }

  @Override
  public String toString() {
    return name;
  }
}
