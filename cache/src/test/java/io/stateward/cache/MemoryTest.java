package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.Head;
import io.stateward.time.Timekeeper;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which entries stay when there is no room for all. */
final class MemoryTest {

  private static final int ROOM = 100;
  private static final long HOUR = 3_600_000_000_000L;

  private final Timekeeper time = Timekeeper.system();
  private final View wide = new View(0, new Head(1, 0), 0);
  private final Meta meta =
      new Meta(
          time,
          wide,
          Result.Source.MEMORY,
          Result.Reason.HIT,
          HOUR,
          0,
          HOUR,
          0,
          Set.of(),
          null,
          null);
  private final Memory<Integer, String> memory = new Memory<>(ROOM, 0);
  private long now;

  @Test
  void find_whatIsReadOftenWhileOthersPass_stays() {
    int found = 0;
    for (int i = 0; i < 20 * ROOM; i++) {
      read(1_000 + i);
      found += read(i % 10) == null ? 0 : 1;
    }

    assertThat(found).isGreaterThan(19 * ROOM);
  }

  @Test
  void find_oftenBeforeRoomIsScarce_countsWhenItIs() {
    for (int i = 0; i < 100 * ROOM; i++) {
      read(i % 10);
    }
    for (int i = 0; i < 3 * ROOM; i++) {
      read(1_000 + i);
    }

    assertThat(IntStream.range(0, 10).filter(i -> memory.find(i, now) != null).count())
        .isGreaterThanOrEqualTo(9);
  }

  @Test
  void meta_ofEntriesWithTheSameFate_isOne() {
    assertThat(meta.isOf(HOUR, HOUR, Set.of(), null)).isTrue();
    assertThat(meta.isOf(HOUR - 1, HOUR, Set.of(), null)).isFalse();
    assertThat(meta.isOf(HOUR, HOUR - 1, Set.of(), null)).isFalse();
    assertThat(meta.isOf(HOUR, HOUR, Set.of("tag"), null)).isFalse();
    assertThat(meta.isOf(HOUR, HOUR, Set.of(), "etag")).isFalse();
  }

  /** Reads as a cache does: looks, and puts in what is not there. */
  private @Nullable Entry<String> read(int key) {
    now += 1_000;
    Entry<String> found = memory.find(key, now);
    if (found == null) {
      int stripe = Memory.stripeOf(key);
      memory.put(key, stripe, memory.generation(stripe), new Entry<>("value", meta, 0, now, 0));
    }
    return found;
  }
}
