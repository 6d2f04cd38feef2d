package io.stateward.testkit.cache;

import io.stateward.cache.spi.Backplane;

/**
 * One message on its way to the backplane, or from it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param operation which of the two
 * @param cache the name of the cache
 * @param message what it says
 * @since 0.1
 */
public record BackplaneCall(
    BackplaneOperation operation, String cache, Backplane.Message message) {}
