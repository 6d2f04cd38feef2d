package io.stateward.sync.client;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much more may be sent on a connection before the hub has taken in some of what was sent: it
 * cuts off who has more waiting there than it said.
 *
 * <p>Thread safety: confined to the turn of the client.
 */
final class Credit {

  /*
   * A hub takes frames in their order, so the answer to a ping says that all before it were taken
   * in. A ping follows each quarter of what may be under way, and so there is always one whose
   * answer gives room again. Half of what may wait is used, as what keeps the connection alive goes
   * at any time. A frame goes with what is under way only if it still is within that half; one that
   * is longer goes when nothing is under way, which a ping before it has to say.
   */

  private static final int PINGS = 4;

  /** What had been sent with a ping, itself included. */
  private record Mark(long ping, long frames, long characters) {}

  private final long mostFrames;
  private final long mostCharacters;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long frames; // sent
  private long characters;
  private Mark taken = new Mark(0, 0, 0);
  private Mark last = taken;

  private Credit(long mostFrames, long mostCharacters) {
    this.mostFrames = mostFrames;
    this.mostCharacters = mostCharacters;
  }

  /** Nothing is known yet. */
  static Credit unlimited() {
    return new Credit(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** So many may wait at the hub. */
  static Credit of(long waitingFrames, long waitingCharacters) {
    return new Credit(Math.max(1, waitingFrames / 2), Math.max(1, waitingCharacters / 2));
  }

  /** Whether a frame of so many characters may go. */
  boolean hasRoom(int length) {
    long underWay = characters - taken.characters;
    return underWay == 0
        || (frames - taken.frames < mostFrames && underWay + length <= mostCharacters);
  }

  /** Whether the answer to a ping will say that all that was sent was taken in. */
  boolean isMarked() {
    return last.frames == frames;
  }

  /** Whether it is time for a ping. */
  boolean isPingDue() {
    return (frames - last.frames) * PINGS >= mostFrames
        || (characters - last.characters) * PINGS >= mostCharacters;
  }

  /** A frame goes. */
  void sent(int length) {
    frames++;
    characters += length;
  }

  /** A ping goes next; it is {@link #sent} as well. */
  void pings(long number, int length) {
    last = new Mark(number, frames + 1, characters + length);
    marks.add(last);
  }

  /** A ping was answered. */
  void answered(long number) {
    while (!marks.isEmpty() && marks.element().ping <= number) {
      taken = marks.remove();
    }
  }
}
