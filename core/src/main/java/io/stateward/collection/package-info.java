/**
 * One idea: a <em>persistent collection</em> is a value; changing it gives another value that
 * shares almost everything with the first, so two versions can be compared at the cost of what
 * differs.
 *
 * <p>A {@link io.stateward.collection.PersistentMap} is a {@code java.util.Map}, a {@link
 * io.stateward.collection.PersistentVector} a {@code java.util.List}, and an {@link
 * io.stateward.collection.EntityTable} keeps entities by id and, if asked, in an order. Each has a
 * builder for many changes at once. What lies between two versions is a {@link
 * io.stateward.collection.Diff}: entries {@link io.stateward.collection.EntryChange.Added added},
 * {@link io.stateward.collection.EntryChange.Removed removed} and {@link
 * io.stateward.collection.EntryChange.Changed changed}, found by skipping every subtree that the
 * versions share.
 *
 * <p>Start at {@link io.stateward.collection.PersistentMap} or, for application state, at {@link
 * io.stateward.collection.EntityTable}.
 *
 * <p>No collection here holds {@code null}, and none takes part in Java serialization: a serial
 * form would fix the shape of the trees for ever and let bytes from outside break their invariants.
 * Write the entries with a codec and rebuild the collection from them.
 */
@NullMarked
package io.stateward.collection;

import org.jspecify.annotations.NullMarked;
