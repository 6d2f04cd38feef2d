/**
 * One idea: a test decides when things happen, and sees everything that did.
 *
 * <p>A {@link io.stateward.testkit.Recorder} keeps what a signal told; a {@link
 * io.stateward.testkit.ManualExecutor} runs work when the test says so; a {@link
 * io.stateward.testkit.Gate} holds a callback until the test lets it go on; {@link
 * io.stateward.testkit.Failures} keeps what the library reported. Time that moves by hand is in the
 * core: {@link io.stateward.time.VirtualTimekeeper}. Nothing here asserts: that is left to the
 * assertion library of your choice.
 *
 * <p>Start at {@link io.stateward.testkit.Recorder}.
 */
@NullMarked
package io.stateward.testkit;

import org.jspecify.annotations.NullMarked;
