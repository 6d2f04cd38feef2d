/**
 * One idea: a JSON library takes part by binding types to text, under a form it is told.
 *
 * <p>Bytes, limits, schemas and messages are not its business: {@link
 * io.stateward.json.spi.JsonEngine} gets a {@link io.stateward.json.spi.JsonForm} and a type and
 * returns a {@link io.stateward.json.spi.JsonBinding}. What it refuses it throws as {@link
 * io.stateward.json.spi.JsonProblem}, whose factories know the words and never quote a value.
 *
 * <p>Start at {@link io.stateward.json.spi.JsonEngine}.
 */
@NullMarked
package io.stateward.json.spi;

import org.jspecify.annotations.NullMarked;
