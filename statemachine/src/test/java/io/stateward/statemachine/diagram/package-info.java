/** One idea: drawings of machines, as their own readers take them. */
@NullMarked
package io.stateward.statemachine.diagram;

import org.jspecify.annotations.NullMarked;
