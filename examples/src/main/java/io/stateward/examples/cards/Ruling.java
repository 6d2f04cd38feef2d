package io.stateward.examples.cards;

import io.stateward.collection.EntityTable;
import io.stateward.signal.Versioned;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server decides about one write: a pure function of what it knows.
 *
 * @param now what it knows afterwards
 * @param answer what it answers
 * @param lost whether the answer is lost on its way
 * @param pushes what it tells the windows, in order
 */
record Ruling(Authority now, WriteResult<Versioned<Card>> answer, boolean lost, List<Push> pushes) {

  static final int MOST_CARDS = 40;
  static final int MOST_DOING = 4;

  Ruling {
    pushes = List.copyOf(pushes);
  }

  /**
   * Decides.
   *
   * @param unlucky whether it is one of those writes that the failure rate takes
   */
  static Ruling on(Authority state, CardWrite write, boolean unlucky, long millis) {
    Fate fate = state.dials().fate();
    Somebody before =
        Somebody.before(write, fate, state.withDials(state.dials().withoutFate()), millis);
    WriteResult<Versioned<Card>> answer = answer(before.now(), write, fate, unlucky);
    boolean lost = fate == Fate.UNANSWERED;
    List<Push> pushes = new ArrayList<>(before.pushes());
    Authority now = before.now();
    if (answer instanceof WriteResult.Saved<Versioned<Card>> saved && !isKnown(now, write)) {
      Versioned<Card> card = saved.value();
      now = now.withCard(card).answering(write.key(), card);
      pushes.add(new Push(card.value().id(), card, write.key(), lost ? write.window() : ""));
    }
    return new Ruling(log(now, write, answer, lost, millis), answer, lost, pushes);
  }

  private static WriteResult<Versioned<Card>> answer(
      Authority state, CardWrite write, @Nullable Fate fate, boolean unlucky) {
    Versioned<Card> known = state.answers().byKey().get(write.key());
    if (known != null) { // sent again, as its answer was lost: done once, answered as it is by now
      Versioned<Card> now = state.cards().at(known.value().id());
      return now == null ? new WriteResult.Gone<>() : new WriteResult.Saved<>(now);
    }
    if (fate == Fate.REFUSED) {
      return new WriteResult.Rejected<>("The server refuses this write, as you asked for.");
    }
    if (unlucky) {
      return new WriteResult.Rejected<>(
          "The server refuses %d %% of all writes, as you asked for."
              .formatted(state.dials().failurePercent()));
    }
    Versioned<Card> current = state.cards().at(write.card().id());
    if (!write.isNew() && current == null) {
      return new WriteResult.Gone<>();
    }
    if (current != null && current.version() != write.version()) {
      return new WriteResult.Conflict<>(current);
    }
    String broken = brokenRule(state.cards().table(), write.card());
    if (broken != null) {
      return new WriteResult.Rejected<>(broken);
    }
    return new WriteResult.Saved<>(
        current == null
            ? new Versioned<>(write.card().withId(state.lastId() + 1), 1)
            : new Versioned<>(write.card(), current.version() + 1));
  }

  private static boolean isKnown(Authority state, CardWrite write) {
    return state.answers().byKey().containsKey(write.key());
  }

  private static @Nullable String brokenRule(EntityTable<Long, Card> cards, Card card) {
    if (card.title().isBlank()) {
      return "A card needs a title.";
    }
    Card was = cards.get(card.id());
    if (was == null && cards.size() >= MOST_CARDS) {
      return "The board holds %d cards already.".formatted(MOST_CARDS);
    }
    long doing = cards.values().stream().filter(Ruling::isDoing).count();
    return isDoing(card) && (was == null || !isDoing(was)) && doing >= MOST_DOING
        ? "“Doing” holds %d cards already. Finish one of them first.".formatted(MOST_DOING)
        : null;
  }

  private static boolean isDoing(Card card) {
    return card.column() == Column.DOING;
  }

  private static Authority log(
      Authority state,
      CardWrite write,
      WriteResult<Versioned<Card>> answer,
      boolean lost,
      long millis) {
    Card card = write.card();
    String name = card.id() > 0 ? "card %d".formatted(card.id()) : "new card";
    String text =
        answer.fold(
            saved -> "200 %s: card %d is v%d".formatted(name, saved.value().id(), saved.version()),
            current ->
                "409 %s: it is v%d, not v%d".formatted(name, current.version(), write.version()),
            () -> "410 %s: it is gone".formatted(name),
            reason -> "422 %s: %s".formatted(name, reason),
            () -> "given up",
            String::valueOf);
    String tone =
        answer.isSaved() ? "good" : answer instanceof WriteResult.Conflict ? "wait" : "bad";
    return state.logging(millis, write.window(), tone, lost ? text + "; the answer is lost" : text);
  }
}
