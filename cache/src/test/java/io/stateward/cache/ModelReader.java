package io.stateward.cache;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.Reading;
import org.jspecify.annotations.Nullable;

/** One read through the memory of an instance, step by step. */
final class ModelReader {

  enum At {
    START,
    ACQUIRE,
    LOAD,
    FILL,
    PUT,
    DONE
  }

  final int instance;
  At at = At.START;
  int generation; // of the memory when the read began
  int value;
  @Nullable Lease lease;

  ModelReader(int instance) {
    this.instance = instance;
  }

  ModelReader copy() {
    ModelReader copy = new ModelReader(instance);
    copy.at = at;
    copy.generation = generation;
    copy.value = value;
    copy.lease = lease;
    return copy;
  }

  /** Takes the next step. */
  void step(ModelWorld world) {
    ModelInstance memory = world.instances[instance];
    switch (at) {
      case START -> start(world, memory);
      case ACQUIRE -> acquire(world);
      case LOAD -> {
        value = load(world, memory);
        at = At.FILL;
      }
      case FILL -> fill(world);
      case PUT -> {
        memory.put(value, generation, world.setting.engine().generations());
        at = At.DONE;
      }
      case DONE -> throw new IllegalStateException("It is done.");
    }
  }

  private void start(ModelWorld world, ModelInstance memory) {
    generation = memory.generation;
    if (memory.value != null) {
      at = At.DONE;
      return;
    }
    Reading reading = ModelWorld.now(world.session(instance).read(ModelWorld.KEY));
    at = found(reading) ? At.PUT : At.ACQUIRE;
  }

  private boolean found(Reading reading) {
    LayerEntry entry = reading.entry();
    value = entry == null || entry.value() == null ? -1 : entry.value()[0];
    return entry != null;
  }

  private void acquire(ModelWorld world) {
    Acquired answer =
        ModelWorld.now(world.session(instance).acquire(ModelWorld.KEY, null, ModelWorld.LEASE));
    if (answer instanceof Acquired.Leased leased) {
      lease = leased.lease();
      at = At.LOAD;
    } else if (answer instanceof Acquired.Filled filled) {
      at = found(filled.reading()) ? At.PUT : At.DONE;
    } else {
      at = At.DONE; // goes to the source, and stores nothing
    }
  }

  /** From the replica of the source, if that is allowed: no invalidation may be recent. */
  private int load(ModelWorld world, ModelInstance memory) {
    boolean quiet = lease != null && lease.head().equals(memory.quiet);
    boolean replica =
        world.setting.engine().replicas() && (quiet || !world.setting.engine().primary());
    return replica ? world.replicaOfSource : world.source;
  }

  private void fill(ModelWorld world) {
    Lease mine = java.util.Objects.requireNonNull(lease);
    LayerEntry entry =
        mine.entry(
            new byte[] {(byte) value}, java.util.Set.of(), null, ModelWorld.LONG, ModelWorld.LONG);
    LayerEntry versioned = entry.withVersion(world.setting.engine().version(value));
    boolean accepted =
        ModelWorld.now(world.session(instance).fill(ModelWorld.KEY, mine, versioned));
    at = accepted ? At.PUT : At.DONE;
  }

  @Override
  public String toString() {
    return at + "/" + generation + "/" + value + "/" + lease;
  }
}
