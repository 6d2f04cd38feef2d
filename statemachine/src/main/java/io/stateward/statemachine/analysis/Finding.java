package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Trace;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a chart, or doubtful.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param severity how bad it is
 * @param rule what was checked
 * @param states the names of the states that it is about; of a circle in its order
 * @param path a shortest way from the initial state to the first of them, empty if it is active
 *     from the beginning; null if no way leads there
 * @param message what is wrong and what to do
 * @since 0.1
 */
public record Finding(
    Severity severity,
    Rule rule,
    List<String> states,
    @Nullable List<Trace.Transition> path,
    String message) {

  /**
   * Copies the lists.
   *
   * @param severity how bad it is
   * @param rule what was checked
   * @param states the names of the states
   * @param path a shortest way, or null
   * @param message what is wrong
   */
  public Finding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(message, "message");
    states = List.copyOf(states);
    path = path == null ? null : List.copyOf(path);
  }

  /** Returns the finding as a line: severity, rule, message, and the way there. */
  @Override
  public String toString() {
    return "%s %s: %s%s".formatted(severity, rule, message, way());
  }

  private String way() {
    if (path == null || path.isEmpty()) {
      return "";
    }
    return path.stream()
        .map(step -> step.source() + " on " + step.trigger())
        .collect(Collectors.joining(", ", " [by way of ", "]"));
  }
}
