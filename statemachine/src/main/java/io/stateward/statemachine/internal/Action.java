package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import org.jspecify.annotations.Nullable;

/** What is done on entry, on exit, or by a transition. */
public sealed interface Action {

  /** What it is called in diagrams, traces and stored effects. */
  String name();

  /**
   * Work outside of the machine, done once the macrostep is committed.
   *
   * @param name unique in its place
   * @param body does it
   */
  record Run(String name, Effect.Body body) implements Action {}

  /**
   * An event for this machine, in this macrostep.
   *
   * @param name the kind of event
   * @param event makes it
   */
  record Raise(String name, Maker event) implements Action {}

  /**
   * An event for this machine, later; dropped if it is cancelled first.
   *
   * @param name what to cancel it by
   * @param delayMillis how long to wait; zero for the next macrostep
   * @param event makes it
   */
  record Send(String name, Delay delayMillis, Maker event) implements Action {}

  /**
   * Drops what was sent by a name and is not due yet.
   *
   * @param name of what was sent
   */
  record Cancel(String name) implements Action {}

  /**
   * A value for those who listen to the machine.
   *
   * @param name what it is called
   * @param value makes it
   */
  record Emit(String name, Maker value) implements Action {}

  /**
   * What only the engine's context can do, for documents.
   *
   * @param name what it is called
   * @param body does it, within the macrostep
   */
  record Script(String name, ScriptBody body) implements Action {}

  /** Makes an event or a value. */
  @FunctionalInterface
  interface Maker {
    Object make(@Nullable Object state, @Nullable Object event);
  }

  /** Says how long to wait, in milliseconds. */
  @FunctionalInterface
  interface Delay {
    long millis(@Nullable Object state, @Nullable Object event);
  }

  /** Does something within the macrostep. */
  @FunctionalInterface
  interface ScriptBody {
    void run(@Nullable Object event, StepContext context);
  }
}
