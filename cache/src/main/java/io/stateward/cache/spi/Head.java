package io.stateward.cache.spi;

/**
 * The latest number of a bucket.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param epoch which life of the layer
 * @param sequence the number of the latest invalidation; 0 if there was none
 * @since 0.1
 */
public record Head(long epoch, long sequence) {}
