package io.stateward.cache;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entry that was not just found in memory. */
record Answer<V>(Entry<V> entry, Source source, Reason reason) implements Result<V> {

  @Override
  public @Nullable V valueOrNull() {
    return entry.value;
  }

  @Override
  public @Nullable Throwable failure() {
    return entry.failure();
  }

  @Override
  public Duration age() {
    return entry.age();
  }

  @Override
  public Duration fresh() {
    return isStored() ? entry.fresh() : Duration.ZERO;
  }

  @Override
  public Duration kept() {
    return isStored() ? entry.kept() : Duration.ZERO;
  }

  private boolean isStored() {
    return switch (reason) {
      case REJECTED, WRITING, NOT_STORED, BYPASSED -> false;
      case LAYER_DOWN -> source == Source.OFFLINE; // else it is not known whether the layer has it
      default -> true;
    };
  }

  @Override
  public Set<String> tags() {
    return entry.tags();
  }

  @Override
  public @Nullable String validator() {
    return entry.validator();
  }

  @Override
  public Stamp stamp() {
    return entry.stamp();
  }

  @Override
  public String toString() {
    return entry + " by " + source + " (" + reason + ")";
  }
}
