package io.stateward.history;

/**
 * What there is to show about a timeline.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param moments how many moments are kept
 * @param skipped how many of them are skipped
 * @param oldest the version before the first moment
 * @param newest the version of the last moment
 * @param viewed the version that the view shows
 * @param pinned whether the view stays there when the store goes on
 * @param live whether the view shows exactly what the store holds: it is neither pinned nor without
 *     a skipped action
 * @since 0.1
 */
public record TimelineStatus(
    int moments,
    int skipped,
    long oldest,
    long newest,
    long viewed,
    boolean pinned,
    boolean live) {}
