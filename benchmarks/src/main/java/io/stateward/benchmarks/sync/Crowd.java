package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One who writes into a document of a server, and many who read it; all on one thread. */
final class Crowd implements AutoCloseable {

  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int BREATH = 4_096; // edits, after which the writer waits for all readers

  /** Is told how long an edit took to reach a reader. */
  interface Arrivals {
    void arrived(long nanos);
  }

  private final Dialect dialect;
  private final List<WireClient> readers = new ArrayList<>();
  private final WireClient writer;
  private final Selector selector;
  private final LongQueue sentAt = new LongQueue();
  private int sent;
  private int delivered; // edits that all readers have
  private long arrivals; // of edits at readers

  Crowd(String contender, int port, int count) {
    this(contender, port, 0, count);
  }

  /** Those of a server that has others already, whose numbers are less. */
  Crowd(String contender, int port, int first, int count) {
    this.dialect = Dialect.of(contender);
    try {
      selector = Selector.open();
      for (int i = 0; i < count; i++) {
        readers.add(join(port, first + i));
      }
      writer = join(port, first + count);
      for (WireClient each : readers) {
        each.unblock().register(selector, SelectionKey.OP_READ, each);
      }
      writer.unblock().register(selector, SelectionKey.OP_READ, writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WireClient join(int port, int number) throws IOException {
    WireClient client = WireClient.connect(port, dialect);
    dialect.join(client, number);
    return client;
  }

  /** Writes for a while, with at most so many edits under way; returns how many reached readers. */
  long write(long nanos, int window, Arrivals told) {
    long before = arrivals;
    long end = System.nanoTime() + nanos;
    do {
      while (sent - delivered < window && (sent % BREATH != 0 || sent == delivered)) {
        send();
      }
      take(told);
    } while (System.nanoTime() < end);
    while (delivered < sent) {
      take(told);
    }
    return arrivals - before;
  }

  private void send() {
    try {
      sentAt.add(System.nanoTime());
      writer.send(dialect.edit(sent++, delivered));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(Arrivals told) {
    try {
      if (selector.select(PATIENCE_NANOS / 1_000_000) == 0) {
        throw new IllegalStateException("Nothing has come for a minute.");
      }
      for (SelectionKey key : selector.selectedKeys()) {
        take((WireClient) key.attachment(), told);
      }
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(WireClient client, Arrivals told) throws IOException {
    int had = client.received();
    int updates = client.poll(dialect);
    if (client == writer) {
      return;
    }
    long now = System.nanoTime();
    for (int i = had; i < had + updates; i++) {
      told.arrived(now - sentAt.get(i));
      if (sentAt.count(i) == readers.size()) {
        delivered++; // in order, as each reader is told in order
      }
    }
    arrivals += updates;
  }

  /** Checks that every reader has every edit once. */
  void verify() {
    for (WireClient each : readers) {
      Workload.require("What a reader has", sent, each.received());
    }
  }

  @Override
  public void close() {
    readers.forEach(WireClient::close);
    writer.close();
  }

  /** When each edit was sent, and how many readers have it; old ones are kept, which is cheap. */
  private static final class LongQueue {
    private long[] times = new long[1 << 16];
    private int[] counts = new int[1 << 16];
    private int size;

    void add(long time) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      times[size++] = time;
    }

    long get(int index) {
      return times[index];
    }

    int count(int index) {
      return ++counts[index];
    }
  }
}
