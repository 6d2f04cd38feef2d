/**
 * One idea: a table of live processes whose every change reaches exactly the browsers that show it.
 *
 * <p>One store holds what is true of the {@link io.stateward.examples.board.Machine}, refreshed
 * once per second in one commit. Another holds what the person has chosen, the {@link
 * io.stateward.examples.board.Desk}: preferences, which a {@link
 * io.stateward.examples.board.Keeping} keeps in a file, and for each connected page a {@link
 * io.stateward.examples.board.View}: filter, order and pinned programs, which can be undone.
 * Machine and view make a {@link io.stateward.examples.board.Listing}, the ids to show in order;
 * for each of these ids the {@link io.stateward.examples.board.Viewer} of the page holds one keyed
 * subscription, which sends the fields that changed.
 *
 * <p>A {@link io.stateward.examples.board.SearchBox} searches on its own, through a {@link
 * io.stateward.examples.board.Lookup} that takes its time.
 *
 * <p>A page says its view again when it reconnects, so the server keeps nothing for pages that are
 * gone, but the preferences.
 *
 * <p>Start at {@link io.stateward.examples.board.Board}.
 */
@NullMarked
package io.stateward.examples.board;

import org.jspecify.annotations.NullMarked;
