package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What ends a block of executable content, and becomes an event. */
final class Failure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String event;
  private final @Nullable String sendId;

  private Failure(
      String event, String problem, @Nullable String sendId, @Nullable Throwable cause) {
    super(problem, cause, false, false); // it ends a block, as the document's rules have it
    this.event = event;
    this.sendId = sendId;
  }

  static Failure execution(String problem) {
    return new Failure("error.execution", problem, null, null);
  }

  static Failure execution(Throwable cause) {
    return cause instanceof Failure failure
        ? failure
        : new Failure("error.execution", String.valueOf(cause.getMessage()), null, cause);
  }

  static Failure communication(String problem) {
    return new Failure("error.communication", problem, null, null);
  }

  Failure of(@Nullable String send) {
    return new Failure(event, String.valueOf(getMessage()), send, getCause());
  }

  ScxmlEvent event() {
    return ScxmlEvent.platform(event, Tree.of(String.valueOf(getMessage())), sendId);
  }
}
