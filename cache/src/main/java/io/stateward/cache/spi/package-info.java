/**
 * One idea: what a place has to do, atomically, to be a layer of a cache.
 *
 * <p>{@link io.stateward.cache.spi.CacheLayer} keeps entries, leases and a numbered log of
 * invalidations; {@link io.stateward.cache.spi.Backplane} tells instances that there is something
 * new in that log. Neither is trusted with more: a lost message, an evicted entry and a server that
 * forgot everything only cost a load. {@link io.stateward.cache.spi.Outbox} keeps invalidations in
 * the source, until its transactions have committed and the layer was told.
 *
 * <p>Start at {@link io.stateward.cache.spi.LayerSession}, whose rules a contract kit tests.
 */
@NullMarked
package io.stateward.cache.spi;

import org.jspecify.annotations.NullMarked;
