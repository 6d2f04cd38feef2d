package io.stateward.json.spi;

import io.stateward.codec.JsonLimits;
import io.stateward.collection.EntityTable;
import java.util.Map;

/**
 * What an application says about the JSON form of its types, as an engine needs to know it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public interface JsonForm {

  /** The key under which a member of a sealed type has its name. */
  String TAG = "type";

  /**
   * Tells whether everything is refused that this program would not have written.
   *
   * @return false if unknown and repeated keys, text after the value, missing and null components,
   *     and scalars of another kind are to be accepted
   */
  boolean isStrict();

  /**
   * Returns the limits of what is read and written.
   *
   * @return the limits
   */
  JsonLimits limits();

  /**
   * Returns the classes of which one has to be named in the text, where this type is declared.
   *
   * @param type any type
   * @return the members of a sealed type by their names; for a member of a sealed type itself under
   *     its name; empty for all others
   * @throws IllegalArgumentException if a member has no name, or two have the same
   */
  Map<String, Class<?>> members(Class<?> type);

  /**
   * Makes a table of the entities that were read.
   *
   * @param entity the type of the entities
   * @param entities the entities, in the order of the text
   * @return the table, with the id function and the order that the application registered
   * @throws JsonProblem if two entities have one id
   * @throws IllegalArgumentException if nothing is registered for the type
   */
  EntityTable<?, ?> table(Class<?> entity, Iterable<?> entities);
}
