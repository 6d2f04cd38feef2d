package io.stateward.sync.text;

/**
 * A run of code points in the list of the walker: inserted one after the other, each with the one
 * before as its left origin, all with one right origin and in one state.
 */
final class WalkerItem {

  static final int NONE = -1;

  int id; // of the first code point: the unit that inserted it, or below zero if it was there
  // before
  int length;
  int left; // left origin of the first: what it was inserted after, or NONE for the start
  int right; // right origin of all: what they were inserted before, or NONE for the end
  int state; // in the prepared version: 0 not inserted yet, 1 there, 1 + n deleted n times
  boolean deleted; // in the merged text
  boolean known; // was in the text when the walker was asked to remember it
  WalkerNode leaf = WalkerNode.NONE;

  WalkerItem(int id, int length, int left, int right) {
    this.id = id;
    this.length = length;
    this.left = left;
    this.right = right;
    this.state = 1;
  }

  int lastId() {
    return id + length - 1;
  }

  boolean isInserted() {
    return state != 0;
  }

  /** Returns how many of its code points are in the prepared version. */
  int prepared() {
    return state == 1 ? length : 0;
  }

  /** Returns how many of its code points are in the merged text. */
  int merged() {
    return deleted ? 0 : length;
  }

  /** Takes the code points up to an offset away from this item. */
  WalkerItem cutFront(int offset) {
    WalkerItem front = part(id, offset, left);
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
    part.state = state;
    part.deleted = deleted;
    part.known = known;
    return part;
  }
}
