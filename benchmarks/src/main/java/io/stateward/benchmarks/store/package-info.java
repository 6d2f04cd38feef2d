/**
 * One idea: what it costs to write one value, to read it, and to tell those whom it concerns.
 *
 * <p>Three small interfaces stand between the questions and the contenders: {@code Audience} (many
 * subscribers, each on another id), {@code Publisher} (one value, one subscriber) and {@code Tally}
 * (one value, many writers). Start at {@link io.stateward.benchmarks.store.StoreWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.store;

import org.jspecify.annotations.NullMarked;
