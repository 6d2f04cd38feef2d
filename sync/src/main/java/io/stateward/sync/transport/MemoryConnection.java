package io.stateward.sync.transport;

import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.transport.MemoryLink.Direction;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection with its two ends. */
final class MemoryConnection {

  private static final int ABNORMAL = 1006;

  final MemoryNetwork network;
  final MemoryLink link;
  final MemoryEnd client;
  final MemoryEnd server;
  private final MemoryPipe toServer;
  private final MemoryPipe toClient;

  private MemoryConnection(MemoryNetwork network, MemoryLink link) {
    this.network = network;
    this.link = link;
    toServer = new MemoryPipe(link, Direction.TO_SERVER);
    toClient = new MemoryPipe(link, Direction.TO_CLIENT);
    client = new MemoryEnd(this, toClient, toServer);
    server = new MemoryEnd(this, toServer, toClient);
  }

  /** Sets out to the server. */
  static CompletionStage<Connection> open(
      MemoryNetwork network, MemoryLink link, ConnectionListener listener) {
    MemoryConnection connection = new MemoryConnection(network, link);
    connection.client.listener = Objects.requireNonNull(listener, "listener");
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    connection.client.opened = opened;
    long due;
    network.lock.lock();
    try {
      link.live.add(connection);
      due = connection.toServer.add(Parcel.Kind.KNOCK, "", 0);
    } finally {
      network.lock.unlock();
    }
    network.at(due, connection.server::awaken);
    return opened;
  }

  /** How much is on its way in a direction, lost frames that take up room included. */
  int underWay(Direction direction) {
    return (direction == Direction.TO_SERVER ? toServer : toClient).underWay();
  }

  MemoryEnd otherThan(MemoryEnd end) {
    return end == client ? server : client;
  }

  /** Loses what is on its way from some place on; called under the lock. */
  void sever() {
    toServer.sever();
    toClient.sever();
  }

  /** Tells both ends; returns what to do without the lock. Called under the lock. */
  Runnable end(String reason) {
    long atServer = toServer.end(ABNORMAL, reason);
    long atClient = toClient.end(ABNORMAL, reason);
    return () -> {
      network.at(atServer, server::awaken);
      network.at(atClient, client::awaken);
    };
  }

  /** Tells the client now and the server after all that was sent; called under the lock. */
  Runnable abandon(String reason, Duration late) {
    client.endNow(ABNORMAL, reason);
    toClient.clear();
    toServer.delay(late.toNanos());
    long atServer = toServer.end(ABNORMAL, reason);
    return () -> {
      client.awaken();
      network.at(atServer, server::awaken);
    };
  }
}
