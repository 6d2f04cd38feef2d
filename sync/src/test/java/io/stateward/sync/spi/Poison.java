package io.stateward.sync.spi;

/** A listener that throws, on purpose. */
final class Poison {

  private Poison() {}

  static void fail(String frame) {
    throw new Deliberate();
  }

  /** What a listener throws in a test. */
  static final class Deliberate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Deliberate() {
      super("thrown by a test, on purpose");
    }
  }
}
