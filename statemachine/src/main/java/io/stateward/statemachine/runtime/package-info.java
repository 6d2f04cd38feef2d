/**
 * One idea: an actor is a mailbox around a pure step, and one thread at a time is in it.
 *
 * <p>A {@link io.stateward.statemachine.runtime.Mailbox} is one field: idle, busy, over, or what
 * waits. Whoever finds it idle takes a {@link io.stateward.statemachine.runtime.Turn} and handles
 * what comes, until it is idle again. Whatever an actor needs besides a snapshot is {@linkplain
 * io.stateward.statemachine.runtime.Equipment made when it is needed}: an alarm for its timers, the
 * work under way, signals, observers.
 *
 * <p>Start at {@link io.stateward.statemachine.runtime.LiveActor}.
 */
@NullMarked
package io.stateward.statemachine.runtime;

import org.jspecify.annotations.NullMarked;
