package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.Versioned;
import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cards, and beside them their versions: a page that shows cards has nothing to do with a
 * version that has moved.
 *
 * @param table the cards
 * @param versions the version of each card that the server knows, counted up with every write
 */
record Cards(EntityTable<Long, Card> table, PersistentMap<Long, Long> versions) {

  static Cards none() {
    return new Cards(
        EntityTable.sorted(Card::id, Comparator.comparingLong(Card::id)), PersistentMap.of());
  }

  /** Returns a card with its version, 0 if the server does not know it; null if it is not there. */
  @Nullable Versioned<Card> at(long id) {
    Card card = table.get(id);
    return card == null ? null : new Versioned<>(card, version(id));
  }

  /** What a mutation of one card is about: the card with its version, which may be missing. */
  long version(long id) {
    return versions.getOrDefault(id, 0L);
  }

  Card card(long id) {
    Card card = table.get(id);
    if (card == null) {
      throw new NoSuchElementException("There is no card %d any more.".formatted(id));
    }
    return card;
  }

  /** Returns the cards with one put in or replaced, at its version. */
  Cards with(Versioned<Card> card) {
    long id = card.value().id();
    return new Cards(table.set(card.value()), versions.plus(id, card.version()));
  }

  /** Returns the cards with one put in that the server does not know. */
  Cards withDraft(Card card) {
    return new Cards(table.set(card), versions);
  }

  /** Returns the cards with one changed, at the version that it has. */
  Cards changed(long id, UnaryOperator<Card> change) {
    return new Cards(table.set(change.apply(card(id))), versions);
  }

  Cards without(long id) {
    return new Cards(table.remove(id), versions.minus(id));
  }

  /** Returns the cards with news taken in; news that was overtaken changes nothing. */
  Cards received(Push news) {
    if (news.card() == null) {
      return without(news.id());
    }
    return news.card().version() > version(news.id()) ? with(news.card()) : this;
  }
}
