/**
 * One idea: every example is an {@link io.stateward.examples.Application} that one launcher serves
 * to a browser on this machine, and to nobody else.
 *
 * <p>The frame is small: a {@link io.stateward.examples.Launcher} reads the command line, a {@link
 * io.stateward.examples.LocalServer} turns foreign requests away, {@link
 * io.stateward.examples.Routes} says what an application serves, and an {@link
 * io.stateward.examples.EventStream} carries its live updates. Pages share one stylesheet and a
 * handful of elements, which lie under {@code web/shared}.
 *
 * <p>Start at {@link io.stateward.examples.Application}.
 */
@NullMarked
package io.stateward.examples;

import org.jspecify.annotations.NullMarked;
