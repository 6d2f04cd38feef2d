package io.stateward.examples.cards;

import io.stateward.examples.Json;

/**
 * What the library did for a window, as its page shows it.
 *
 * @param mutations how many changes the person made
 * @param commits how often the confirmed state changed
 * @param told how often the page was told of another visible board
 * @param guesses how many answers confirmed what was visible already, so that nobody was told
 */
record Figures(long mutations, long commits, long told, long guesses) {

  static final Figures NONE = new Figures(0, 0, 0, 0);

  Figures withMutation() {
    return new Figures(mutations + 1, commits, told, guesses);
  }

  Figures withCommit(boolean guessed) {
    return new Figures(mutations, commits + 1, told, guesses + (guessed ? 1 : 0));
  }

  Figures withTold() {
    return new Figures(mutations, commits, told + 1, guesses);
  }

  String toJson() {
    return Json.object()
        .put("mutations", mutations)
        .put("commits", commits)
        .put("told", told)
        .put("guesses", guesses)
        .toString();
  }
}
