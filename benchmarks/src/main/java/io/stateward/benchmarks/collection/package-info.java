/**
 * One idea: what persistent maps cost to read, to change, to walk through and to keep.
 *
 * <p>{@code Maps} is the one small interface between the questions and the contenders. Start at
 * {@link io.stateward.benchmarks.collection.CollectionWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.collection;

import org.jspecify.annotations.NullMarked;
