package io.stateward.sync.internal;

import java.util.Arrays;

/**
 * How long a text was after each of its recent changes.
 *
 * <p>Thread safety: confined to the turn of its document.
 */
public final class Growth {

  private int[] lengths = new int[16]; // the i-th is that at the sequence floor + i
  private int count = 1;
  private long floor;

  /**
   * Begins with a length.
   *
   * @param floor when the text was so long
   * @param length how many code points it had
   */
  public Growth(long floor, int length) {
    this.floor = floor;
    lengths[0] = length;
  }

  /**
   * Notes the next change.
   *
   * @param grown by how many code points it made the text longer, negative if shorter
   */
  public void add(int grown) {
    if (count == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    lengths[count] = lengths[count - 1] + grown;
    count++;
  }

  /**
   * Returns how long the text was.
   *
   * @param sequence after which change, from the floor to the last
   * @return how many code points it had
   */
  public int lengthAt(long sequence) {
    return lengths[(int) (sequence - floor)];
  }

  /**
   * Forgets what was before a change.
   *
   * @param sequence the new floor
   */
  public void trim(long sequence) {
    int from = (int) (sequence - floor);
    lengths = Arrays.copyOfRange(lengths, from, Math.max(count, from + 16));
    count -= from;
    floor = sequence;
  }
}
