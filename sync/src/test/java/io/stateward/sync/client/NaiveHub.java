package io.stateward.sync.client;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Messages;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A hub in a few lines, of documents to which lines are appended; a line that begins with "bad" is
 * refused. What it says is delivered at once, or when a test says so; what it hears is kept.
 */
final class NaiveHub implements Transport {

  /** One document. */
  static final class Document {
    String epoch = "e1";
    final List<Frame.Update> events = new ArrayList<>();
    final Map<String, Long> last = new HashMap<>();
    final Map<String, Long> refused = new HashMap<>();
    final Map<String, Frame.OfHub> answers = new HashMap<>();
    boolean forgetful;
    @Nullable String renamed; // the name of the epoch from the next subscription on

    List<String> lines() {
      return events.stream().map(each -> each.change().asString()).toList();
    }

    Tree state() {
      return Tree.array(events.stream().map(Frame.Update::change).toList());
    }

    Position now() {
      return new Position(epoch, events.size());
    }
  }

  final Map<String, Document> documents = new HashMap<>();
  final List<Frame.OfClient> heard = new ArrayList<>();
  final Deque<Line> lines = new ArrayDeque<>();
  boolean silent; // hears, and says nothing
  boolean deaf; // does not even welcome
  boolean applyOnly; // nothing becomes durable
  boolean manual; // what it says waits for deliver()
  @Nullable RuntimeException unreachable;
  Predicate<Frame.OfHub> filter = frame -> true; // what is not lost on the way
  long largestFrame = 1 << 20;
  long waitingCharacters = 8 << 20;

  /** One connection. */
  final class Line implements Connection {
    final ConnectionListener listener;
    final Deque<String> waiting = new ArrayDeque<>();
    String client = "";
    boolean open = true;
    boolean holds; // what is sent stays under way
    int messages;
    private @Nullable CompletableFuture<Void> held;
    int closedBy;
    final Map<String, Boolean> subscribed = new HashMap<>();

    Line(ConnectionListener listener) {
      this.listener = listener;
    }

    @Override
    public CompletionStage<Void> send(String text) {
      if (!open) {
        return CompletableFuture.failedFuture(new IllegalStateException("It is closed."));
      }
      Messages.ofClient(text, JsonLimits.standard())
          .forEachRemaining(
              frame -> {
                heard.add(frame);
                if (!silent) {
                  hear(this, frame);
                }
              });
      messages++;
      held = holds ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
      return held;
    }

    void release() {
      holds = false;
      CompletableFuture<Void> sent = held;
      if (sent != null) {
        sent.complete(null);
      }
    }

    @Override
    public void close(int code, String reason) {
      closedBy = code;
      cut(1000, "");
    }

    void cut(int code, String reason) {
      if (open) {
        open = false;
        listener.onClosed(code, reason);
      }
    }

    void say(Frame.OfHub frame) {
      if (filter.test(frame)) {
        saySo(Frames.encode(frame));
      }
    }

    void saySo(String text) {
      waiting.add(text);
      if (!manual) {
        deliver();
      }
    }

    void deliver() {
      for (String text = waiting.poll(); text != null; text = waiting.poll()) {
        if (open) {
          listener.onFrame(text);
        }
      }
    }
  }

  @Override
  public CompletionStage<Connection> connect(ConnectionListener listener) {
    if (unreachable != null) {
      return CompletableFuture.failedFuture(unreachable);
    }
    Line line = new Line(listener);
    lines.addLast(line);
    return CompletableFuture.completedFuture(line);
  }

  Line line() {
    return lines.getLast();
  }

  Document document(String id) {
    return documents.computeIfAbsent(id, each -> new Document());
  }

  List<Long> mutationsHeard() {
    return heard.stream()
        .filter(Frame.Mutate.class::isInstance)
        .map(each -> ((Frame.Mutate) each).id())
        .toList();
  }

