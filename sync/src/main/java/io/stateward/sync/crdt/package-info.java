/**
 * One idea: values that merge without anybody to ask, because their merge is commutative,
 * associative and idempotent.
 *
 * <p>Each is an immutable value that a replica changes under its own name; {@code merge} joins two
 * versions of it, in any order and any number of times, into the same result (state-based
 * conflict-free replicated data types; Shapiro, Preguiça, Baquero, Zawirski, "A comprehensive study
 * of Convergent and Commutative Replicated Data Types", INRIA RR-7506, 2011).
 *
 * <p>Start at {@code Replicated}. Nothing in this package knows networks, time or storage.
 */
@NullMarked
package io.stateward.sync.crdt;

import org.jspecify.annotations.NullMarked;
