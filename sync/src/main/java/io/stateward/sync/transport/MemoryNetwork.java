package io.stateward.sync.transport;

import io.stateward.signal.Subscription;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.spi.Transport;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A network within the process, which is as bad as a test wants it to be.
 *
 * <pre>{@code
 * VirtualTimekeeper time = VirtualTimekeeper.create();
 * MemoryNetwork network = MemoryNetwork.create(Runnable::run, time, 7);
 * network.listen(hub::accept);
 * Transport transport = network.transport("ada");
 * network.link("ada").latency(Duration.ofMillis(5), Duration.ofMillis(80));
 * network.link("ada").cut();                   // what was on its way is lost from somewhere on
 * }</pre>
 *
 * <p>A fresh network is perfect and takes no time. Each client has a {@link MemoryLink} of its own,
 * by name, whose faults hold for its connections of now and later.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Listeners are called on the executor;
 * {@code Runnable::run} will do.
 *
 * <p><b>Ordering.</b> That of {@link Connection}. With an executor and a timekeeper that do the
 * same in the same order, the same seed makes the same happen: chance is drawn from it alone.
 *
 * <p><b>Failure.</b> A listener that throws is reported, and its connection closed with 1011.
 *
 * @since 0.1
 */
public final class MemoryNetwork {

  /*
   * Concurrency
   * -----------
   * One lock guards all that is on its way; it is never held while foreign code runs. Each end of a
   * connection empties its own pipe, one thread at a time (MemoryEnd), so that its listener is called
   * serially; whoever puts something into a pipe awakens the end afterwards.
   */

  /** Guards everything of the network, and is never held while foreign code runs. */
  final ReentrantLock lock = new ReentrantLock();

  final Executor executor;
  final Timekeeper timekeeper;
  final Random random; // guarded by lock
  private final Map<String, MemoryLink> links = new LinkedHashMap<>(); // guarded by lock
  private @Nullable Door door; // guarded by lock

  private MemoryNetwork(Executor executor, Timekeeper timekeeper, long seed) {
    this.executor = Objects.requireNonNull(executor, "executor");
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
    this.random = new Random(seed);
  }

  /**
   * Creates a network to which nobody listens yet.
   *
   * @param executor calls listeners, and completes stages
   * @param timekeeper waits for what takes time
   * @param seed of all chance
   * @return a new network
   */
  public static MemoryNetwork create(Executor executor, Timekeeper timekeeper, long seed) {
    return new MemoryNetwork(executor, timekeeper, seed);
  }

  /**
   * Takes connections in from now on; whoever did before does so no longer. Connections that there
   * are stay.
   *
   * @param accept called with the server's end of each connection and where it comes from; returns
   *     who is told of it. If it throws, that is reported and the connection closed
   * @return ends it: then connections are refused
   */
  public Subscription listen(BiFunction<Connection, Peer, ConnectionListener> accept) {
    Door opened = new Door(Objects.requireNonNull(accept, "accept"));
    lock.lock();
    try {
      door = opened;
    } finally {
      lock.unlock();
    }
    return () -> shut(opened);
  }

  private void shut(Door opened) {
    lock.lock();
    try {
      door = door == opened ? null : door;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the way of a client to whoever listens.
   *
   * @param name the client's name on the network; several transports of one name share its link
   * @return a transport; it fails with {@link java.net.ConnectException} while nobody listens
   */
  public Transport transport(String name) {
    MemoryLink link = link(name);
    return listener -> MemoryConnection.open(this, link, listener);
  }

  /**
   * Returns the line between a client and the network, to make it worse or better.
   *
   * @param name the client's name on the network
   * @return its link, always the same one
   */
  public MemoryLink link(String name) {
    Objects.requireNonNull(name, "name");
    lock.lock();
    try {
      return links.computeIfAbsent(name, n -> new MemoryLink(this, n));
    } finally {
      lock.unlock();
    }
  }

  /** Returns who takes connections of a link in now, or null if nobody does. */
  @Nullable Door door(MemoryLink link) {
    lock.lock();
    try {
      return link.refusing ? null : door;
    } finally {
      lock.unlock();
    }
  }

  /** Returns a duration drawn from a range, in nanoseconds. Called under the lock. */
  long draw(long fromNanos, long toNanos) {
    return fromNanos >= toNanos
        ? fromNanos
        : fromNanos + (long) (random.nextDouble() * (toNanos - fromNanos + 1));
  }

  /** Runs a task when its time has come; at once and in this call if that is now. */
  void at(long dueNanos, Runnable task) {
    long delay = dueNanos - timekeeper.nanoTime();
    if (delay <= 0) {
      task.run();
    } else {
      timekeeper.schedule(Duration.ofNanos(delay), task);
    }
  }

  /**
   * Makes the server's listener for a connection that has come in. A class and not a record: the
   * same function may listen twice.
   */
  static final class Door {
    final BiFunction<Connection, Peer, ConnectionListener> accept;

    Door(BiFunction<Connection, Peer, ConnectionListener> accept) {
      this.accept = accept;
    }
  }
}