  <T extends Frame.OfClient> List<T> heard(Class<T> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Somebody else appends a line. */
  void append(String document, String text) {
    Document to = document(document);
    accept(document, to, "somebody", to.events.size() + 1, to.events.size(), Tree.of(text), null);
  }

  private void hear(Line line, Frame.OfClient frame) {
    if (frame instanceof Frame.Hello is) {
      line.client = is.client();
      if (!deaf) {
        String session = "s" + lines.size();
        line.say(new Frame.Welcome(1, session, 15_000, largestFrame, 4096, waitingCharacters));
      }
    } else if (frame instanceof Frame.Subscribe is) {
      subscribe(line, is);
    } else if (frame instanceof Frame.Unsubscribe is) {
      line.subscribed.remove(is.document());
    } else if (frame instanceof Frame.Mutate is) {
      judge(line, is);
    } else if (frame instanceof Frame.AskHistory is) {
      history(line, is);
    } else if (frame instanceof Frame.Share is) {
      lines.stream()
          .filter(each -> each != line && each.subscribed.containsKey(is.document()))
          .forEach(each -> each.say(new Frame.Presence(is.document(), line.client, is.state())));
    } else if (frame instanceof Frame.Ping is) {
      line.say(new Frame.Pong(is.number()));
    }
  }

  private void history(Line line, Frame.AskHistory ask) {
    Document document = document(ask.document());
    List<Frame.Update> events =
        document.forgetful ? null : document.events.subList((int) ask.after(), (int) ask.until());
    line.say(new Frame.History(ask.document(), ask.after(), events));
  }

  private void subscribe(Line line, Frame.Subscribe ask) {
    Document document = document(ask.document());
    line.subscribed.put(ask.document(), true);
    Position at = ask.at();
    String renamed = document.renamed;
    if (renamed != null && at != null && at.epoch().equals(document.epoch)) {
      document.epoch = renamed;
      document.renamed = null;
      at = new Position(renamed, at.sequence());
    }
    resume(line, ask, document, at);
  }

  private void resume(Line line, Frame.Subscribe ask, Document document, @Nullable Position at) {
    long last = document.last.getOrDefault(line.client, 0L);
    long refused = document.refused.getOrDefault(line.client, 0L);
    if (at == null
        || ask.anew()
        || document.forgetful
        || !at.epoch().equals(document.epoch)
        || at.sequence() > document.events.size()) {
      line.say(new Frame.Snapshot(ask.document(), document.now(), last, refused, document.state()));
      return;
    }
    line.say(new Frame.Resumed(ask.document(), at, last, refused));
    document.events.stream()
        .filter(each -> each.sequence() > at.sequence())
        .forEach(each -> tell(line, each));
  }

  private void tell(Line line, Frame.Update event) {
    line.say(
        event.client().equals(line.client)
            ? new Frame.Acknowledged(
                event.document(), event.id(), event.sequence(), Level.DURABLE, null)
            : event);
  }

  private void judge(Line line, Frame.Mutate mutate) {
    Document document = document(mutate.document());
    String client = line.client;
    long last = document.last.getOrDefault(client, 0L);
    if (mutate.id() > last + 1) {
      line.subscribed.remove(mutate.document());
      line.say(new Frame.Lapsed(mutate.document(), "gap", "An id is missing.", 0));
    } else if (mutate.id() <= last) {
      Frame.OfHub answer = document.answers.get(client + " " + mutate.id());
      if (answer != null) {
        line.say(answer);
      }
    } else {
      judgeNext(line, mutate, document);
    }
  }

  private void judgeNext(Line line, Frame.Mutate mutate, Document document) {
    String client = line.client;
    boolean stale = mutate.afterRejection() < document.refused.getOrDefault(client, 0L);
    document.last.put(client, mutate.id());
    if (stale || mutate.change().asString().startsWith("bad")) {
      document.refused.put(client, mutate.id());
      Frame.Rejected rejected =
          new Frame.Rejected(
              mutate.document(), mutate.id(), stale ? "superseded" : "invalid", "No.", null);
      document.answers.put(client + " " + mutate.id(), rejected);
      line.say(rejected);
    } else {
      accept(
          mutate.document(), document, client, mutate.id(), mutate.base(), mutate.change(), line);
    }
  }

  private void accept(
      String id,
      Document document,
      String client,
      long number,
      long base,
      Tree change,
      @Nullable Line author) {
    long sequence = document.events.size() + 1;
    if (author != null) {
      author.say(new Frame.Acknowledged(id, number, sequence, Level.APPLIED, null));
    }
    Frame.Update event = new Frame.Update(id, sequence, client, number, base, change);
    document.events.add(event);
    document.answers.put(
        client + " " + number, new Frame.Acknowledged(id, number, sequence, Level.DURABLE, null));
    if (!applyOnly) {
      List.copyOf(lines).stream()
          .filter(each -> each.open && each.subscribed.containsKey(id))
          .forEach(each -> tell(each, event));
    }
  }
}
