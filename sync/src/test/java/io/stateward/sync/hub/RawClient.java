package io.stateward.sync.hub;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Messages;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client that says exactly what a test says, and notes what it hears. */
final class RawClient implements Connection {

  final String name;
  final List<Frame> heard = new ArrayList<>();
  private final ConnectionListener hub;
  private final List<CompletableFuture<Void>> unread = new ArrayList<>();
  boolean reads = true;
  int underWay;
  volatile int messages;
  @Nullable Integer closed;
  String closedBecause = "";

  private RawClient(SyncHub hub, String name, Peer peer) {
    this.name = name;
    this.hub = hub.accept(this, peer);
  }

  static RawClient silent(SyncHub hub, String name) {
    return silent(hub, name, Peer.at("test"));
  }

  static RawClient silent(SyncHub hub, String name, Peer peer) {
    return new RawClient(hub, name, peer);
  }

  static RawClient of(SyncHub hub, String name, String principal) {
    RawClient client = new RawClient(hub, name, new Peer("test", principal, java.util.Map.of()));
    client.say(hello(name, null));
    return client;
  }

  /** What a client of a name says first; its key is made of its name. */
  static Frame.Hello hello(String name, @Nullable Tree credentials) {
    return new Frame.Hello(List.of(1), name, "the secret key of " + name, credentials);
  }

  static RawClient of(SyncHub hub, String name) {
    return of(hub, name, name);
  }

  @Override
  public synchronized CompletionStage<Void> send(String frame) {
    if (closed != null) {
      return CompletableFuture.failedFuture(new IllegalStateException("closed"));
    }
    underWay++;
    if (underWay > 1) {
      throw new IllegalStateException("two frames are under way");
    }
    messages++;
    Messages.ofHub(frame, JsonLimits.standard()).forEachRemaining(heard::add);
    if (reads) {
      underWay--;
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> taken = new CompletableFuture<>();
    unread.add(taken);
    return taken;
  }

  /** Takes the frame that is under way, and those that follow if it is to. */
  void read(boolean andGoOn) {
    List<CompletableFuture<Void>> taken;
    synchronized (this) {
      reads = andGoOn;
      taken = List.copyOf(unread);
      unread.clear();
      underWay = 0;
    }
    taken.forEach(each -> each.complete(null));
  }

  @Override
  public void close(int code, String reason) {
    if (closed == null) {
      closed = code;
      closedBecause = reason;
      hub.onClosed(code, reason);
    }
  }

  /** The connection is gone without a word. */
  void vanish() {
    if (closed == null) {
      closed = 1006;
      hub.onClosed(1006, "");
    }
  }

  void say(Frame frame) {
    hub.onFrame(Frames.encode(frame));
  }

  void sayText(String text) {
    hub.onFrame(text);
  }

  void subscribe(String document) {
    say(new Frame.Subscribe(document, "list", null));
  }

  void subscribe(String document, Position at) {
    say(new Frame.Subscribe(document, "list", at));
  }

  /** Adds a text, as made after everything this client has heard, with the next id from 1. */
  void add(String document, long id, String text) {
    add(document, id, text, 0);
  }

  void add(String document, long id, String text, long afterRejection) {
    Position at = position(document);
    say(new Frame.Mutate(document, at.epoch(), id, at.sequence(), afterRejection, Tree.of(text)));
  }

  /** Where this client is, as far as it has heard. */
  Position position(String document) {
    Position at = new Position("none", 0);
    for (Frame each : heard) {
      if (each instanceof Frame.Snapshot is && is.document().equals(document)) {
        at = is.at();
      } else if (each instanceof Frame.Resumed is && is.document().equals(document)) {
        at = is.at();
      } else if (each instanceof Frame.Update is && is.document().equals(document)) {
        at = new Position(at.epoch(), is.sequence());
      } else if (each instanceof Frame.Acknowledged is
          && is.level() == io.stateward.sync.protocol.Level.DURABLE
          && is.document().equals(document)) {
        at = new Position(at.epoch(), Math.max(at.sequence(), is.sequence()));
      }
    }
    return at;
  }

  <F extends Frame> List<F> heard(Class<F> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <F extends Frame> F last(Class<F> kind) {
    List<F> all = heard(kind);
    if (all.isEmpty()) {
      throw new AssertionError(
          "No %s among %s, closed %s %s"
              .formatted(kind.getSimpleName(), heard, closed, closedBecause));
    }
    return all.get(all.size() - 1);
  }

  /** The texts that this client has of a document. */
  List<String> texts(String document, List<String> own) {
    List<String> texts = new ArrayList<>();
    for (Frame each : heard) {
      if (each instanceof Frame.Snapshot is && is.document().equals(document)) {
        texts.clear();
        is.state().asArray().elements().forEach(text -> texts.add(text.asString()));
      } else if (each instanceof Frame.Update is && is.document().equals(document)) {
        texts.add(is.change().asString());
      } else if (each instanceof Frame.Acknowledged is
          && is.level() == io.stateward.sync.protocol.Level.DURABLE
          && is.document().equals(document)) {
        texts.add(is.change() == null ? own.get((int) is.id() - 1) : is.change().asString());
      }
    }
    return texts;
  }
}
