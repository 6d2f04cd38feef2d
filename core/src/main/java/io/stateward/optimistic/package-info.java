/**
 * One idea: what a person does shows at once, as a command on top of what is confirmed, and is
 * taken out again exactly, should it fail.
 *
 * <p>An {@link io.stateward.optimistic.OptimisticStore} holds a confirmed state and a log of
 * {@linkplain io.stateward.optimistic.Command commands} that are under way. What is visible is the
 * fold of the log over the confirmed state; so whatever happens to one command, the others are
 * applied anew without it, and nobody's change is lost. {@link
 * io.stateward.optimistic.MutationPlan} says how a command reaches the server and what is done with
 * the answer.
 */
@NullMarked
package io.stateward.optimistic;

import org.jspecify.annotations.NullMarked;
