package io.stateward.statemachine;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import java.util.List;

/**
 * A machine cannot be built from its definition. The message lists everything that is wrong with
 * it, not the first problem only.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class MachineDefinitionException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * Creates an exception.
   *
   * @param machine what the machine is called
   * @param problems what is wrong and what to do, a sentence each
   */
  public MachineDefinitionException(String machine, List<String> problems) {
    super(
        "The machine %s cannot be built:\n  %s"
            .formatted(machine, String.join("\n  ", List.copyOf(problems))));
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns what is wrong.
   *
   * @return a sentence for each problem; empty after the exception was serialized
   */
  @SuppressWarnings("NullAway") // transient: null after deserialization
  public List<String> problems() {
    return problems == null ? List.of() : problems;
  }
}
