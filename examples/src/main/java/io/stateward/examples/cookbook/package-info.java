/**
 * One idea: a recipe that compiles cannot lie.
 *
 * <p>Each class here is one page of the cookbook. What the page shows lies between {@code // tag:
 * name} and {@code // end}; a test compares the two, and others run the recipes. The records that
 * several recipes use stand in files of their own.
 */
@NullMarked
package io.stateward.examples.cookbook;

import org.jspecify.annotations.NullMarked;
