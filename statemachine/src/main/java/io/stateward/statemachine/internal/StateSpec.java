package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state on its way: what is in it, what it does, and where it leads. */
public final class StateSpec {

  /** What sort of state. */
  public enum Kind {
    /** A leaf. */
    ATOMIC,
    /** One of its children is active. */
    COMPOUND,
    /** All of its children, the regions, are active. */
    PARALLEL,
    /** A leaf that ends its parent. */
    FINAL,
    /** Stands for the child that was active last. */
    SHALLOW_HISTORY,
    /** Stands for the leaves that were active last. */
    DEEP_HISTORY
  }

  private final String name;
  private final List<StateSpec> children = new ArrayList<>();
  private final List<ArcSpec> arcs = new ArrayList<>();
  private final List<Action> entry = new ArrayList<>();
  private final List<Action> exit = new ArrayList<>();
  private final List<InvokeSpec> invokes = new ArrayList<>();
  private final List<TimerSpec> timers = new ArrayList<>();
  private Kind kind;
  private boolean region;
  private @Nullable Object key;
  private @Nullable ArcSpec initial;

  /**
   * Begins a state.
   *
   * @param name unique in the chart
   * @param kind what sort; may be changed until the chart is compiled
   */
  public StateSpec(String name, Kind kind) {
    this.name = name;
    this.kind = kind;
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  public StateSpec kind(Kind is) {
    kind = is;
    return this;
  }

  /**
   * Whether it has data of its own for what is active in it: the root, and children of parallels.
   */
  public boolean region() {
    return region;
  }

  public StateSpec region(boolean is) {
    region = is;
    return this;
  }

  /** What the form knows it by: a class, a constant, or nothing but its name. */
  public @Nullable Object key() {
    return key;
  }

  public StateSpec key(Object of) {
    key = of;
    return this;
  }

  public List<StateSpec> children() {
    return children;
  }

  /** Where a compound begins, or where a history without a past leads; has no trigger. */
  public @Nullable ArcSpec initial() {
    return initial;
  }

  public StateSpec initial(ArcSpec arc) {
    initial = arc;
    return this;
  }

  /** The transitions out of it, in the order of the document. */
  public List<ArcSpec> arcs() {
    return arcs;
  }

  public List<Action> entry() {
    return entry;
  }

  public List<Action> exit() {
    return exit;
  }

  public List<InvokeSpec> invokes() {
    return invokes;
  }

  public List<TimerSpec> timers() {
    return timers;
  }

  @Override
  public String toString() {
    return name;
  }
}
