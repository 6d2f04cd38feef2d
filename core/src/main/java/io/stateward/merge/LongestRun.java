package io.stateward.merge;

/**
 * A longest increasing subsequence, found by patience sorting (Fredman, "On computing the length of
 * longest increasing subsequences", 1975): O(n log n), and always the same for equal input.
 */
final class LongestRun {

  private LongestRun() {}

  /** Returns the indexes of the members of the run in distinct numbers, ascending. */
  static int[] of(int[] numbers) {
    int[] ends = new int[numbers.length]; // ends[k]: where the run of k + 1 with the least end ends
    int[] before = new int[numbers.length]; // the member before this one in its run, -1 if none
    int length = 0;
    for (int i = 0; i < numbers.length; i++) {
      int position = firstNotBelow(numbers, ends, length, numbers[i]);
      before[i] = position == 0 ? -1 : ends[position - 1];
      ends[position] = i;
      length = Math.max(length, position + 1);
    }
    int[] run = new int[length];
    for (int k = length - 1, i = length == 0 ? -1 : ends[length - 1]; k >= 0; k--, i = before[i]) {
      run[k] = i;
    }
    return run;
  }

  /**
   * Returns the first run whose end is not below the number; the number of runs if there is none.
   */
  private static int firstNotBelow(int[] numbers, int[] ends, int length, int number) {
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[ends[middle]] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
