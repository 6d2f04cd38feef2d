package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a microstep: which transitions, and what they left and entered. The same ones
 * come again and again, so that a few are kept.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class Told {

  final Trace.Microstep microstep;

  /** What is told of a macrostep that takes this microstep alone. */
  final Outcome outcome;

  final Trace trace;
  private final Arc[] arcs;
  private final long[] left;
  private final long[] entered;

  private Told(Chart chart, Arc[] arcs, int count, long[] left, long[] entered) {
    this.arcs = Arrays.copyOf(arcs, count);
    this.left = left.clone();
    this.entered = entered.clone();
    List<Trace.Transition> labels = Arrays.stream(this.arcs).map(arc -> arc.label).toList();
    List<String> exits = new ArrayList<>();
    for (int i = Bits.last(left); i >= 0; i = Bits.previous(left, i - 1)) {
      exits.add(chart.nodes[i].name);
    }
    List<String> entries = new ArrayList<>();
    for (int i = Bits.next(entered, 1); i >= 0; i = Bits.next(entered, i + 1)) {
      entries.add(chart.nodes[i].name);
    }
    this.microstep = new Trace.Microstep(labels, exits, entries);
    this.outcome =
        exits.isEmpty() && entries.isEmpty()
            ? Outcomes.UPDATED
            : new Outcome.Transitioned(exits, entries);
    this.trace = new Trace(List.of(microstep));
  }

  private boolean isOf(Arc[] others, int count, long[] gone, long[] come) {
    if (arcs.length != count || !Arrays.equals(left, gone) || !Arrays.equals(entered, come)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (arcs[i] != others[i]) {
        return false;
      }
    }
    return true;
  }

  /** The ones that are kept of a chart. */
  static final class Kept {

    private static final int SIZE = 64;

    private final Chart chart;

    // Racy on purpose: what is stored is immutable, and each is as good as another.
    private final @Nullable Told[] kept = new Told[SIZE];

    Kept(Chart chart) {
      this.chart = chart;
    }

    Told of(Arc[] arcs, int count, long[] left, long[] entered) {
      int hash = 0;
      for (int i = 0; i < count; i++) {
        hash = 31 * hash + arcs[i].number;
      }
      hash = 31 * (31 * hash + Bits.hash(left)) + Bits.hash(entered);
      int at = (hash ^ (hash >>> 15) ^ (hash >>> 6)) & (SIZE - 1);
      Told told = kept[at];
      if (told == null || !told.isOf(arcs, count, left, entered)) {
        told = new Told(chart, arcs, count, left, entered);
        kept[at] = told;
      }
      return told;
    }
  }
}
