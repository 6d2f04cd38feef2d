package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeCodec;
import io.stateward.codec.TreeObject;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code <data>} of a document hold at one moment: values by name, and names that have
 * none. It is a context of the machine.
 *
 * <pre>{@code
 * Variables now = step.snapshot().get(Variables.class);
 * int tries = now.get("tries").asInt();
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param values what is there, by name
 * @param unset names that are declared and have no value
 * @since 0.1
 */
public record Variables(TreeObject values, Set<String> unset) {

  private static final Variables NONE = new Variables(Tree.object(), Set.of());

  /**
   * Copies the names.
   *
   * @param values what is there, by name
   * @param unset names that are declared and have no value
   */
  public Variables {
    Objects.requireNonNull(values, "values");
    unset = Set.copyOf(unset);
  }

  /**
   * Returns those of a document without data.
   *
   * @return no variables
   */
  public static Variables none() {
    return NONE;
  }

  /**
   * Returns the value of a name.
   *
   * @param name the name
   * @return the value, or null if it is not declared or has none
   */
  public @Nullable Tree find(String name) {
    return values.members().get(name);
  }

  /**
   * Returns the value of a name.
   *
   * @param name the name
   * @return the value
   * @throws IllegalStateException if there is none
   */
  public Tree get(String name) {
    Tree value = find(name);
    if (value == null) {
      throw new IllegalStateException(
          "There is no value of the name '%s', only of %s; ask find first."
              .formatted(name, values.members().keySet()));
    }
    return value;
  }

  /**
   * Tells whether a name is declared.
   *
   * @param name the name
   * @return whether it is, with or without a value
   */
  public boolean isDeclared(String name) {
    return values.members().containsKey(name) || unset.contains(name);
  }

  /**
   * Returns these with another value of a name, which is declared by that.
   *
   * @param name the name
   * @param value the value, or null for none
   * @return the variables
   */
  public Variables with(String name, @Nullable Tree value) {
    Set<String> empty = new TreeSet<>(unset);
    if (value == null) {
      empty.add(name);
      return new Variables(values.minus(name), empty);
    }
    empty.remove(name);
    return new Variables(values.plus(name, value), empty);
  }

  /**
   * Returns a codec, for snapshots.
   *
   * @return the codec; schema {@code scxml-variables}
   */
  public static TreeCodec<Variables> codec() {
    return TreeCodec.of("scxml-variables", Variables::toTree, Variables::fromTree);
  }

  private Tree toTree() {
    TreeArray.Builder names = TreeArray.builder();
    new TreeSet<>(unset).forEach(name -> names.add(Tree.of(name)));
    return Tree.object().plus("values", values).plus("unset", names.build());
  }

  private static Variables fromTree(Tree tree) {
    return new Variables(
        tree.at("/values").asObject(),
        tree.at("/unset").asArray().elements().stream()
            .map(Tree::asString)
            .collect(Collectors.toSet()));
  }
}
