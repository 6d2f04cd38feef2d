package io.stateward.statemachine.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state of a {@link Chart}: numbered in the order of the document, so that what is inside of it
 * are the numbers from its own, exclusive, to {@link #end}, exclusive.
 *
 * <p><b>Thread safety.</b> Immutable once the chart is compiled.
 */
public final class Node {

  final int number;
  final String name;
  final StateSpec.Kind kind;
  final @Nullable Node parent;
  final @Nullable Object key;
  final boolean region;
  final int slot;
  final Action[] entry;
  final Action[] exit;
  final InvokeSpec[] invokes;
  final TimerSpec[] timers;
  // What follows is set by the compiler before anybody else sees the chart.
  int end;
  int history = -1;
  Node[] children = {};
  Node[] histories = {};
  Arc[] arcs = {};
  @Nullable Arc initial;

  /** What its data is an instance of, if that is known. */
  @Nullable Class<?> type;

  boolean initialGiven;

  /** Whether several leaves may be active inside of it. */
  boolean splits;

  Node(int number, StateSpec spec, @Nullable Node parent, boolean region, int slot) {
    this.number = number;
    this.name = spec.name();
    this.kind = spec.kind();
    this.parent = parent;
    this.key = spec.key();
    this.region = region;
    this.slot = slot;
    this.entry = spec.entry().toArray(Action[]::new);
    this.exit = spec.exit().toArray(Action[]::new);
    this.invokes = spec.invokes().toArray(InvokeSpec[]::new);
    this.timers = spec.timers().toArray(TimerSpec[]::new);
  }

  /** Its place in the order of the document; the root has 0. */
  public int number() {
    return number;
  }

  /** Unique in the chart. */
  public String name() {
    return name;
  }

  /** What sort of state. */
  public StateSpec.Kind kind() {
    return kind;
  }

  /** What it is directly inside of; null for the root. */
  public @Nullable Node parent() {
    return parent;
  }

  /** The number after the last state inside of it. */
  public int end() {
    return end;
  }

  /** What the form knows it by: a class, a constant, or null. */
  public @Nullable Object key() {
    return key;
  }

  /** What is directly inside of it, in the order of the document; without histories. */
  public List<Node> children() {
    return List.of(children);
  }

  /** The histories of what is active directly inside of it, in the order of the document. */
  public List<Node> histories() {
    return List.of(histories);
  }

  /** Whether it has a slot of its own for the data of what is active in it. */
  public boolean region() {
    return region;
  }

  /** Where its data is: its own slot if it is a region, else that of what it is inside of. */
  public int slot() {
    return slot;
  }

  /** Where a compound begins, or where a history without a past leads; null for other states. */
  public @Nullable Arc initial() {
    return initial;
  }

  /** Whether the definition says where it begins, so that {@link #initial} is no default. */
  public boolean initialGiven() {
    return initialGiven;
  }

  /** What is done when it is entered, in order. */
  public List<Action> entry() {
    return List.of(entry);
  }

  /** What is done when it is left, in order. */
  public List<Action> exit() {
    return List.of(exit);
  }

  /** The work that runs while it is active, in order. */
  public List<InvokeSpec> invokes() {
    return List.of(invokes);
  }

  /** The timers that run while it is active, in order. */
  public List<TimerSpec> timers() {
    return List.of(timers);
  }

  /** The transitions out of it, in the order of the document. */
  public List<Arc> arcs() {
    return List.of(arcs);
  }

  /** Whether nothing can be active inside of it: it is atomic or final. */
  public boolean leaf() {
    return kind == StateSpec.Kind.ATOMIC || kind == StateSpec.Kind.FINAL;
  }

  /** Whether it stands for states that were active before. */
  public boolean pseudo() {
    return kind == StateSpec.Kind.SHALLOW_HISTORY || kind == StateSpec.Kind.DEEP_HISTORY;
  }

  /** Whether another state is inside of it, at any depth; it is not inside of itself. */
  public boolean contains(Node other) {
    return other.number > number && other.number < end;
  }

  /** Whether its being active ends the machine. */
  public boolean terminal() {
    return kind == StateSpec.Kind.FINAL && parent != null && parent.number == 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
