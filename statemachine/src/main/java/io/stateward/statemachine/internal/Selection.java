package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which transitions are taken together: of each active leaf the innermost that is enabled, without
 * those that would leave the same states (selectTransitions and removeConflictingTransitions of the
 * W3C's algorithm). No guard is asked twice.
 */
final class Selection {

  /** Asks a guard, and says what follows if it throws. */
  interface Asking {
    boolean allows(Arc arc, @Nullable Object event);
  }

  private final Chart chart;
  private final Around now;
  private final Past past;
  private final int[] asked; // by transition: the round that it was last asked in, negative for no
  private int round;
  private Arc[] enabled = new Arc[4];
  private int count;
  private boolean deferring;
  private boolean ignoring;
  private boolean known;

  Selection(Chart chart, Around now, Past past) {
    this.chart = chart;
    this.now = now;
    this.past = past;
    this.asked = new int[chart.arcs.length];
  }

  int count() {
    return count;
  }

  /** What is enabled, as far as {@link #count} says. */
  Arc[] all() {
    return enabled;
  }

  Arc enabled(int index) {
    return enabled[index];
  }

  /** Whether an active state says that the event is to wait. */
  boolean deferring() {
    return deferring;
  }

  /** Whether an active state says that it ignores the event. */
  boolean ignoring() {
    return ignoring;
  }

  /** Whether an active state has a transition for the event at all. */
  boolean known() {
    return known;
  }

  /** Selects one transition that is known to be the one. */
  void select(Arc arc) {
    begin();
    add(arc);
  }

  /** Selects by asking. */
  void select(Row row, @Nullable Object event, Asking asking) {
    begin();
    if (row.empty) {
      return;
    }
    long[] leaves = chart.features.leaves;
    for (int word = 0; word < leaves.length; word++) {
      long rest = now.active[word] & leaves[word];
      while (rest != 0) {
        int leaf = (word << 6) + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        climb(row.moves(leaf), event, asking);
      }
    }
    if (count > 1) {
      removeConflicting();
    }
  }

  private void begin() {
    count = 0;
    deferring = false;
    ignoring = false;
    known = false;
    if (++round < 0) {
      round = 1;
      java.util.Arrays.fill(asked, 0);
    }
  }

  private void climb(Move[] moves, @Nullable Object event, Asking asking) {
    for (Move move : moves) {
      known = true;
      if (allows(move.arc, event, asking)) {
        switch (move.arc.reaction) {
          case ACT -> add(move.arc);
          case DEFER -> deferring = true;
          case IGNORE -> ignoring = true;
        }
        return;
      }
    }
  }

  private boolean allows(Arc arc, @Nullable Object event, Asking asking) {
    if (arc.guard == null) {
      return true;
    }
    int last = asked[arc.number];
    if (last == round || last == -round) {
      return last > 0;
    }
    boolean allowed = asking.allows(arc, event);
    asked[arc.number] = allowed ? round : -round;
    return allowed;
  }

  private void add(Arc arc) {
    for (int i = 0; i < count; i++) {
      if (enabled[i] == arc) {
        return;
      }
    }
    if (count == enabled.length) {
      enabled = java.util.Arrays.copyOf(enabled, 2 * count);
    }
    enabled[count++] = arc;
  }

  /** Returns the names of the guards of all candidates, each once, after nothing was enabled. */
  List<String> refusing(Row row) {
    List<String> names = new ArrayList<>();
    for (int i = Bits.next(now.active, 0); i >= 0; i = Bits.next(now.active, i + 1)) {
      if (chart.nodes[i].leaf()) {
        for (Move move : row.moves(i)) {
          Guard guard = move.arc.guard;
          if (guard != null && !names.contains(guard.name())) {
            names.add(guard.name());
          }
        }
      }
    }
    return names;
  }

  private void removeConflicting() {
    Arc[] all = enabled;
    Arc[] kept = new Arc[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      Arc arc = all[i];
      if (!preempted(arc, kept, size)) {
        // What it preempts in turn has its source around this one's.
        int left = 0;
        for (int j = 0; j < size; j++) {
          if (!conflict(arc, kept[j])) {
            kept[left++] = kept[j];
          }
        }
        kept[left++] = arc;
        size = left;
      }
    }
    System.arraycopy(kept, 0, all, 0, size);
    count = size;
  }

  private boolean preempted(Arc arc, Arc[] kept, int size) {
    for (int i = 0; i < size; i++) {
      if (!kept[i].source.contains(arc.source) && conflict(arc, kept[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean conflict(Arc one, Arc other) {
    int[] here = past.scope(one);
    int[] there = past.scope(other);
    for (int i = 0; i < here.length; i += 2) {
      for (int j = 0; j < there.length; j += 2) {
        int from = Math.max(here[i], there[j]);
        int to = Math.min(here[i + 1], there[j + 1]);
        if (from < to && Bits.any(now.active, from, to)) {
          return true;
        }
      }
    }
    return false;
  }
}
