package io.stateward.sync.transport;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Probe;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One end of a connection in memory: sends into one pipe, empties the other. */
final class MemoryEnd implements Connection {

  private static final int LONGEST_REASON = 123; // bytes in UTF-8: RFC 6455, section 5.5.1

  private final MemoryConnection connection;
  private final MemoryNetwork network;
  private final MemoryPipe incoming; // guarded by the network's lock
  private final MemoryPipe outgoing; // guarded by the network's lock
  private boolean emptying; // guarded by the network's lock
  private boolean ended; // guarded by the network's lock: nothing is sent or told any more
  private @Nullable Parcel ending; // guarded by the network's lock: to be told, before all else
  @Nullable ConnectionListener listener; // set before the first frame, then confined to empty()
  @Nullable CompletableFuture<Connection> opened; // of a client; confined to empty()

  MemoryEnd(MemoryConnection connection, MemoryPipe incoming, MemoryPipe outgoing) {
    this.connection = connection;
    this.network = connection.network;
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  @Override
  public CompletionStage<Void> send(String frame) {
    RuntimeException unfit = problemOf(frame);
    if (unfit != null) {
      return CompletableFuture.failedFuture(unfit);
    }
    CompletableFuture<Void> taken;
    long due;
    network.lock.lock();
    try {
      if (ended || ending != null || outgoing.isSending()) {
        return CompletableFuture.failedFuture(refusal());
      }
      due = outgoing.add(Parcel.Kind.FRAME, frame, 0);
      taken = outgoing.taken();
    } finally {
      network.lock.unlock();
    }
    network.at(due, connection.otherThan(this)::awaken);
    return taken;
  }

  private static @Nullable RuntimeException problemOf(String frame) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(Objects.requireNonNull(frame, "frame"))
        ? null
        : new IllegalArgumentException(
            "A frame of %d characters has a lone surrogate, which no transport can carry. Refuse such text where it comes in."
                .formatted(frame.length()));
  }

  private RuntimeException refusal() {
    return outgoing.isSending()
        ? new IllegalStateException(
            "A frame was sent before the stage of the one before it was complete. Wait for it.")
        : closed();
  }

  private ClosedException closed() {
    return new ClosedException(
        "The connection of '%s'".formatted(connection.link.name()), "send", "Connect again.");
  }

  @Override
  public void close(int code, String reason) {
    checkCode(code);
    String said = cut(Objects.requireNonNull(reason, "reason"));
    long due;
    network.lock.lock();
    try {
      if (ended || ending != null) {
        return;
      }
      endNow(code, said);
      due = outgoing.add(Parcel.Kind.ENDED, said, code);
    } finally {
      network.lock.unlock();
    }
    awaken();
    network.at(due, connection.otherThan(this)::awaken);
  }

  private static void checkCode(int code) {
    boolean known = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
    if (!known && (code < 3000 || code > 4999)) {
      throw new IllegalArgumentException(
          "%d is no code that may be sent: take one from 1000 to 1003, 1007 to 1014 or 3000 to 4999 (RFC 6455, section 7.4)."
              .formatted(code));
    }
  }

  /** Cuts a reason to what fits, between code points. */
  private static String cut(String reason) {
    String cut = reason;
    while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  /** Lets this end be told of the end before anything else; called under the lock. */
  void endNow(int code, String reason) {
    if (!ended && ending == null) {
      ending = new Parcel(Parcel.Kind.ENDED, reason, code, 0);
    }
  }

  /** Empties the pipe on the executor, if anything has arrived and nobody does so already. */
  void awaken() {
    network.lock.lock();
    try {
      if (emptying || ended || (ending == null && !incoming.hasArrived())) {
        return;
      }
      emptying = true;
    } finally {
      network.lock.unlock();
    }
    network.executor.execute(this::empty);
  }

  private void empty() {
    for (Parcel parcel = next(); parcel != null; parcel = next()) {
      try {
        take(parcel);
      } catch (Throwable t) { // foreign code must not stop the network
        Probe.report(
            "the network in memory",
            "The listener of '%s' failed at '%s'; its connection is closed."
                .formatted(connection.link.name(), parcel.kind()),
            t);
        close(1011, "The listener failed.");
      }
    }
  }

  /** Returns what comes next; if there is nothing, stops emptying in the same breath. */
  private @Nullable Parcel next() {
    CompletableFuture<Void> freed = null;
    CompletableFuture<Void> failed = null;
    Parcel next;
    network.lock.lock();
    try {
      next = ended ? null : ending != null ? ending : incoming.poll();
      emptying = next != null;
      if (next != null) {
        freed = incoming.freed();
        failed = next.kind() == Parcel.Kind.ENDED ? finish() : null;
      }
    } finally {
      network.lock.unlock();
    }
    complete(freed, failed);
    return next;
  }

  /** Nothing goes on here after this; returns the stage that fails with it. */
  private @Nullable CompletableFuture<Void> finish() {
    ended = true;
    incoming.clear();
    if (connection.otherThan(this).ended) {
      connection.link.live.remove(connection);
    }
    return outgoing.endSending();
  }

  private void complete(
      @Nullable CompletableFuture<Void> freed, @Nullable CompletableFuture<Void> failed) {
    if (freed != null) {
      network.executor.execute(() -> freed.complete(null));
    }
    if (failed != null) {
      network.executor.execute(() -> failed.completeExceptionally(closed()));
    }
  }

  private void take(Parcel parcel) {
    switch (parcel.kind()) {
      case KNOCK -> answer();
      case OPENED -> opening().complete(this);
      case FRAME -> {
        for (String frame : incoming.pass(parcel.text())) {
          listening().onFrame(frame);
        }
      }
      case ENDED -> end(parcel);
    }
  }

  private CompletableFuture<Connection> opening() {
    return Objects.requireNonNull(opened, "the stage of a client");
  }

  private ConnectionListener listening() {
    return Objects.requireNonNull(listener, "the listener of an accepted connection");
  }

  /** Hands a connection that has come in to whoever listens. */
  private void answer() {
    MemoryNetwork.Door door = network.door(connection.link);
    if (door == null) {
      close(1013, "Nobody listens, or the link refuses connections.");
      return;
    }
    long due;
    network.lock.lock();
    try {
      due = outgoing.add(Parcel.Kind.OPENED, "", 0);
    } finally {
      network.lock.unlock();
    }
    listener =
        Objects.requireNonNull(
            door.accept.apply(this, connection.link.peer()), "the listener of a connection");
    network.at(due, connection.client::awaken);
  }

  private void end(Parcel parcel) {
    if (opened != null && !opened.isDone()) {
      opened.completeExceptionally(
          new ConnectException(
              "No connection for '%s': %s".formatted(connection.link.name(), parcel.text())));
    } else if (listener != null) {
      listener.onClosed(parcel.code(), parcel.text());
    }
  }
}
