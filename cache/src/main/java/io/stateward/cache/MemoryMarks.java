package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.WideMarks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The latest number of each tag and prefix that was invalidated. One thread at a time. */
final class MemoryMarks {

  private final int bound;
  private final Map<String, Long> tags;
  private final Map<String, Long> prefixes;
  private long all;

  MemoryMarks(int bound) {
    this(bound, 0, Map.of(), Map.of());
  }

  private MemoryMarks(int bound, long all, Map<String, Long> tags, Map<String, Long> prefixes) {
    this.bound = bound;
    this.all = all;
    this.tags = new HashMap<>(tags);
    this.prefixes = new HashMap<>(prefixes);
  }

  MemoryMarks copy() {
    return new MemoryMarks(bound, all, tags, prefixes);
  }

  long all() {
    return all;
  }

  WideMarks marks(Head head) {
    return new WideMarks(head, all, tags, prefixes);
  }

  void mark(Invalidation invalidation, long sequence) {
    if (invalidation instanceof Invalidation.Tag tag) {
      tags.put(tag.tag(), sequence);
    } else if (invalidation instanceof Invalidation.Prefix prefix) {
      prefixes.put(prefix.prefix(), sequence);
    } else {
      forgetUpTo(sequence);
    }
    if (tags.size() + prefixes.size() > bound) {
      forgetUpTo(median());
    }
  }

  /** Lets a mark of everything stand for the older ones, which costs loads and is never wrong. */
  private void forgetUpTo(long sequence) {
    all = sequence;
    tags.values().removeIf(number -> number <= sequence);
    prefixes.values().removeIf(number -> number <= sequence);
  }

  private long median() {
    long[] numbers = new long[tags.size() + prefixes.size()];
    int count = 0;
    for (long number : tags.values()) {
      numbers[count++] = number;
    }
    for (long number : prefixes.values()) {
      numbers[count++] = number;
    }
    Arrays.sort(numbers);
    return numbers[count / 2];
  }
}
