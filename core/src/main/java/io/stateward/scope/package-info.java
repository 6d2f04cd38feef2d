/**
 * One idea: a <em>scope</em> is a lifetime, a cancellation and a place to look values up.
 *
 * <p>Scopes form a tree. What is opened in a {@link io.stateward.scope.Scope} is closed with it,
 * children first, so nothing leaks; what is provided in it under a {@link
 * io.stateward.scope.ScopeKey} is found from everywhere below, so nothing has to be handed down
 * through constructors that do not care. A {@link io.stateward.scope.Family} makes one value per
 * key, shares it, and lets it go when nobody uses it. Work that runs for a scope is given its
 * {@link io.stateward.scope.Cancellation}, and stops when the scope is closed.
 *
 * <p>Start at {@link io.stateward.scope.Scope}.
 */
@NullMarked
package io.stateward.scope;

import org.jspecify.annotations.NullMarked;
