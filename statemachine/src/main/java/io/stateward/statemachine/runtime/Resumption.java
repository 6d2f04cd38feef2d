package io.stateward.statemachine.runtime;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Invocation;
import java.util.List;
import java.util.Map;

/**
 * What an actor had not done yet when it was kept.
 *
 * @param unreleased actions of the step that was kept last, by their places among its effects
 * @param rerun work to begin again
 * @param failed work that has failed, with why
 */
public record Resumption(
    Map<Integer, Effect.Run> unreleased,
    List<Invocation> rerun,
    Map<Invocation, Throwable> failed) {}
