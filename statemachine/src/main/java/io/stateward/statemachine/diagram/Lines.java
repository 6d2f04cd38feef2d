package io.stateward.statemachine.diagram;

/**
 * A text that grows by indented lines.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Lines {

  private final StringBuilder text = new StringBuilder();
  private int depth;

  Lines add(String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
    return this;
  }

  Lines in() {
    depth++;
    return this;
  }

  Lines out() {
    depth--;
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
