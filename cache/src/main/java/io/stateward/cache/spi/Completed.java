package io.stateward.cache.spi;

import io.stateward.cache.Stamp;

/**
 * How a write ended.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param stamp the stamp of it
 * @param stored whether what was written is stored
 * @since 0.1
 */
public record Completed(Stamp stamp, boolean stored) {}
