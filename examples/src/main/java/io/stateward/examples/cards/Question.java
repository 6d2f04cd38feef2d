package io.stateward.examples.cards;

import io.stateward.merge.FieldConflict;
import io.stateward.optimistic.Choice;
import io.stateward.optimistic.Dispute;
import io.stateward.signal.Versioned;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A conflict that a person decides.
 *
 * @param dispute what it is about
 * @param answer takes the decision
 * @param dueNanos when it is too late, in the monotonic time of the window
 */
record Question(
    Dispute<Versioned<Card>> dispute,
    CompletableFuture<Choice<Versioned<Card>>> answer,
    long dueNanos) {

  /**
   * Decides.
   *
   * @param mine the fields in which the person's own change is to hold; theirs does in the others
   */
  void decide(Set<String> mine) {
    Card decided = dispute.suggestion().value();
    Versioned<Card> own = dispute.mine();
    for (FieldConflict field : dispute.fields()) {
      if (own != null && mine.contains(field.path())) {
        decided = taking(decided, field.path(), own.value());
      }
    }
    answer.complete(
        decided.equals(dispute.theirs().value())
            ? Choice.theirs()
            : Choice.merged(new Versioned<>(decided, dispute.theirs().version())));
  }

  private static Card taking(Card card, String field, Card from) {
    return switch (field) {
      case "title" -> card.withTitle(from.title());
      case "note" -> card.withNote(from.note());
      case "column" -> card.withColumn(from.column());
      default -> from.withId(card.id());
    };
  }

  /** Returns the question as a page is told it: base, mine and theirs of each field, and so on. */
  List<Object> toJson(long nowNanos) {
    return List.of(
        dispute.id().number(),
        dispute.theirs().value().title(),
        Math.max(0, (dueNanos - nowNanos) / 1_000_000),
        dispute.fields().stream().map(Question::field).toList());
  }

  private static List<String> field(FieldConflict field) {
    return List.of(field.path(), shown(field.base()), shown(field.mine()), shown(field.theirs()));
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Column column) {
      return column.label();
    }
    return value instanceof Collection<?> several
        ? several.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "))
        : value == null ? "" : value.toString();
  }
}
