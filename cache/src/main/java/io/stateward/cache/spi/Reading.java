package io.stateward.cache.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a layer has of a key.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param head the head of the key's bucket, no later than the entry
 * @param wide the head of the wide bucket, no later than the entry
 * @param entry the entry, which has not outlived its hard time to live; null if there is none
 * @since 0.1
 */
public record Reading(Head head, Head wide, @Nullable LayerEntry entry) {}
