/**
 * One idea: Jackson 2 reads and writes the values of codecs.
 *
 * <p>Start at {@link io.stateward.jackson2.Jackson}; what can be said about types is at {@link
 * io.stateward.json.JsonCodecs}, and the form they have in {@link io.stateward.json}.
 */
@NullMarked
package io.stateward.jackson2;

import org.jspecify.annotations.NullMarked;
