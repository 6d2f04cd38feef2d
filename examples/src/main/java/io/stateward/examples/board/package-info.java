/**
 * One idea: a table of live processes whose every change reaches exactly the browsers that show it.
 *
 * <p>One store holds what is true of the {@link io.stateward.examples.board.Machine}, refreshed
 * once per second in one commit. Each connected page has a small store of its own for what its
 * person wants to see, a {@link io.stateward.examples.board.View}: filter, order and pinned
 * processes. Their combination is a {@link io.stateward.examples.board.Listing}, the ids to show in
 * order; for each of these ids the {@link io.stateward.examples.board.Viewer} of the page holds one
 * keyed subscription, which sends the fields that changed.
 *
 * <p>A page says its view again when it reconnects, so the server keeps nothing for pages that are
 * gone.
 *
 * <p>Start at {@link io.stateward.examples.board.Board}.
 */
@NullMarked
package io.stateward.examples.board;

import org.jspecify.annotations.NullMarked;
