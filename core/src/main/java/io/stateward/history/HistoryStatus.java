package io.stateward.history;

import org.jspecify.annotations.Nullable;

/**
 * What there is to show about a history.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param undoable how many steps can be undone
 * @param redoable how many steps can be redone
 * @param undoName the name of the next step to undo; null if it has none or there is none
 * @param redoName the name of the next step to redo; null if it has none or there is none
 * @param retained the sum of the sizes of the steps, in the unit of {@link
 *     HistoryBuilder#retaining}; 0 if they are not measured
 * @param paused whether changes make no steps at the moment
 * @since 0.1
 */
public record HistoryStatus(
    int undoable,
    int redoable,
    @Nullable String undoName,
    @Nullable String redoName,
    long retained,
    boolean paused) {}
