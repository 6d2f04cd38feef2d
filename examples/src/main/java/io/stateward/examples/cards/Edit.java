package io.stateward.examples.cards;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person changed of a card, and nothing else, so that it can be done again on another
 * version of it.
 *
 * @param title the new title; null if it is as it was
 * @param note the new note; null if it is as it was
 * @param added the labels that were added
 * @param removed the labels that were removed
 */
record Edit(@Nullable String title, @Nullable String note, Set<String> added, Set<String> removed) {

  Edit {
    added = Set.copyOf(added);
    removed = Set.copyOf(removed);
  }

  Card on(Card card) {
    Card titled = title == null ? card : card.withTitle(title);
    Card noted = note == null ? titled : titled.withNote(note);
    return noted.relabelled(added, removed);
  }

  /** Returns the edit that leads back to a card as it was. */
  Edit inverse(Card was) {
    return new Edit(
        title == null ? null : was.title(), note == null ? null : was.note(), removed, added);
  }
}
