package io.stateward.sync.transport;

import io.stateward.sync.transport.MemoryLink.Direction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: what is on its way, in order. Every method but {@link #pass} is
 * called under the network's lock.
 */
final class MemoryPipe {

  private final MemoryLink link;
  private final Direction direction;
  private final Deque<Parcel> flight = new ArrayDeque<>();
  private long lastDueNanos = Long.MIN_VALUE;
  private @Nullable CompletableFuture<Void> sending; // waits for room
  private int lost; // frames that will never arrive, but take up room
  private boolean severed;
  private @Nullable Supplier<FrameFault> faults; // confined to the end that reads
  private FrameFault fault = List::of; // confined to the end that reads

  MemoryPipe(MemoryLink link, Direction direction) {
    this.link = link;
    this.direction = direction;
  }

  /** Puts something in, unless the line is severed, and returns when it arrives. */
  long add(Parcel.Kind kind, String text, int code) {
    long due = nextDue();
    if (severed) {
      lost += kind == Parcel.Kind.FRAME ? 1 : 0;
    } else {
      flight.add(new Parcel(kind, text, code, due));
    }
    return due;
  }

  private long nextDue() {
    MemoryLink.Quality quality = link.quality(direction);
    MemoryNetwork network = link.network;
    long arrival = network.timekeeper.nanoTime() + network.draw(quality.fromNanos, quality.toNanos);
    long free = lastDueNanos == Long.MIN_VALUE ? arrival : lastDueNanos + quality.perFrameNanos;
    lastDueNanos = Math.max(arrival, free);
    return lastDueNanos;
  }

  /** Returns the stage of a frame that was just put in: done if there was room. */
  CompletableFuture<Void> taken() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    if (hasRoom()) {
      stage.complete(null);
    } else {
      sending = stage;
    }
    return stage;
  }

  boolean isSending() {
    return sending != null;
  }

  int underWay() {
    return flight.size() + lost;
  }

  private boolean hasRoom() {
    return underWay() <= link.quality(direction).window;
  }

  /** Returns the stage that is to be completed because there is room now, or null. */
  @Nullable CompletableFuture<Void> freed() {
    return hasRoom() ? endSending() : null;
  }

  /** Returns the stage that waits for room, which waits no longer, or null. */
  @Nullable CompletableFuture<Void> endSending() {
    CompletableFuture<Void> stage = sending;
    sending = null;
    return stage;
  }

  /** Returns what has arrived, or null if nothing has. */
  @Nullable Parcel poll() {
    return hasArrived() ? flight.poll() : null;
  }

  boolean hasArrived() {
    Parcel next = flight.peek();
    boolean held = link.quality(direction).held && !severed;
    return next != null && !held && next.dueNanos() <= link.network.timekeeper.nanoTime();
  }

  /** Loses what is on its way from some place on, and all that is put in from now on. */
  void sever() {
    int kept = link.quality(direction).held ? 0 : link.network.random.nextInt(flight.size() + 1);
    while (flight.size() > kept) {
      lost += flight.removeLast().kind() == Parcel.Kind.FRAME ? 1 : 0;
    }
    severed = true;
  }

  /** Tells the reader of the end by itself, after what is still on its way. */
  long end(int code, String reason) {
    severed = true;
    long due = nextDue();
    flight.add(new Parcel(Parcel.Kind.ENDED, reason, code, due));
    return due;
  }

  void delay(long nanos) {
    List<Parcel> all = new ArrayList<>(flight);
    flight.clear();
    all.forEach(parcel -> flight.add(parcel.due(parcel.dueNanos() + nanos)));
    lastDueNanos = Math.max(lastDueNanos, link.network.timekeeper.nanoTime()) + nanos;
  }

  void clear() {
    flight.clear();
    severed = true;
  }

  /** Returns what the reader is handed for a frame that has arrived. Called without the lock. */
  List<String> pass(String frame) {
    Supplier<FrameFault> now = link.faults(direction);
    if (now != faults) {
      faults = now;
      fault = now.get();
    }
    return fault.pass(frame);
  }
}
