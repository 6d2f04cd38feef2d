package io.stateward.examples.board;

import java.util.List;

/**
 * What a search found.
 *
 * @param query what was searched for
 * @param hits the first of the processes that mention it; at most {@value #MOST_HITS}
 * @param total how many do
 * @param millis how long it took, in milliseconds
 */
record Answer(String query, List<ProcessRow> hits, int total, long millis) {

  static final int MOST_HITS = 3;

  Answer {
    hits = List.copyOf(hits);
  }
}
