package io.stateward.examples.nodes;

import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.time.Timekeeper;
import java.util.function.Supplier;

/** What the nodes share, in this process: for where no Redis runs. */
final class MemoryTier implements Tier {

  private final Supplier<MemoryLayer> empty;
  private final String why;
  private final SwitchedLayer layer;
  private final MemoryBackplane backplane = MemoryBackplane.of();
  private final MemoryPlain plain;

  /** Says why it is not Redis. */
  MemoryTier(Timekeeper timekeeper, String why) {
    this.why = why;
    empty = () -> MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(timekeeper));
    layer = new SwitchedLayer(empty.get());
    plain = new MemoryPlain(timekeeper);
  }

  @Override
  public String title() {
    return "The shared layer";
  }

  @Override
  public String notice() {
    return why;
  }

  @Override
  public boolean isSubstitute() {
    return true;
  }

  @Override
  public CacheLayer layer() {
    return layer;
  }

  @Override
  public Backplane backplane() {
    return backplane;
  }

  @Override
  public Plain plain() {
    return plain;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public boolean isRunning() {
    return layer.isRunning();
  }

  @Override
  public void flush() {
    layer.replace(empty.get());
    plain.clear();
  }

  @Override
  public void kill() {
    layer.stop();
    plain.running(false);
  }

  @Override
  public void start() {
    flush(); // what was killed kept nothing
    plain.running(true);
    layer.start();
  }

  @Override
  public void close() {
    layer.stop();
  }
}
