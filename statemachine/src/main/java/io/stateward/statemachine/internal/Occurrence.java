package io.stateward.statemachine.internal;

import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import org.jspecify.annotations.Nullable;

/**
 * What comes from outside of a machine.
 *
 * @param row what may answer to it
 * @param value the event, the result of work, its failure, or null
 * @param event what people call it, if unhandled events are to be told; null for other occurrences
 * @param timer which is due, or null
 * @param invocation which has ended, or null
 */
record Occurrence(
    Row row,
    @Nullable Object value,
    @Nullable String event,
    @Nullable PendingTimer timer,
    @Nullable Invocation invocation) {}
