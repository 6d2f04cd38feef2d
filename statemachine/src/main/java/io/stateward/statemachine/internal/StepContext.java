package io.stateward.statemachine.internal;

import io.stateward.statemachine.View;
import org.jspecify.annotations.Nullable;

/** What an action may do within a macrostep; nothing of it remains if that fails. */
public interface StepContext extends View {

  /** Appends an event to the internal queue. */
  void raise(Object event);

  /** Sends an event to this machine after a delay of milliseconds; zero for the next macrostep. */
  void send(String name, long delayMillis, Object event);

  /** Drops what was sent by a name and is not due yet. */
  void cancel(String name);

  /** Hands a value to those who listen to the machine, once the macrostep is committed. */
  void emit(String name, Object value);

  /** Replaces a context, which is found by the type that it was declared with. */
  void assign(Class<?> type, @Nullable Object value);

  /** Ends the machine, as its own final state would. */
  void end();
}
