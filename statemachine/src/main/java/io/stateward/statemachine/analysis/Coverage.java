package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which state answers to which event: a row for each leaf that can be active and is not final, a
 * column for each kind of event.
 *
 * <pre>{@code
 * Coverage coverage = Analysis.of(ORDER).coverage();
 * assertThat(coverage.answer("NEW", "RESERVE")).isEqualTo(Coverage.Answer.TAKEN);
 * assertThat(coverage.missing()).doesNotContain(new Coverage.Gap("PAID", "CANCEL"));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class Coverage {

  /** What becomes of an event in a state, with what is around that. */
  public enum Answer {
    /** A transition without a guard is taken. */
    TAKEN,
    /** Guards decide. */
    GUARDED,
    /** It waits for another state. */
    DEFERRED,
    /** It is dropped on purpose. */
    IGNORED,
    /** Nothing answers to it. */
    NONE
  }

  /**
   * An event that a state does not answer to.
   *
   * @param state the name of the state
   * @param event the name of the event
   */
  public record Gap(String state, String event) {}

  private final List<String> events;
  private final Map<String, Map<String, Answer>> rows = new LinkedHashMap<>();

  Coverage(Facts facts, Reach reach) {
    events = facts.alphabet.names();
    for (Node leaf : facts.leaves) {
      boolean waits = leaf.kind() != StateSpec.Kind.FINAL && !facts.restless(leaf);
      if (waits && reach.reached(leaf)) {
        rows.put(leaf.name(), row(facts, leaf));
      }
    }
  }

  private static Map<String, Answer> row(Facts facts, Node leaf) {
    Map<String, Answer> row = new LinkedHashMap<>();
    for (int kind = 0; kind < facts.alphabet.size(); kind++) {
      int number = kind;
      List<Arc> candidates = Facts.candidates(leaf, arc -> facts.kinds(arc).get(number));
      row.put(facts.alphabet.name(kind), answer(candidates));
    }
    return row;
  }

  private static Answer answer(List<Arc> candidates) {
    if (candidates.isEmpty()) {
      return Answer.NONE;
    }
    Arc first = candidates.get(0);
    if (first.guard() != null) {
      return Answer.GUARDED;
    }
    return first.reaction() == ArcSpec.Reaction.DEFER
        ? Answer.DEFERRED
        : first.reaction() == ArcSpec.Reaction.IGNORE ? Answer.IGNORED : Answer.TAKEN;
  }

  /**
   * Returns the names of the states.
   *
   * @return the names, in the order of the definition
   */
  public List<String> states() {
    return List.copyOf(rows.keySet());
  }

  /**
   * Returns the names of the events.
   *
   * @return the names, in the order of their type
   */
  public List<String> events() {
    return events;
  }

  /**
   * Returns what becomes of an event in a state.
   *
   * @param state the name of a leaf
   * @param event the name of an event
   * @return the answer
   * @throws IllegalArgumentException if there is no such row or column
   */
  public Answer answer(String state, String event) {
    Map<String, Answer> row = rows.get(Objects.requireNonNull(state, "state"));
    Answer answer = row == null ? null : row.get(Objects.requireNonNull(event, "event"));
    if (answer == null) {
      throw new IllegalArgumentException(
          "There is no answer of %s to %s; the states are %s and the events %s."
              .formatted(state, event, rows.keySet(), events));
    }
    return answer;
  }

  /**
   * Returns the events that states do not answer to.
   *
   * @return a gap for each, row by row
   */
  public List<Gap> missing() {
    List<Gap> gaps = new ArrayList<>();
    rows.forEach(
        (state, row) ->
            row.forEach(
                (event, answer) -> {
                  if (answer == Answer.NONE) {
                    gaps.add(new Gap(state, event));
                  }
                }));
    return gaps;
  }

  /** Returns the table as text: a line of events, then one for each state. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("| |");
    events.forEach(event -> text.append(' ').append(event).append(" |"));
    text.append("\n|---|").append("---|".repeat(events.size()));
    rows.forEach(
        (state, row) -> {
          text.append("\n| ").append(state).append(" |");
          row.values().forEach(answer -> text.append(' ').append(mark(answer)).append(" |"));
        });
    return text.toString();
  }

  private static String mark(Answer answer) {
    return switch (answer) {
      case TAKEN -> "yes";
      case GUARDED -> "guarded";
      case DEFERRED -> "deferred";
      case IGNORED -> "ignored";
      case NONE -> "-";
    };
  }
}
