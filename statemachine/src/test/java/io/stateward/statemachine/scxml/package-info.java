/** One idea: what is read from a document runs as the W3C says, and what is not read is named. */
@NullMarked
package io.stateward.statemachine.scxml;

import org.jspecify.annotations.NullMarked;
