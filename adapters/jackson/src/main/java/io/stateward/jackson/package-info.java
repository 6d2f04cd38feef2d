/**
 * One idea: Jackson 3 reads and writes the values of codecs.
 *
 * <p>Start at {@link io.stateward.jackson.Jackson}; what can be said about types is at {@link
 * io.stateward.json.JsonCodecs}, and the form they have in {@link io.stateward.json}.
 */
@NullMarked
package io.stateward.jackson;

import org.jspecify.annotations.NullMarked;
