package io.stateward.sync.text;

import java.util.BitSet;

/**
 * What to delete from one sequence and to insert from another to make the other of the one, as few
 * symbols as possible (Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica
 * 1986: the variant in linear space).
 */
final class MyersDiff {

  /*
   * A path through the grid of both sequences goes right to delete, down to insert and diagonally
   * where the symbols are equal. The furthest points reachable with d steps are sought from both
   * ends at once, one for each diagonal k = x - y; where they meet, the grid is divided in two.
   * Where that costs more than the allowance, all of both parts counts as changed.
   */

  private final int[] was;
  private final int[] now;
  private final Allowance allowance;
  private final BitSet deleted;
  private final BitSet inserted;
  private final int[] ahead; // how far each diagonal is reached from the start, by k + middle
  private final int[] behind; // and from the end
  private final int middle;

  MyersDiff(int[] was, int[] now, Allowance allowance) {
    this.was = was;
    this.now = now;
    this.allowance = allowance;
    deleted = new BitSet(was.length);
    inserted = new BitSet(now.length);
    middle = Math.max(was.length, now.length) + 1;
    ahead = new int[2 * middle + 1];
    behind = new int[2 * middle + 1];
  }

  /** Compares a part of each. */
  void compare(int wasFrom, int wasTo, int nowFrom, int nowTo) {
    int x = wasFrom;
    int y = nowFrom;
    int right = wasTo;
    int bottom = nowTo;
    while (x < right && y < bottom && was[x] == now[y]) {
      x++;
      y++;
    }
    while (x < right && y < bottom && was[right - 1] == now[bottom - 1]) {
      right--;
      bottom--;
    }
    if (x == right || y == bottom || !divide(new Box(x, right, y, bottom))) {
      deleted.set(x, right);
      inserted.set(y, bottom);
    }
  }

  BitSet deleted() {
    return deleted;
  }

  BitSet inserted() {
    return inserted;
  }

  /** Compares two parts that neither begin nor end alike; false if that is beyond the allowance. */
  private boolean divide(Box box) {
    ahead[middle + 1] = 0;
    behind[middle + 1] = 0;
    for (int steps = 0; allowance.takes(2L * steps + 2); steps++) {
      int lowest = -steps + 2 * Math.max(0, steps - box.height());
      int highest = steps - 2 * Math.max(0, steps - box.width());
      for (int k = lowest; k <= highest; k += 2) {
        int x = forward(box, k, steps);
        if (box.isOdd() && meets(behind, box.facing(k), steps - 1, x, box)) {
          return halves(box, x, x - k);
        }
      }
      for (int k = lowest; k <= highest; k += 2) {
        int x = backward(box, k, steps);
        if (!box.isOdd() && meets(ahead, box.facing(k), steps, x, box)) {
          return halves(box, box.width() - x, box.height() - (x - k));
        }
      }
    }
    return false;
  }

  private int forward(Box box, int k, int steps) {
    int start = step(ahead, k, steps);
    int x = start;
    int y = x - k;
    while (x < box.width() && y < box.height() && was[box.left + x] == now[box.top + y]) {
      x++;
      y++;
    }
    allowance.takes(x - start);
    ahead[middle + k] = x;
    return x;
  }

  private int backward(Box box, int k, int steps) {
    int start = step(behind, k, steps);
    int x = start;
    int y = x - k;
    while (x < box.width()
        && y < box.height()
        && was[box.right - 1 - x] == now[box.bottom - 1 - y]) {
      x++;
      y++;
    }
    allowance.takes(x - start);
    behind[middle + k] = x;
    return x;
  }

  /** Returns how far a diagonal is reached by one step from a neighbour. */
  private int step(int[] reached, int k, int steps) {
    int below = reached[middle + k + 1];
    if (k == -steps) {
      return below;
    }
    int above = reached[middle + k - 1] + 1;
    return k == steps ? above : Math.max(above, below);
  }

  private boolean meets(int[] other, int k, int steps, int x, Box box) {
    return Math.abs(k) <= steps && x + other[middle + k] >= box.width();
  }

  private boolean halves(Box box, int x, int y) {
    compare(box.left, box.left + x, box.top, box.top + y);
    compare(box.left + x, box.right, box.top + y, box.bottom);
    return true;
  }

  /** A part of the grid. */
  private record Box(int left, int right, int top, int bottom) {
    int width() {
      return right - left;
    }

    int height() {
      return bottom - top;
    }

    boolean isOdd() {
      return ((width() - height()) & 1) != 0;
    }

    /** Returns the number that a diagonal has when counted from the other end. */
    int facing(int k) {
      return width() - height() - k;
    }
  }

  /** How much work a comparison may take: it is counted, so that the result is always the same. */
  static final class Allowance {
    private long left;

    Allowance(long steps) {
      left = steps;
    }

    boolean takes(long steps) {
      left -= steps;
      return left >= 0;
    }
  }
}
