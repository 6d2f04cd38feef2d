/**
 * One idea: the hub puts the changes of each document in one order, stores them, and tells
 * everybody else of them.
 */
@NullMarked
package io.stateward.sync.hub;

import org.jspecify.annotations.NullMarked;
