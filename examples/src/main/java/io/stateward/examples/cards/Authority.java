package io.stateward.examples.cards;

import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import io.stateward.signal.Versioned;
import java.util.List;
import java.util.Set;

/**
 * Everything that the server knows.
 *
 * @param cards the cards as they are
 * @param lastId the number of the newest card
 * @param answers how the last writes were answered that took effect
 * @param log what the server did last, the oldest first; at most {@value #MOST_LINES}
 * @param lines how many lines there were in all
 * @param dials how well the server does
 */
record Authority(
    Cards cards,
    long lastId,
    Answers answers,
    PersistentVector<LogLine> log,
    long lines,
    Dials dials) {

  /**
   * The cards as they were saved, by the key of the write; for writes that are sent twice.
   *
   * @param byKey the cards
   * @param keys the keys, the oldest first; at most {@value #MOST}
   */
  record Answers(PersistentMap<String, Versioned<Card>> byKey, PersistentVector<String> keys) {

    static final int MOST = 500;
    static final Answers NONE = new Answers(PersistentMap.of(), PersistentVector.of());

    Answers with(String key, Versioned<Card> saved) {
      Answers more = new Answers(byKey.plus(key, saved), keys.append(key));
      return more.keys.size() <= MOST
          ? more
          : new Answers(more.byKey.minus(keys.get(0)), more.keys.without(0));
    }
  }

  static final int MOST_LINES = 30;

  /** What stands on the board when the server starts. */
  static Authority initial() {
    Cards cards = Cards.none();
    for (Card card :
        List.of(
            card(1, "Water the tomatoes", "Twice a day", Column.TODO, "garden"),
            card(2, "Book the train", "", Column.TODO, "travel"),
            card(3, "Call the plumber", "Kitchen tap drips", Column.TODO, "home"),
            card(4, "Paint the shelf", "Two coats", Column.DOING, "home"),
            card(5, "Read chapter three", "", Column.DOING, "study"),
            card(6, "Buy the tickets", "Row F", Column.DONE, "travel"))) {
      cards = cards.with(new Versioned<>(card, 1));
    }
    return new Authority(cards, 6, Answers.NONE, PersistentVector.of(), 0, Dials.INITIAL);
  }

  private static Card card(long id, String title, String note, Column column, String label) {
    return new Card(id, title, note, Set.of(label), column);
  }

  /** Returns the state with a card as it now is; a new one is the newest. */
  Authority withCard(Versioned<Card> card) {
    return new Authority(
        cards.with(card), Math.max(lastId, card.value().id()), answers, log, lines, dials);
  }

  Authority withoutCard(long id) {
    return new Authority(cards.without(id), lastId, answers, log, lines, dials);
  }

  /** Returns the state that knows how a write was answered; the oldest of many are forgotten. */
  Authority answering(String key, Versioned<Card> saved) {
    return new Authority(cards, lastId, answers.with(key, saved), log, lines, dials);
  }

  Authority logging(long millis, String window, String tone, String text) {
    PersistentVector<LogLine> all = log.append(new LogLine(lines + 1, millis, window, tone, text));
    return new Authority(
        cards, lastId, answers, all.size() > MOST_LINES ? all.without(0) : all, lines + 1, dials);
  }

  Authority withDials(Dials now) {
    return new Authority(cards, lastId, answers, log, lines, now);
  }
}
