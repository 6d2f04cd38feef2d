package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LogPage;
import java.util.ArrayDeque;
import java.util.List;

/** The latest invalidations of a bucket, by number. One thread at a time. */
final class MemoryLog {

  private final int bound;
  private final ArrayDeque<LogPage.Logged> latest;
  private Head head;

  MemoryLog(int bound, long epoch) {
    this(bound, new Head(epoch, 0), new ArrayDeque<>());
  }

  private MemoryLog(int bound, Head head, ArrayDeque<LogPage.Logged> latest) {
    this.bound = bound;
    this.head = head;
    this.latest = latest;
  }

  MemoryLog copy() {
    return new MemoryLog(bound, head, new ArrayDeque<>(latest));
  }

  Head head() {
    return head;
  }

  Head append(Invalidation invalidation) {
    head = new Head(head.epoch(), head.sequence() + 1);
    latest.addLast(new LogPage.Logged(head.sequence(), invalidation));
    if (latest.size() > bound) {
      latest.removeFirst();
    }
    return head;
  }

  LogPage page(Head after, int most) {
    long oldest = head.sequence() - latest.size();
    boolean known = after.epoch() == head.epoch() && after.sequence() <= head.sequence();
    if (!known || after.sequence() < oldest) {
      return new LogPage(head, false, List.of());
    }
    long skipped = after.sequence() - oldest;
    return new LogPage(head, true, latest.stream().skip(skipped).limit(most).toList());
  }
}
