package io.stateward.json.spi;

import java.lang.reflect.Type;

/**
 * A JSON library, as the codecs use it.
 *
 * <p><b>Thread safety.</b> Implementations are safe for any number of threads, and so are the
 * bindings that they return.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JsonEngine {

  /**
   * Prepares the reading and writing of one type.
   *
   * @param form what the application says about its types
   * @param type the type, without type variables
   * @return the binding
   * @throws IllegalArgumentException if the library cannot read or write the type
   */
  JsonBinding bind(JsonForm form, Type type);
}
