/**
 * One idea: values have one JSON form, whichever library reads and writes it, and what is not of
 * that form is refused.
 *
 * <p>{@link io.stateward.json.JsonCodecs} holds what an application says about its types: stable
 * names, the order of its tables, limits. An adapter ({@code stateward-jackson}, {@code
 * stateward-jackson2}) hands one out and brings the library. Codecs of two adapters, made with the
 * same options, read each other's bytes.
 *
 * <p><b>The form.</b> A record is an object with its components as keys, in their order. A member
 * of a sealed type has its stable name first, under {@code "type"}. Types of {@code java.time} are
 * strings in their ISO form. A {@code PersistentMap} is an object, a {@code PersistentVector} an
 * array, and an {@code EntityTable} the array of its entities in its order. Enum constants are
 * their names, numbers are numbers, {@code byte[]} is Base64. Keys of maps are strings: enums,
 * numbers, {@code UUID}, {@code java.time}, and classes with a {@code @JsonKey} or
 * {@code @JsonValue} may stand there too.
 *
 * <p>A member that is an enum is an array of its stable name and the constant. Other types have the
 * form that the library gives them. Half a surrogate pair in a string is written as an escape; in a
 * key it is refused.
 *
 * <p>Start at {@link io.stateward.json.JsonCodecs}.
 */
@NullMarked
package io.stateward.json;

import org.jspecify.annotations.NullMarked;
