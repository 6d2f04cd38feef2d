package io.stateward.sync.hub;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Messages;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that adds so many texts to a list, follows the rules of the protocol, sends some things
 * twice, and loses its connection every now and then.
 */
final class BusyClient {

  private static final int WINDOW = 32;

  final String name;
  final CountDownLatch done = new CountDownLatch(1);
  final List<String> texts = new ArrayList<>(); // guarded by this
  final List<String> wrong = new ArrayList<>(); // guarded by this
  private final Supplier<SyncHub> hub;
  private final Executor executor;
  private final int own;
  private final int all;
  private final double loss;
  private final Random random;
  private final List<Long> bases = new ArrayList<>(); // guarded by this; of each own text
  private @Nullable Position at; // guarded by this
  private int settled; // guarded by this
  private int sent; // guarded by this
  private @Nullable Link link; // guarded by this

  /** Makes one that adds {@code own} texts and is done when it has {@code all}. */
  BusyClient(String name, Supplier<SyncHub> hub, Executor executor, int own, int all, double loss) {
    this.name = name;
    this.hub = hub;
    this.executor = executor;
    this.own = own;
    this.all = all;
    this.loss = loss;
    this.random = new Random(name.hashCode());
  }

  static String text(String name, int id) {
    return name + " " + id;
  }

  void connect() {
    Link next = new Link();
    synchronized (this) {
      link = next;
    }
    next.begin(hub.get().accept(next, Peer.at("test")));
  }

  synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  private synchronized List<Frame.OfClient> on(Link from, Frame.OfHub frame) {
    List<Frame.OfClient> answers = new ArrayList<>();
    if (from != link) {
      return answers;
    }
    if (frame instanceof Frame.Welcome) {
      answers.add(new Frame.Subscribe("notes", "list", at));
    } else if (frame instanceof Frame.Snapshot is) {
      texts.clear();
      is.state().asArray().elements().forEach(each -> texts.add(each.asString()));
      begin(is.at(), is.last(), answers);
    } else if (frame instanceof Frame.Resumed is) {
      if (at == null || is.at().sequence() != at.sequence()) {
        wrong.add("resumed at " + is.at() + " instead of " + at);
      }
      begin(is.at(), is.last(), answers);
    } else if (frame instanceof Frame.Update is) {
      take(is.sequence(), is.change().asString());
    } else if (frame instanceof Frame.Acknowledged is && is.level() == Level.DURABLE) {
      acknowledged(is, answers);
    } else if (frame instanceof Frame.Lapsed is) {
      answers.add(new Frame.Subscribe("notes", "list", at));
      sent = settled;
      if (is.retryMillis() < 0) {
        wrong.add("lapsed for good: " + is);
      }
    } else if (frame instanceof Frame.Rejected || frame instanceof Frame.Failure) {
      wrong.add("unexpected: " + frame);
    } else if (frame instanceof Frame.Ping is) {
      answers.add(new Frame.Pong(is.number()));
    }
    return answers;
  }

  private void begin(Position now, long last, List<Frame.OfClient> answers) {
    if (last < settled) {
      wrong.add("the hub judged %d, and had told of %d".formatted(last, settled));
    }
    at = now;
    sent = (int) Math.max(settled, last);
    send(answers);
    checkDone();
  }

  private void take(long sequence, String text) {
    Position now = at;
    if (now == null || sequence > now.sequence() + 1) {
      wrong.add("change %d after %s".formatted(sequence, now));
    } else if (sequence == now.sequence() + 1) {
      texts.add(text);
      at = new Position(now.epoch(), sequence);
      checkDone();
    }
  }

  private void acknowledged(Frame.Acknowledged is, List<Frame.OfClient> answers) {
    Position now = at;
    if (is.id() <= settled) {
      return; // of what was sent twice
    }
    if (now != null && is.sequence() != 0 && is.sequence() == now.sequence() + 1) {
      if (is.id() != settled + 1L) {
        wrong.add("id %d after %d".formatted(is.id(), settled));
      }
      settled = (int) is.id();
      take(is.sequence(), text(name, settled));
      send(answers);
    } else if (is.sequence() > (now == null ? 0 : now.sequence())) {
      wrong.add("acknowledged %s at %s".formatted(is, now));
    } else {
      settled = (int) is.id(); // it was in the snapshot
      send(answers);
    }
  }

  private void send(List<Frame.OfClient> answers) {
    Position now = at;
    while (now != null && sent < own && sent < settled + WINDOW) {
      sent++;
      if (bases.size() < sent) {
        bases.add(now.sequence());
      }
      Frame.Mutate frame =
          new Frame.Mutate(
              "notes", now.epoch(), sent, bases.get(sent - 1), 0, Tree.of(text(name, sent)));
      answers.add(frame);
      if (random.nextInt(10) == 0) {
        answers.add(frame);
      }
    }
  }

  private void checkDone() {
    if (texts.size() >= all) {
      done.countDown();
    }
  }

  /** One connection of it. */
  private final class Link implements Connection {
    private final CompletableFuture<ConnectionListener> listener = new CompletableFuture<>();
    private volatile boolean over;

    void begin(ConnectionListener hears) {
      listener.complete(hears);
      say(hears, List.of(RawClient.hello(name, null)));
    }

    private synchronized void say(ConnectionListener to, List<Frame.OfClient> frames) {
      for (Frame.OfClient frame : frames) {
        if (!over) {
          to.onFrame(Frames.encode(frame));
        }
      }
    }

    @Override
    public CompletionStage<Void> send(String frame) {
      if (over) {
        return CompletableFuture.failedFuture(new IllegalStateException("closed"));
      }
      CompletableFuture<Void> taken = new CompletableFuture<>();
      executor.execute(
          () -> {
            Messages.ofHub(frame, JsonLimits.standard())
                .forEachRemaining(each -> say(listener.join(), on(this, each)));
            if (random.nextDouble() < loss && done.getCount() > 0) {
              end(1006);
            }
            taken.complete(null);
          });
      return taken;
    }

    @Override
    public void close(int code, String reason) {
      end(code);
    }

    private void end(int code) {
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      executor.execute(() -> listener.join().onClosed(code, ""));
      Timekeeper.system()
          .schedule(Duration.ofMillis(1), () -> executor.execute(BusyClient.this::connect));
    }
  }
}
