package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a document let each other know, in the order in which they did: of each only
 * the last. Subscribers read it as they can, so a slow one leaves out what was replaced meanwhile.
 *
 * <p>Thread safety: one thread at a time writes; any number read. A reader may see a client's last
 * word before and after it was replaced, in that order.
 */
final class PresenceBoard {

  private static final int MOST_GONE = 4096;

  /** What a client says; a JSON null if it has gone. */
  record Word(long number, String client, Tree state) {}

  private final ConcurrentSkipListMap<Long, Word> words = new ConcurrentSkipListMap<>();
  private final Map<String, Long> numbers = new HashMap<>(); // for who writes
  private volatile long last;
  private final Deque<Long> gone = new ArrayDeque<>(); // for who writes: who has gone, by number
  private volatile long purged;

  void put(String client, Tree state) {
    Long before = numbers.remove(client);
    boolean leaves = state.isNull();
    if (before == null && leaves) {
      return;
    }
    long number = last + 1;
    words.put(number, new Word(number, client, state));
    last = number;
    if (before != null) {
      words.remove(before);
    }
    if (leaves) {
      forgetGone(number);
    } else {
      numbers.put(client, number);
    }
  }

  private void forgetGone(long number) {
    gone.add(number);
    if (gone.size() > MOST_GONE) {
      long oldest = gone.remove();
      purged = oldest;
      words.remove(oldest);
    }
  }

  /** Tells whether who has read up to a number may have missed that somebody has gone. */
  boolean hasPurgedAfter(long number) {
    return purged > number;
  }

  long last() {
    return last;
  }

  /**
   * Returns the next word after a number, or null. Who has left before a subscriber came is none.
   */
  @Nullable Word next(long after, String reader, long since) {
    if (after >= last) {
      return null;
    }
    for (Word word : words.tailMap(after, false).values()) {
      boolean old = word.state().isNull() && word.number() <= since;
      if (!old && !word.client().equals(reader)) {
        return word;
      }
    }
    return null;
  }
}
