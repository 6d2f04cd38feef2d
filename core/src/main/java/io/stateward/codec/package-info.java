/**
 * One idea: a value has a form that survives the process, and a name for that form.
 *
 * <p>A {@link io.stateward.codec.Codec} turns values into bytes and back and says which schema the
 * bytes follow. Where the bytes are JSON, a {@link io.stateward.codec.TreeCodec} also has values as
 * a {@link io.stateward.codec.Tree}: a value of no particular type that migrations change, merges
 * compare and hashes are made of. The kernel reads and writes trees itself and has no serialization
 * library for anything else: hosts choose one, and Java serialization is never used.
 *
 * <p>Start at {@link io.stateward.codec.Codec} and {@link io.stateward.codec.Tree}.
 */
@NullMarked
package io.stateward.codec;

import org.jspecify.annotations.NullMarked;
