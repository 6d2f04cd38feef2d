package io.stateward.sync.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How two changes of one record are brought together, field by field.
 *
 * <pre>{@code
 * MergeRules rules = MergeRules.otherwise(MergeRule.ASK)
 *     .with("/votes", MergeRule.COUNTER)
 *     .with("/tags", MergeRule.SET)
 *     .with("/seen", MergeRule.THEIRS);
 * }</pre>
 *
 * <p>What only one side changed is taken over, and what both changed in the same way as well; no
 * rule is asked. An object without a rule of its own is merged by its fields; all else that both
 * changed, and what one removed and the other changed, goes to its rule.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param otherwise the rule of what has none of its own
 * @param fields the rules by path, a JSON Pointer; a rule is for the whole value at its path
 * @since 0.1
 */
public record MergeRules(MergeRule otherwise, Map<String, MergeRule> fields) {

  /**
   * Checks and copies the rules.
   *
   * @param otherwise the rule of what has none of its own
   * @param fields the rules by path
   * @throws IllegalArgumentException if a path is no JSON Pointer
   */
  public MergeRules {
    Objects.requireNonNull(otherwise, "otherwise");
    fields = Map.copyOf(fields);
    fields.keySet().forEach(Paths::checked);
  }

  /**
   * Returns rules that are the same for all fields.
   *
   * @param rule the rule
   * @return the rules
   */
  public static MergeRules otherwise(MergeRule rule) {
    return new MergeRules(rule, Map.of());
  }

  /**
   * Returns these rules with one for a field.
   *
   * @param path where it is, a JSON Pointer
   * @param rule its rule, in the place of what it had
   * @return the rules
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  public MergeRules with(String path, MergeRule rule) {
    Map<String, MergeRule> next = new LinkedHashMap<>(fields);
    next.put(path, Objects.requireNonNull(rule, "rule"));
    return new MergeRules(otherwise, next);
  }
}
