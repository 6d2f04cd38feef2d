package io.stateward.sync.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** The last things that happened in a run, for whoever has to understand why it failed. */
final class Trace {

  static final int KEPT = Integer.getInteger("stateward.simulation.trace", 150);

  private final Deque<Line> lines = new ArrayDeque<>();

  /** What happened; made into text only if somebody asks. */
  private record Line(long nanos, String who, String what, String detail) {
    @Override
    public String toString() {
      return "%12.6f %-8s %s%s".formatted(nanos / 1e9, who, what, detail);
    }
  }

  void add(long nanos, String who, String what, String detail) {
    lines.add(new Line(nanos, who, what, detail));
    if (lines.size() > KEPT) {
      lines.poll();
    }
  }

  @Override
  public String toString() {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
  }
}
