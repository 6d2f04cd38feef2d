package io.stateward.optimistic;

import org.jspecify.annotations.Nullable;

/**
 * A mutation that did not take effect, kept so that nothing a person did is lost without a trace.
 *
 * <pre>{@code
 * board.deadLetters().subscribe(change ->
 *     change.now().forEach(letter -> toast(letter.name() + ": " + letter.reason())));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the state
 * @param id the mutation
 * @param command what it would have done; it can be mutated again. It changes nothing if it is of
 *     {@linkplain Kind#UNKNOWN an unknown type}
 * @param kind what became of it
 * @param reason says why, as a sentence
 * @param cause what was thrown, if anything was
 * @since 0.1
 */
public record DeadLetter<S>(
    MutationId id, Command<S> command, Kind kind, String reason, @Nullable Throwable cause) {

  /** What became of a mutation that did not take effect. */
  public enum Kind {
    /** The server refused it. */
    REJECTED,
    /** The server had another state, and that one was kept. */
    CONFLICT,
    /** What it was about is no longer there. */
    GONE,
    /** Its call failed, and was not to be tried again. */
    FAILED,
    /** It was not answered in time. */
    UNANSWERED,
    /** It could not be executed on the state that it came to stand on. */
    NOT_REPLAYABLE,
    /** It was stored by a version of the application that knew more types of commands. */
    UNKNOWN
  }

  /**
   * Returns what the command is called.
   *
   * @return its name
   */
  public String name() {
    return command.name();
  }
}
