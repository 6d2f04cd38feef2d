/**
 * One idea: a value has a form that survives the process, and a name for that form.
 *
 * <p>A {@link io.stateward.codec.Codec} turns values into bytes and back and says which schema the
 * bytes follow. The kernel has no serialization library of its own: hosts choose one, and Java
 * serialization is never used.
 *
 * <p>Start at {@link io.stateward.codec.Codec}.
 */
@NullMarked
package io.stateward.codec;

import org.jspecify.annotations.NullMarked;
