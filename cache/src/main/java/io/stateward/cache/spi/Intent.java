package io.stateward.cache.spi;

import io.stateward.cache.Stamp;

/**
 * An announced write.
 *
 * @param token never given twice
 * @param stamp the stamp of the invalidation that came with it
 * @param wide the head of the wide bucket when it was announced
 * @param connection which connection of the session announced it
 * @since 0.1
 */
public record Intent(String token, Stamp stamp, Head wide, long connection) {}
