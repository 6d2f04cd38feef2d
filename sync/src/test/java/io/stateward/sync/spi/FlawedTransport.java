package io.stateward.sync.spi;

import static io.stateward.sync.spi.TransportFlaw.*;

import io.stateward.signal.Probe;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A line within the process that is wrong in one way. */
final class FlawedTransport implements Line {

  final TransportFlaw flaw;
  final List<FlawedConnection> ends = new CopyOnWriteArrayList<>();
  final AtomicInteger sent = new AtomicInteger();
  private final BiFunction<Connection, Peer, ConnectionListener> acceptor;
  private final ExecutorService opening = lane();

  FlawedTransport(TransportFlaw flaw, BiFunction<Connection, Peer, ConnectionListener> acceptor) {
    this.flaw = flaw;
    this.acceptor = acceptor;
  }

  static ExecutorService lane() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "flawed-transport");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public Transport transport() {
    return this::connect;
  }

  private CompletionStage<Connection> connect(ConnectionListener listener) {
    FlawedConnection client = new FlawedConnection(this);
    FlawedConnection server = new FlawedConnection(this);
    client.other = server;
    server.other = client;
    ends.add(client);
    ends.add(server);
    CompletableFuture<Connection> connected = new CompletableFuture<>();
    opening.execute(
        () -> {
          if (flaw == SENDS_BEFORE_IT_IS_CONNECTED) {
            client.release(listener);
            accept(server);
            client.drain();
            connected.complete(client);
          } else {
            accept(server);
            connected.complete(client);
            client.release(listener);
          }
        });
    return connected;
  }

  private void accept(FlawedConnection server) {
    try {
      server.release(acceptor.apply(server, Peer.at("here")));
    } catch (RuntimeException e) {
      if (flaw != KEEPS_WHAT_NOBODY_ACCEPTED) {
        Probe.report("flawed", "Not accepted.", e);
        server.close(1011, "not accepted");
      }
    }
  }

  @Override
  public Transport nowhere() {
    return listener -> {
      if (flaw == TELLS_THE_END_OF_WHAT_NEVER_BEGAN) {
        listener.onClosed(1006, "");
      }
      return CompletableFuture.failedFuture(new ConnectException("nobody is there"));
    };
  }

  @Override
  public void cut() {
    ends.forEach(end -> end.end(flaw == BREAKS_LIKE_A_CLOSE ? 1000 : 1006, "cut"));
  }

  @Override
  public void close() {
    ends.forEach(FlawedConnection::stop);
    opening.shutdownNow();
  }
}
