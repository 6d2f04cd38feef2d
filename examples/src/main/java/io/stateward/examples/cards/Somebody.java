package io.stateward.examples.cards;

import io.stateward.signal.Versioned;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else who is just a little faster than a write, when the person wants that.
 *
 * @param now what the server knows after that
 * @param pushes what it tells all windows of it
 */
record Somebody(Authority now, List<Push> pushes) {

  /** Lets somebody be first, if the fate of the write says so. */
  static Somebody before(CardWrite write, @Nullable Fate fate, Authority state, long millis) {
    Versioned<Card> card = state.cards().at(write.card().id());
    if (card == null || fate == null) {
      return new Somebody(state, List.of());
    }
    return switch (fate) {
      case OVERTAKEN -> changes(state, labelled(card.value()), card.version() + 1, millis);
      case CONTESTED ->
          changes(state, contested(card.value(), write.card()), card.version() + 1, millis);
      case REMOVED -> removes(state, card.value().id(), millis);
      case REFUSED, UNANSWERED -> new Somebody(state, List.of());
    };
  }

  private static Somebody changes(Authority state, Card changed, long version, long millis) {
    Versioned<Card> card = new Versioned<>(changed, version);
    String text = "Somebody else changes card %d to v%d".formatted(changed.id(), version);
    return new Somebody(
        state.withCard(card).logging(millis, "", "wait", text),
        List.of(new Push(changed.id(), card, "", "")));
  }

  private static Somebody removes(Authority state, long id, long millis) {
    String text = "Somebody else removes card %d".formatted(id);
    return new Somebody(
        state.withoutCard(id).logging(millis, "", "wait", text),
        List.of(new Push(id, null, "", "")));
  }

  /** Returns a card with another label. */
  private static Card labelled(Card card) {
    return card.relabelled(Set.of(card.labels().contains("urgent") ? "seen" : "urgent"), Set.of());
  }

  /** Returns a card that differs in the field that the write changes, and from what it wants. */
  private static Card contested(Card card, Card mine) {
    if (!mine.title().equals(card.title())) {
      return card.withTitle(card.title() + ", please");
    }
    if (!mine.note().equals(card.note())) {
      return card.withNote("Somebody else has written this.");
    }
    return mine.column() == card.column()
        ? labelled(card)
        : Arrays.stream(Column.values())
            .filter(column -> column != card.column() && column != mine.column())
            .findFirst()
            .map(card::withColumn)
            .orElse(card);
  }
}
