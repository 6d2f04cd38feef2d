/** One idea: machines as their users write them, run against what their definitions say. */
@NullMarked
package io.stateward.statemachine;

import org.jspecify.annotations.NullMarked;
