/** One idea: an instance is killed, stored, changed and shared, and goes on as if it were not. */
@NullMarked
package io.stateward.statemachine.durable;

import org.jspecify.annotations.NullMarked;
