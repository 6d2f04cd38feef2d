/**
 * One idea: several people write one text at the same time, in browsers and terminals.
 *
 * <p>An {@link io.stateward.examples.editor.EditorServer} serves the page, and the hub that keeps
 * the text.
 *
 * <p>Start at {@link io.stateward.examples.editor.EditorServer}.
 */
@NullMarked
package io.stateward.examples.editor;

import org.jspecify.annotations.NullMarked;
