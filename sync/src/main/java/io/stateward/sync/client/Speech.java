package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.MessageWriter;
import io.stateward.sync.spi.Connection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says on a connection: one message at a time, of frames that are made when the
 * connection can take it, so that nothing waits in a queue; each document in its turn.
 *
 * <p>Thread safety: confined to the turn of the client.
 */
final class Speech {

  /** Whom it tells. */
  interface Listener {
    void inTurn(Runnable task);

    /** Ends a connection from here, and goes on as if it had been lost. */
    void drop(Link link, CloseCode code, String reason);

    boolean isCurrent(Link link);
  }

  private final SyncClientBuilder settings;
  private final String client;
  private final String key;
  private final Listener listener;
  private final Set<Replicated> ready = new LinkedHashSet<>();
  private final Set<String> unsubscribed = new LinkedHashSet<>();
  private @Nullable String held; // it did not go into the message before
  private @Nullable String waiting; // of a document: the hub has no room for it yet
  private boolean choosing;

  Speech(SyncClientBuilder settings, String client, String key, Listener listener) {
    this.settings = settings;
    this.client = client;
    this.key = key;
    this.listener = listener;
  }

  /** Forgets what was to be said on a connection that is gone. */
  void clear() {
    held = null;
    waiting = null;
    ready.clear();
    unsubscribed.clear();
  }

  /** A document may have something to say. */
  void wake(Link link, Replicated document) {
    if (ready.add(document)) {
      goOn(link);
    }
  }

  /** Says that a document is followed no more. */
  void forget(Link link, Replicated document) {
    ready.remove(document);
    unsubscribed.add(document.document());
    goOn(link);
  }

  /** Says what there is to say, as far as it may be said now. */
  void goOn(Link link) {
    Connection connection = link.connection;
    if (connection == null || link.sending || choosing || !listener.isCurrent(link)) {
      return;
    }
    choosing = true; // what is asked for the next frame may want to wake it
    MessageWriter message;
    try {
      message = gather(link);
    } finally {
      choosing = false;
    }
    if (message.frames() > 0) {
      send(link, connection, message.text());
    }
  }

  private MessageWriter gather(Link link) {
    // The hub counts bytes, of which a UTF-16 unit has at most three.
    MessageWriter message =
        new MessageWriter(Math.min(MessageWriter.MOST_CHARACTERS, link.largestFrame / 3));
    String frame = held == null ? next(link) : held;
    held = null;
    while (frame != null && message.add(frame)) {
      link.credit.sent(frame.length());
      frame = message.isFull() ? null : next(link);
    }
    held = frame;
    return message;
  }

  private void send(Link link, Connection connection, String text) {
    link.sending = true;
    try {
      connection
          .send(text)
          .whenComplete((done, failure) -> listener.inTurn(() -> sent(link, failure)));
    } catch (RuntimeException e) { // foreign code
      Probe.report(settings.name, "Its connection threw instead of failing; it is ended.", e);
      listener.drop(link, CloseCode.INTERNAL, "It could not be sent to.");
    }
  }

  private void sent(Link link, @Nullable Throwable failure) {
    link.sending = false;
    if (listener.isCurrent(link) && failure != null) {
      listener.drop(link, CloseCode.NORMAL, "It could not be sent to.");
    } else if (listener.isCurrent(link)) {
      goOn(link);
    }
  }

  private @Nullable String next(Link link) {
    if (!link.greeted) {
      return greeting(link);
    }
    Long pong = link.pongDue;
    if (pong != null) {
      link.pongDue = null;
      return Frames.encode(new Frame.Pong(pong));
    }
    if (link.pingDue || link.credit.isPingDue()) {
      return ping(link);
    }
    return link.welcomed ? withinCredit(link) : null;
  }

  /** The next frame of a document, which waits if the hub has no room for it yet. */
  private @Nullable String withinCredit(Link link) {
    String frame = waiting == null && link.credit.hasRoom(1) ? ofDocuments(link) : waiting;
    if (frame == null || link.credit.hasRoom(frame.length())) {
      waiting = null;
      return frame;
    }
    waiting = frame;
    return link.credit.isMarked() ? null : ping(link);
  }

  private static String ping(Link link) {
    link.pingDue = false;
    long number = ++link.pings;
    String text = Frames.encode(new Frame.Ping(number));
    link.credit.pings(number, text.length());
    return text;
  }

  private @Nullable String greeting(Link link) {
    link.greeted = true;
    Tree shown;
    try {
      shown = settings.credentials.get();
    } catch (RuntimeException e) { // foreign code
      Probe.report(settings.name, "Its credentials could not be had; it tries again.", e);
      listener.drop(link, CloseCode.NORMAL, "No credentials could be had.");
      return null;
    }
    return Frames.encode(new Frame.Hello(List.of(Frame.VERSION), client, key, shown));
  }

  private @Nullable String ofDocuments(Link link) {
    if (!unsubscribed.isEmpty()) {
      String document = unsubscribed.iterator().next();
      unsubscribed.remove(document);
      return Frames.encode(new Frame.Unsubscribe(document));
    }
    while (!ready.isEmpty()) {
      Replicated document = ready.iterator().next();
      ready.remove(document);
      Frame.OfClient frame = document.next(settings.window);
      if (frame != null) {
        ready.add(document); // behind the others
        String text = Frames.encode(frame);
        if (fits(link, document, frame, text)) {
          return text;
        }
      }
    }
    return null;
  }

  private boolean fits(Link link, Replicated document, Frame.OfClient frame, String text) {
    if (text.length() * 3L <= link.largestFrame) {
      return true;
    }
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes <= link.largestFrame) {
      return true;
    }
    if (frame instanceof Frame.Mutate mutate) {
      document.tell(following -> following.tooLarge(mutate.id(), bytes, link.largestFrame));
    } else {
      Probe.report(
          settings.name,
          "A frame of %d bytes is not sent, as the hub takes at most %d."
              .formatted(bytes, link.largestFrame),
          null);
    }
    return false;
  }
}
