package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LogPage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The memory of one instance: a value, a generation, and how far it has followed the log. */
final class ModelInstance {

  @Nullable Integer value;
  int generation;
  Head applied;
  Head quiet; // the head that was there long ago
  final ArrayDeque<Stamp> inbox;

  ModelInstance(@Nullable Integer value, Head applied) {
    this(value, applied, applied, new ArrayDeque<>());
  }

  private ModelInstance(
      @Nullable Integer value, Head applied, Head quiet, ArrayDeque<Stamp> inbox) {
    this.value = value;
    this.applied = applied;
    this.quiet = quiet;
    this.inbox = inbox;
  }

  ModelInstance copy() {
    ModelInstance copy = new ModelInstance(value, applied, quiet, new ArrayDeque<>(inbox));
    copy.generation = generation;
    return copy;
  }

  void put(int loaded, int readAt, boolean generations) {
    if (readAt == generation || !generations) {
      value = loaded;
    }
  }

  void invalidate() {
    generation++;
    value = null;
  }

  /** Hears the oldest message. What it missed before, it finds in the log. */
  void deliver(LayerSession session) {
    Stamp stamp = inbox.removeFirst();
    boolean known = stamp.epoch() == applied.epoch() && stamp.sequence() <= applied.sequence();
    boolean next = stamp.epoch() == applied.epoch() && stamp.sequence() == applied.sequence() + 1;
    if (next) {
      invalidate();
      applied = new Head(stamp.epoch(), stamp.sequence());
    } else if (!known) {
      catchUp(session, stamp.bucket());
    }
  }

  void catchUp(LayerSession session, int bucket) {
    LogPage page = ModelWorld.now(session.log(bucket, applied, 100));
    if (!page.complete() || !page.entries().isEmpty()) {
      invalidate();
    }
    applied = page.head();
  }

  @Override
  public String toString() {
    return value + "/" + generation + "/" + applied + "/" + inbox;
  }
}
