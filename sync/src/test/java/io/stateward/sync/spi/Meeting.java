package io.stateward.sync.spi;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client and a server that are connected, for one rule. */
final class Meeting implements AutoCloseable {

  final Line line;
  final End client;
  final End server;
  private final TransportSubjects subjects;
  private final BlockingQueue<End> arrivals;
  private final boolean first; // whose end is that of the line too

  private Meeting(
      TransportSubjects subjects,
      Line line,
      BlockingQueue<End> arrivals,
      End client,
      End server,
      boolean first) {
    this.first = first;
    this.subjects = subjects;
    this.line = line;
    this.arrivals = arrivals;
    this.client = client;
    this.server = server;
  }

  static Meeting on(TransportSubjects subjects) throws Exception {
    BlockingQueue<End> arrivals = new LinkedBlockingQueue<>();
    Line line =
        subjects.open(
            (connection, peer) -> {
              End end = new End(subjects.patience());
              end.connection.complete(connection);
              arrivals.add(end);
              return end;
            });
    try {
      End client = connected(subjects, line);
      return new Meeting(subjects, line, arrivals, client, arrival(subjects, arrivals), true);
    } catch (Throwable t) {
      line.close();
      throw t;
    }
  }

  private static End connected(TransportSubjects subjects, Line line) throws Exception {
    End client = new End(subjects.patience());
    line.transport()
        .connect(client)
        .whenComplete(
            (connection, failure) -> {
              if (failure == null) {
                client.connection.complete(connection);
              } else {
                client.connection.completeExceptionally(failure);
              }
            });
    client.connection();
    return client;
  }

  private static End arrival(TransportSubjects subjects, BlockingQueue<End> arrivals)
      throws InterruptedException {
    End server = arrivals.poll(subjects.patience().toMillis(), TimeUnit.MILLISECONDS);
    if (server == null) {
      throw new AssertionError("The server was handed no connection.");
    }
    return server;
  }

  /** Returns another client of the same server, with the server's end for it. */
  Meeting again() throws Exception {
    End another = connected(subjects, line);
    return new Meeting(subjects, line, arrivals, another, arrival(subjects, arrivals), false);
  }

  @Override
  public void close() {
    client.free();
    server.free();
    if (first) {
      line.close();
    }
  }
}
