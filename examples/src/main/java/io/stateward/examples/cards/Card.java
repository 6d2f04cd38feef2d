package io.stateward.examples.cards;

import java.util.HashSet;
import java.util.Set;

/**
 * A card of the board.
 *
 * @param id its number at the server, at least 1; or one below 0 that the window gave it, until the
 *     server names it
 * @param title what is to be done
 * @param note more about it; empty if there is nothing to add
 * @param labels what it is about, in no order
 * @param column where it stands
 */
record Card(long id, String title, String note, Set<String> labels, Column column) {

  static final int LONGEST_TITLE = 80; // characters
  static final int LONGEST_NOTE = 300; // characters
  static final int MOST_LABELS = 6;
  static final int LONGEST_LABEL = 20; // characters

  Card {
    labels = Set.copyOf(labels);
  }

  /** Returns a card that only this window knows. */
  static Card draft(long temporaryId, String title) {
    return new Card(temporaryId, title, "", Set.of(), Column.TODO);
  }

  Card withId(long now) {
    return new Card(now, title, note, labels, column);
  }

  Card withTitle(String now) {
    return new Card(id, now, note, labels, column);
  }

  Card withNote(String now) {
    return new Card(id, title, now, labels, column);
  }

  Card withColumn(Column now) {
    return new Card(id, title, note, labels, now);
  }

  /** Returns the card with some labels more and some fewer. */
  Card relabelled(Set<String> added, Set<String> removed) {
    Set<String> now = new HashSet<>(labels);
    now.removeAll(removed);
    now.addAll(added);
    return new Card(id, title, note, now, column);
  }
}
