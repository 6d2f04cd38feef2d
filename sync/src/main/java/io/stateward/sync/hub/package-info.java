/**
 * One idea: a hub is the one place where a document's changes get their order, are stored, and are
 * handed on.
 *
 * <p>A {@link io.stateward.sync.hub.SyncHub} takes connections of any transport. Each document has
 * its own turn: changes are judged one after the other, stored together, and only then told to
 * anybody but their author. Subscribers pull: nothing waits in memory for who reads slowly. An
 * {@link io.stateward.sync.hub.Authorizer} decides who may do what, a {@link
 * io.stateward.sync.hub.DocumentStorage} says where documents are.
 *
 * <p>Start at {@link io.stateward.sync.hub.SyncHub}.
 */
@NullMarked
package io.stateward.sync.hub;

import org.jspecify.annotations.NullMarked;
