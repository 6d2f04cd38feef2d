/**
 * One idea: how frames travel between a client and its hub.
 *
 * <p>{@link io.stateward.sync.transport.MemoryNetwork} stays within the process and is as bad as a
 * test wants it to be: slow, cut, silent, mangling, and the same again for the same seed.
 *
 * <p>Start at {@link io.stateward.sync.transport.MemoryNetwork}.
 */
@NullMarked
package io.stateward.sync.transport;

import org.jspecify.annotations.NullMarked;
