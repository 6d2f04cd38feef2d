package io.stateward.sync.text;

/**
 * A run of code points in the list of the walker: inserted one after the other, each with the one
 * before as its left origin, all with one right origin and in one state.
 */
final class WalkerItem {

  static final int NONE = -1;

  /** How many versions can be prepared at once. */
  static final int VIEWS = 4;

  private static final int BITS = 16;
  private static final int MOST = (1 << BITS) - 1;

  int id; // of the first code point: the unit that inserted it, or below zero if it was there
  // before
  int length;
  int left; // left origin of the first: what it was inserted after, or NONE for the start
  int right; // right origin of all: what they were inserted before, or NONE for the end
  int author = NONE; // of the first, a number of Authors, once it was asked for
  private long states; // of each view 16 bits: 0 not inserted yet, 1 there, 1 + n deleted n times
  boolean deleted; // in the merged text
  boolean known; // was in the text when the walker was asked to remember it
  WalkerNode leaf = WalkerNode.NONE;

  WalkerItem(int id, int length, int left, int right) {
    this.id = id;
    this.length = length;
    this.left = left;
    this.right = right;
  }

  int lastId() {
    return id + length - 1;
  }

  int state(int view) {
    return (int) (states >>> (view * BITS)) & MOST;
  }

  void setState(int view, int state) {
    if (state > MOST) {
      throw new IllegalStateException(
          "More than %d events that know nothing of each other delete one code point."
              .formatted(MOST - 1));
    }
    states = (states & ~((long) MOST << (view * BITS))) | ((long) state << (view * BITS));
  }

  /** Tells whether it is there in one view and not inserted yet in all others. */
  boolean isNewIn(int view) {
    return states == 1L << (view * BITS);
  }

  boolean isInserted(int view) {
    return state(view) != 0;
  }

  /** Returns how many of its code points are in a prepared version. */
  int prepared(int view) {
    return state(view) == 1 ? length : 0;
  }

  /** Returns how many of its code points are in the merged text. */
  int merged() {
    return deleted ? 0 : length;
  }

  /** Takes the code points up to an offset away from this item. */
  WalkerItem cutFront(int offset) {
    WalkerItem front = part(id, offset, left);
    front.author = author;
    author = NONE;
    left = id + offset - 1;
    id += offset;
    length -= offset;
    return front;
  }

  /** Takes the code points from an offset on away from this item. */
  WalkerItem cutBack(int offset) {
    WalkerItem back = part(id + offset, length - offset, id + offset - 1);
    length = offset;
    return back;
  }

  private WalkerItem part(int firstId, int count, int origin) {
    var part = new WalkerItem(firstId, count, origin, right);
    part.states = states;
    part.deleted = deleted;
    part.known = known;
    return part;
  }
}
