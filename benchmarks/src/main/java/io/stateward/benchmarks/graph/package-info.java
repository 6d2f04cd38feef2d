/**
 * One idea: graphs of derived values whose results, and whose number of evaluations, are known
 * beforehand.
 *
 * <p>The graphs are those by which signal libraries of the JavaScript world compare themselves: the
 * kairo set, cellx, and the random graphs of the reactively project, all as the
 * js-reactivity-benchmark project runs them. They are written anew against {@code Reactive}, the
 * one small interface that each contender implements; the values and counts are the published ones.
 * Start at {@link io.stateward.benchmarks.graph.GraphWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.graph;

import org.jspecify.annotations.NullMarked;
