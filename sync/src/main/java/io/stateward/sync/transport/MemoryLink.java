package io.stateward.sync.transport;

import io.stateward.sync.spi.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The line between one client and a {@link MemoryNetwork}, and what is wrong with it.
 *
 * <pre>{@code
 * MemoryLink link = network.link("ada");
 * link.latency(Duration.ofMillis(5), Duration.ofMillis(80));
 * link.hold(Direction.TO_CLIENT);              // half open: what is said to the client stays away
 * link.heal();                                 // and comes now, late
 * }</pre>
 *
 * <p>Every fault holds for the connections that there are and for those to come, until it is set
 * anew or {@link #heal} is called; {@link #cut}, {@link #vanish} and {@link #abandon} happen once.
 * Whatever is wrong, frames stay in order and none comes twice, but for {@link #faults}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public final class MemoryLink {

  /** Where frames go. */
  public enum Direction {
    /** From the client to the server. */
    TO_SERVER,
    /** From the server to the client. */
    TO_CLIENT
  }

  /** How good one direction is. Guarded by the network's lock. */
  static final class Quality {
    long fromNanos;
    long toNanos;
    long perFrameNanos;
    int window = 16;
    boolean held;
    Supplier<FrameFault> faults = () -> List::of;
  }

  final MemoryNetwork network;
  private final String name;
  private final Map<Direction, Quality> qualities =
      new EnumMap<>(Map.of(Direction.TO_SERVER, new Quality(), Direction.TO_CLIENT, new Quality()));
  final Set<MemoryConnection> live = new LinkedHashSet<>(); // guarded by the network's lock
  boolean refusing; // guarded by the network's lock
  private Peer peer; // guarded by the network's lock

  MemoryLink(MemoryNetwork network, String name) {
    this.network = network;
    this.name = name;
    this.peer = Peer.at(name);
  }

  /**
   * Returns whose link it is.
   *
   * @return the client's name on the network
   */
  public String name() {
    return name;
  }

  /**
   * Sets how long frames and connecting take in both directions, each drawn anew; none overtakes
   * another.
   *
   * @param from the shortest time, inclusive
   * @param to the longest time, inclusive
   * @return this link
   */
  public MemoryLink latency(Duration from, Duration to) {
    for (Direction direction : Direction.values()) {
      latency(direction, from, to);
    }
    return this;
  }

  /**
   * Sets how long frames and connecting take in one direction.
   *
   * @param direction which way
   * @param from the shortest time, inclusive
   * @param to the longest time, inclusive
   * @return this link
   */
  public MemoryLink latency(Direction direction, Duration from, Duration to) {
    if (from.isNegative() || to.compareTo(from) < 0) {
      throw new IllegalArgumentException(
          "A latency goes from zero or more to no less than that, not from %s to %s."
              .formatted(from, to));
    }
    return change(
        direction,
        quality -> {
          quality.fromNanos = from.toNanos();
          quality.toNanos = to.toNanos();
        });
  }

  /**
   * Makes one end read slowly.
   *
   * @param direction the way to the slow end
   * @param perFrame how long it takes for each frame, zero for none
   * @return this link
   */
  public MemoryLink pace(Direction direction, Duration perFrame) {
    return change(direction, quality -> quality.perFrameNanos = perFrame.toNanos());
  }

  /**
   * Sets how many frames may be on their way before a sender has to wait. At first it is 16.
   *
   * @param direction which way
   * @param frames how many; at 0 a sender waits until its frame has been read
   * @return this link
   */
  public MemoryLink window(Direction direction, int frames) {
    if (frames < 0) {
      throw new IllegalArgumentException("A window has 0 frames or more, not " + frames + ".");
    }
    return change(direction, quality -> quality.window = frames);
  }

  /**
   * Lets nothing through in one direction, and tells nobody: what is sent waits, and so do senders
   * once the window is full. Held in both directions, the client is partitioned off.
   *
   * @param direction which way
   * @return this link
   */
  public MemoryLink hold(Direction direction) {
    return change(direction, quality -> quality.held = true);
  }

  /**
   * Lets what was held through, in order and late.
   *
   * @param direction which way
   * @return this link
   */
  public MemoryLink release(Direction direction) {
    change(direction, quality -> quality.held = false);
    return awaken();
  }

  /**
   * Refuses connections to come, or takes them again.
   *
   * @param refuse whether they are refused
   * @return this link
   */
  public MemoryLink refuse(boolean refuse) {
    return change(Direction.TO_SERVER, quality -> refusing = refuse);
  }

  /**
   * Breaks the rules of connections in one direction, such as by {@link FrameFault#dropping}.
   *
   * @param direction which way
   * @param faults makes the fault of each connection
   * @return this link
   */
  public MemoryLink faults(Direction direction, Supplier<FrameFault> faults) {
    Objects.requireNonNull(faults, "faults");
    return change(direction, quality -> quality.faults = faults);
  }

  /**
   * Sets as whom the server sees the client. At first it is nobody, at the link's name.
   *
   * @param seen told to whoever accepts the connections to come
   * @return this link
   */
  public MemoryLink peer(Peer seen) {
    Objects.requireNonNull(seen, "seen");
    return change(Direction.TO_SERVER, quality -> peer = seen);
  }

  /**
   * Makes the line perfect again: no latency, nothing held, refused or garbled. What was held comes
   * now. The window stays as it is.
   *
   * @return this link
   */
  public MemoryLink heal() {
    for (Direction direction : Direction.values()) {
      change(direction, MemoryLink::perfect);
    }
    refuse(false);
    return awaken();
  }

  private static void perfect(Quality quality) {
    quality.fromNanos = 0;
    quality.toNanos = 0;
    quality.perFrameNanos = 0;
    quality.held = false;
    quality.faults = () -> List::of;
  }

  /** Ends all connections: what is on its way is lost from some place on, both ends are told. */
  public void cut() {
    forEach(
        connection -> {
          connection.sever();
          return connection.end("The line was cut.");
        });
  }

  /** Severs all connections as {@link #cut} does, but neither end is told. */
  public void vanish() {
    forEach(
        connection -> {
          connection.sever();
          return () -> {};
        });
  }

  /**
   * Ends all connections for the client alone; what it had sent still arrives, perhaps when it has
   * connected again already, and only then the server is told.
   *
   * @param late how much later than it would have what was sent arrives
   */
  public void abandon(Duration late) {
    forEach(connection -> connection.abandon("The line was cut.", late));
  }

  private void forEach(Function<MemoryConnection, Runnable> work) {
    List<Runnable> afterwards = new ArrayList<>();
    network.lock.lock();
    try {
      live.forEach(connection -> afterwards.add(work.apply(connection)));
    } finally {
      network.lock.unlock();
    }
    afterwards.forEach(Runnable::run);
  }

  private MemoryLink awaken() {
    forEach(
        connection ->
            () -> {
              connection.server.awaken();
              connection.client.awaken();
            });
    return this;
  }

  private MemoryLink change(Direction direction, Consumer<Quality> change) {
    network.lock.lock();
    try {
      change.accept(quality(direction));
    } finally {
      network.lock.unlock();
    }
    return this;
  }

  /** Returns how good a direction is; to be read and changed under the lock. */
  Quality quality(Direction direction) {
    return Objects.requireNonNull(qualities.get(direction), "a quality per direction");
  }

  Supplier<FrameFault> faults(Direction direction) {
    network.lock.lock();
    try {
      return quality(direction).faults;
    } finally {
      network.lock.unlock();
    }
  }

  Peer peer() {
    network.lock.lock();
    try {
      return peer;
    } finally {
      network.lock.unlock();
    }
  }
}
