package io.stateward.statemachine.internal;

import io.stateward.statemachine.View;
import org.jspecify.annotations.Nullable;

/**
 * Which states are entered, and with which data (computeEntrySet of the W3C's algorithm, which
 * {@link #descend} and {@link #ascend} follow).
 */
final class Entry {

  private final Chart chart;
  private final Around now;
  private final Past past;
  private final int[] defaults; // by state: how it is entered, as bits
  private final @Nullable DataFunction[] makers; // by state
  private final @Nullable Object[] origins; // by state: what its maker and those inside are given
  private final @Nullable Arc[] content; // by state: the default of a history in it
  final long[] entered;

  /** Whether each state has data of its own, and is given it back when it is restored. */
  private final boolean restores;

  private @Nullable Object origin;

  private static final int BY_DEFAULT = 1;
  private static final int GIVEN = 2;
  private static final int RESTORED = 4;

  Entry(Chart chart, Around now, Past past) {
    this.chart = chart;
    this.now = now;
    this.past = past;
    int size = chart.nodes.length;
    this.defaults = new int[size];
    this.makers = new DataFunction[size];
    this.origins = new Object[size];
    this.content = new Arc[size];
    this.restores = chart.form() == Form.DATA;
    this.entered = Bits.words(size);
  }

  /** Adds what the start of the machine enters. */
  void begin(@Nullable Object input) {
    origin = input;
    given(chart.root(), null);
    descend(chart.root());
  }

  /** Adds what a transition enters; its functions get the data that its source had. */
  void add(Arc arc, @Nullable Object data) {
    if (arc.targets.length == 0) {
      return;
    }
    origin = data;
    for (int i = 0; i < arc.targets.length; i++) {
      given(arc.targets[i], arc.data[i]);
    }
    descend(arc.targets);
    Node domain = past.domain(arc);
    for (Node target : past.effective(arc)) {
      ascend(target, domain);
    }
  }

  boolean byDefault(Node node) {
    return (defaults[node.number] & BY_DEFAULT) != 0;
  }

  @Nullable Arc content(Node node) {
    return content[node.number];
  }

  /** Puts the data of all that is entered into the slots, outermost first. */
  void makeData(@Nullable Object event, View before) {
    for (int i = Bits.next(entered, 0); i >= 0; i = Bits.next(entered, i + 1)) {
      Node node = chart.nodes[i];
      Node parent = node.parent;
      boolean own = (defaults[i] & (GIVEN | RESTORED)) != 0;
      if (!own && parent != null) {
        origins[i] =
            node.region || !Bits.has(entered, parent.number)
                ? now.slots[parent.slot]
                : origins[parent.number];
      }
      DataFunction maker = makers[i];
      if (maker != null) {
        now.slots[node.slot] = maker.apply(origins[i], event, before);
      } else if ((defaults[i] & RESTORED) != 0) {
        now.slots[node.slot] = origins[i];
      }
    }
  }

  void clear() {
    for (int i = Bits.next(entered, 0); i >= 0; i = Bits.next(entered, i + 1)) {
      defaults[i] = 0;
      makers[i] = null;
      origins[i] = null;
    }
    for (Node history : chart.histories) {
      if (history.parent != null) {
        content[history.parent.number] = null;
      }
    }
    Bits.clear(entered);
    origin = null;
  }

  private void given(Node target, @Nullable DataFunction maker) {
    if (target.pseudo()) {
      Remembered states = past.of(target);
      for (int i = 0; states != null && maker != null && i < states.states.length; i++) {
        Node state = chart.nodes[states.states[i]];
        if (state.leaf() && state.slot == target.slot) {
          given(state, maker);
        }
      }
      return;
    }
    defaults[target.number] |= GIVEN;
    makers[target.number] = maker;
    origins[target.number] = origin;
  }

  /** Adds targets and what begins in them; of one around another only that other begins. */
  private void descend(Node[] targets) {
    for (Node target : targets) {
      boolean around = false;
      for (Node other : targets) {
        around |= target.contains(other);
      }
      if (!around) {
        descend(target);
      }
    }
  }

  private void descend(Node node) {
    if (node.pseudo()) {
      restore(node);
      return;
    }
    Bits.add(entered, node.number);
    if (node.kind == StateSpec.Kind.COMPOUND) {
      defaults[node.number] |= BY_DEFAULT;
      follow(Chart.initial(node), node);
    } else if (node.kind == StateSpec.Kind.PARALLEL) {
      complete(node);
    }
  }

  /** Enters where a compound begins, or where a history without a past leads. */
  private void follow(Arc begin, Node around) {
    for (int i = 0; i < begin.targets.length; i++) {
      if (!begin.targets[i].pseudo()) {
        makers[begin.targets[i].number] = begin.data[i];
      }
    }
    descend(begin.targets);
    for (Node target : begin.targets) {
      ascend(target, around);
    }
  }

  private void restore(Node history) {
    Node parent = history.parent;
    if (parent == null) {
      return;
    }
    Remembered states = past.of(history);
    if (states == null) {
      Arc begin = Chart.initial(history);
      content[parent.number] = begin;
      for (int i = 0; i < begin.targets.length; i++) {
        given(begin.targets[i], begin.data[i]);
      }
      follow(begin, parent);
      return;
    }
    for (int i = 0; i < states.states.length; i++) {
      Node state = chart.nodes[states.states[i]];
      if (restores && (defaults[state.number] & GIVEN) == 0 && holds(state)) {
        defaults[state.number] |= RESTORED;
        origins[state.number] = states.data[i];
      }
    }
    for (int number : states.states) {
      if (Past.enters(history, chart.nodes[number])) {
        descend(chart.nodes[number]);
      }
    }
    for (int number : states.states) {
      if (Past.enters(history, chart.nodes[number])) {
        ascend(chart.nodes[number], parent);
      }
    }
  }

  private static boolean holds(Node node) {
    return node.leaf() || node.kind == StateSpec.Kind.PARALLEL;
  }

  /** Adds what is around a target, and what begins beside it in parallel states. */
  private void ascend(Node target, Node domain) {
    for (Node node = target.parent; node != null && node != domain; node = node.parent) {
      if (!Bits.has(now.active, node.number)) {
        Bits.add(entered, node.number);
        if (node.kind == StateSpec.Kind.PARALLEL) {
          complete(node);
        }
      }
    }
  }

  private void complete(Node parallel) {
    for (Node child : parallel.children) {
      boolean begun =
          Bits.has(entered, child.number) || Bits.any(entered, child.number + 1, child.end);
      if (!begun) {
        descend(child);
      }
    }
  }
}
