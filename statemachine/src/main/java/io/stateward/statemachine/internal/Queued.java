package io.stateward.statemachine.internal;

import org.jspecify.annotations.Nullable;

/**
 * What waits in the internal queue of a macrostep.
 *
 * @param row what may answer to it
 * @param event the event, or null for an end that no event tells
 */
record Queued(Row row, @Nullable Object event) {}
