/** One idea: the mailbox is checked by itself, as what everything else stands on. */
@NullMarked
package io.stateward.statemachine.runtime;

import org.jspecify.annotations.NullMarked;
