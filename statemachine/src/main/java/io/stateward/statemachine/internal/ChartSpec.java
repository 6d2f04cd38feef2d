package io.stateward.statemachine.internal;

import io.stateward.statemachine.Unhandled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chart on its way: states by reference, in the order of the document.
 *
 * <p><b>Thread safety.</b> One thread at a time; a chart that was compiled from it keeps nothing of
 * it that changes.
 */
public final class ChartSpec {

  private final String name;
  private final StateSpec root;
  private final EventSpace events;
  private final Form form;
  private final List<ContextSpec> contexts = new ArrayList<>();
  private boolean strict;
  private int version = 1;
  private int budget = 1_000;
  private Unhandled unhandled = Unhandled.IGNORE;
  private @Nullable Class<?> input;

  /**
   * Begins a chart.
   *
   * @param name what people call the machine
   * @param events how events are told apart
   * @param form what a value of the state is made of
   */
  public ChartSpec(String name, EventSpace events, Form form) {
    this.name = Objects.requireNonNull(name, "name");
    this.events = Objects.requireNonNull(events, "events");
    this.form = Objects.requireNonNull(form, "form");
    this.root = new StateSpec(name, StateSpec.Kind.COMPOUND);
    root.region(true);
  }

  public String name() {
    return name;
  }

  /** The state that everything is in; a region, and never left. */
  public StateSpec root() {
    return root;
  }

  public EventSpace events() {
    return events;
  }

  public Form form() {
    return form;
  }

  /** Data beside that of the states, one of a type. */
  public List<ContextSpec> contexts() {
    return contexts;
  }

  /** Whether the W3C's rules hold to the letter. */
  public boolean strict() {
    return strict;
  }

  public ChartSpec strict(boolean is) {
    strict = is;
    return this;
  }

  public int version() {
    return version;
  }

  public ChartSpec version(int of) {
    version = of;
    return this;
  }

  /** The most microsteps of a macrostep. */
  public int budget() {
    return budget;
  }

  public ChartSpec budget(int most) {
    budget = most;
    return this;
  }

  public Unhandled unhandled() {
    return unhandled;
  }

  public ChartSpec unhandled(Unhandled what) {
    unhandled = what;
    return this;
  }

  /** The type of the parameter that a machine starts with, or null for none. */
  public @Nullable Class<?> input() {
    return input;
  }

  public ChartSpec input(Class<?> type) {
    input = type;
    return this;
  }

  /**
   * A piece of context.
   *
   * @param type of which there is one
   * @param initial makes the first from the parameter of the machine
   */
  public record ContextSpec(Class<?> type, DataFunction initial) {}
}
