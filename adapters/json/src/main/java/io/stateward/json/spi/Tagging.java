package io.stateward.json.spi;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How members of sealed types are told apart, in the terms of Jackson's annotations.
 *
 * @since 0.1
 */
public final class Tagging {

  private static final JsonTypeInfo.Value BY_NAME =
      JsonTypeInfo.Value.construct(
          JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, JsonForm.TAG, null, false, true, null);

  private Tagging() {}

  /**
   * Returns how a type is tagged.
   *
   * @param form what the application says about its types
   * @param type any type
   * @return by its stable name if it is sealed or a member of a sealed type, else {@code null}
   */
  public static JsonTypeInfo.@Nullable Value of(JsonForm form, Class<?> type) {
    return form.members(type).isEmpty() ? null : BY_NAME;
  }

  /**
   * Returns the stable name of a member.
   *
   * @param form what the application says about its types
   * @param type any type
   * @return its name if it is a member of a sealed type, else {@code null}
   */
  public static @Nullable String nameOf(JsonForm form, Class<?> type) {
    for (Map.Entry<String, Class<?>> member : form.members(type).entrySet()) {
      if (member.getValue() == type) {
        return member.getKey();
      }
    }
    return null;
  }

  /**
   * Refuses the annotation by which a text would choose a class, or name one.
   *
   * @param where the class or component
   * @param info its annotation, if there is one
   * @throws IllegalArgumentException if there is one
   */
  public static void check(String where, @Nullable JsonTypeInfo info) {
    if (info != null) {
      throw new IllegalArgumentException(
          ("%s has @JsonTypeInfo(use = %s). No text chooses a class here, and no class name is"
                  + " written: remove it, and make the type sealed; its members are written with"
                  + " their stable names.")
              .formatted(where, info.use()));
    }
  }
}
