package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.PersistentVector;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Everything that the server knows.
 *
 * @param cards the cards as they are, each with its version
 * @param lastId the number of the newest card
 * @param answered the cards as they were saved, by the key of the write; for writes that are sent
 *     twice
 * @param keys the keys of these, the oldest first; at most {@value #MOST_KEYS}
 * @param log what the server did last, the oldest first; at most {@value #MOST_LINES}
 * @param lines how many lines there were in all
 * @param dials how well the server does
 */
record Authority(
    EntityTable<Long, Card> cards,
    long lastId,
    PersistentMap<String, Card> answered,
    PersistentVector<String> keys,
    PersistentVector<LogLine> log,
    long lines,
    Dials dials) {

  static final int MOST_KEYS = 500;
  static final int MOST_LINES = 30;

  /** What stands on the board when the server starts. */
  static Authority initial() {
    EntityTable<Long, Card> cards =
        EntityTable.sorted(Card::id, Comparator.comparingLong(Card::id))
            .setAll(
                List.of(
                    card(1, "Water the tomatoes", "Twice a day", Column.TODO, "garden"),
                    card(2, "Book the train", "", Column.TODO, "travel"),
                    card(3, "Call the plumber", "Kitchen tap drips", Column.TODO, "home"),
                    card(4, "Paint the shelf", "Two coats", Column.DOING, "home"),
                    card(5, "Read chapter three", "", Column.DOING, "study"),
                    card(6, "Buy the tickets", "Row F", Column.DONE, "travel")));
    return new Authority(
        cards,
        6,
        PersistentMap.of(),
        PersistentVector.of(),
        PersistentVector.of(),
        0,
        Dials.INITIAL);
  }

  private static Card card(long id, String title, String note, Column column, String label) {
    return new Card(id, title, note, Set.of(label), column, 1);
  }

  /** Returns the state with a card as it now is; a new one is the newest. */
  Authority withCard(Card card) {
    return new Authority(
        cards.set(card), Math.max(lastId, card.id()), answered, keys, log, lines, dials);
  }

  Authority withoutCard(long id) {
    return new Authority(cards.remove(id), lastId, answered, keys, log, lines, dials);
  }

  /** Returns the state that knows how a write was answered; the oldest of many are forgotten. */
  Authority answering(String key, Card saved) {
    PersistentVector<String> known = keys.append(key);
    PersistentMap<String, Card> answers = answered.plus(key, saved);
    return known.size() <= MOST_KEYS
        ? new Authority(cards, lastId, answers, known, log, lines, dials)
        : new Authority(
            cards, lastId, answers.minus(known.get(0)), known.without(0), log, lines, dials);
  }

  Authority logging(long millis, String window, String tone, String text) {
    PersistentVector<LogLine> all = log.append(new LogLine(lines + 1, millis, window, tone, text));
    return new Authority(
        cards,
        lastId,
        answered,
        keys,
        all.size() > MOST_LINES ? all.without(0) : all,
        lines + 1,
        dials);
  }

  Authority withDials(Dials now) {
    return new Authority(cards, lastId, answered, keys, log, lines, now);
  }
}
