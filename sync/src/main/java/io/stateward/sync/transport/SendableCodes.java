package io.stateward.sync.transport;

/** The close codes that the JDK lets a client send, and what stands for the others. */
final class SendableCodes {

  private static final int VIOLATION = 1008;
  private static final int UNEXPECTED = 1011;

  private SendableCodes() {}

  /** Returns the code that tells the other side the same about coming back. */
  static int of(int code) {
    return switch (code) {
      case 1002, 1003, 1007, 1009, 1010 -> VIOLATION;
      case 1012, 1013, 1014 -> UNEXPECTED;
      default -> code;
    };
  }
}
