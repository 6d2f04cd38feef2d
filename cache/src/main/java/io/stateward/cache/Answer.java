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
    return reason == Reason.REJECTED ? Duration.ZERO : entry.fresh();
  }

  @Override
  public Duration kept() {
    return reason == Reason.REJECTED ? Duration.ZERO : entry.kept();
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
