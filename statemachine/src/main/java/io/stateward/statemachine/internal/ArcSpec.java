package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transition on its way. */
public final class ArcSpec {

  /** What taking it means. */
  public enum Reaction {
    /** It is taken. */
    ACT,
    /** The event is dropped on purpose. */
    IGNORE,
    /** The event waits for another state. */
    DEFER
  }

  private final Trigger trigger;
  private final List<Target> targets = new ArrayList<>();
  private final List<Assign> assigns = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private Reaction reaction = Reaction.ACT;
  private @Nullable Guard guard;
  private @Nullable DataFunction update;
  private boolean external;

  /**
   * Begins a transition without targets.
   *
   * @param trigger what it answers to
   */
  public ArcSpec(Trigger trigger) {
    this.trigger = trigger;
  }

  public Trigger trigger() {
    return trigger;
  }

  public @Nullable Guard guard() {
    return guard;
  }

  public ArcSpec guard(Guard by) {
    guard = by;
    return this;
  }

  /** Where it leads; more than one for several regions, none to stay. */
  public List<Target> targets() {
    return targets;
  }

  /** Whether its source is left and entered again even if all targets are inside of it. */
  public boolean external() {
    return external;
  }

  public ArcSpec external(boolean is) {
    external = is;
    return this;
  }

  public Reaction reaction() {
    return reaction;
  }

  public ArcSpec reaction(Reaction is) {
    reaction = is;
    return this;
  }

  /** Changes the data of the source's region, after exits and before assigns and actions. */
  public @Nullable DataFunction update() {
    return update;
  }

  public ArcSpec update(DataFunction by) {
    update = by;
    return this;
  }

  /** Changes of contexts, or of data of other active states, done before the actions. */
  public List<Assign> assigns() {
    return assigns;
  }

  public List<Action> actions() {
    return actions;
  }

  /**
   * A place to go to.
   *
   * @param state which
   * @param data makes its data, or null if it has none, or a default
   */
  public record Target(StateSpec state, @Nullable DataFunction data) {}

  /**
   * A change of data that is found by its type.
   *
   * @param type of a context, or of an active state
   * @param function makes the next value
   */
  public record Assign(Class<?> type, AssignFunction function) {}
}
