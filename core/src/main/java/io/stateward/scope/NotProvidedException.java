package io.stateward.scope;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import java.util.List;

/**
 * Thrown by looking up a key that no scope on the way to the root provides.
 *
 * @since 0.1
 */
public final class NotProvidedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final String key;
  private final transient List<String> searched;

  NotProvidedException(ScopeKey<?> key, List<String> searched, List<String> namesakes) {
    super(
        "Nobody provides %s. Searched %s. Provide it in one of these before looking it up, give the key a default with ScopeKey.withDefault(name, value), or use lookupOrNull(key).%s"
            .formatted(key, String.join(", then ", searched), hint(namesakes)));
    this.key = key.name();
    this.searched = List.copyOf(searched);
  }

  private static String hint(List<String> namesakes) {
    return namesakes.isEmpty()
        ? ""
        : " Another key of the same name is provided in %s: keys are equal only to themselves, so share one constant."
            .formatted(String.join(" and ", namesakes));
  }

  /**
   * Returns the key that was looked up.
   *
   * @return its name
   */
  public String key() {
    return key;
  }

  /**
   * Returns the scopes that were searched.
   *
   * @return their paths, nearest first
   */
  public List<String> searched() {
    return searched;
  }
}
