package io.stateward.benchmarks.scoreboard;

/**
 * One line of the scoreboard.
 *
 * @param name the suite and the case
 * @param figure what was found
 * @param target what it has to be
 * @param ok whether it is
 */
record Line(String name, String figure, String target, boolean ok) {

  /** A case that could not be measured, which is never ok. */
  static Line failed(String name, String target, String reason) {
    return new Line(name, "failed: " + reason.lines().findFirst().orElse("?"), target, false);
  }

  /** The line as a suite prints it: every name starts with that of the suite. */
  Line in(String suite) {
    return name.startsWith(suite + ".") ? this : new Line(suite + "." + name, figure, target, ok);
  }

  @Override
  public String toString() {
    return "%s %s (target %s) %s".formatted(name, figure, target, ok ? "ok" : "short");
  }
}
