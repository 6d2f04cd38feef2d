package io.stateward.cache.spi;

/**
 * The permission to fill a key once.
 *
 * @param token never given twice, in any epoch
 * @param head the head of the key's bucket when it was given
 * @param wide the head of the wide bucket when it was given
 * @param connection which connection of the session took it; it holds on no other
 * @since 0.1
 */
public record Lease(String token, Head head, Head wide, long connection) {}
