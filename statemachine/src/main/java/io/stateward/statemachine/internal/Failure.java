package io.stateward.statemachine.internal;

/** Throws on what foreign code threw, whatever it is. */
final class Failure {

  private Failure() {}

  /** Throws it as it is; declared to return, so that callers can say throw. */
  static RuntimeException unchecked(Throwable failure) {
    throw Failure.<RuntimeException>sneak(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
