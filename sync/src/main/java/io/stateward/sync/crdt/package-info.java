/**
 * One idea: values that merge without anybody to ask, because their merge is commutative,
 * associative and idempotent.
 *
 * <p>Each is an immutable value that a replica changes under its own name; {@code merge} joins two
 * versions of it, in any order and any number of times, into the same result (state-based
 * conflict-free replicated data types; Shapiro, Preguiça, Baquero, Zawirski, "A comprehensive study
 * of Convergent and Commutative Replicated Data Types", INRIA RR-7506, 2011). What is removed
 * leaves no tombstone: each addition is a {@link io.stateward.sync.crdt.Dot dot}, a {@link
 * io.stateward.sync.crdt.VersionVector} says which dots a replica has seen, and what was seen and
 * is not there has been removed (Bieniusa et al., "An optimized conflict-free replicated set",
 * INRIA RR-8083, 2012; Almeida, Shoker, Baquero, "Delta state replicated data types", J. Parallel
 * Distrib. Comput. 111, 2018).
 *
 * <p>Start at {@link io.stateward.sync.crdt.Replicated}. Nothing in this package knows networks,
 * time or storage.
 */
@NullMarked
package io.stateward.sync.crdt;

import org.jspecify.annotations.NullMarked;
