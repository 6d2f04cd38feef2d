package io.stateward.persist;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeNumber;
import io.stateward.codec.TreeObject;
import io.stateward.codec.TreeShapeException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A state in a form that JavaScript reads without loss, and the paths at which a number had to
 * become a string for that.
 */
record PageState(Tree tree, List<String> turned) {

  /** Names that reach into the prototype of whatever object they are assigned to. */
  private static final Set<String> DANGEROUS = Set.of("__proto__", "constructor", "prototype");

  private static final BigDecimal LARGEST_INTEGER = BigDecimal.valueOf((1L << 53) - 1);

  static PageState of(Tree state, BeyondJavaScript policy) {
    List<String> turned = new ArrayList<>();
    Tree tree =
        mapLeaves(
            state,
            "",
            (path, leaf) -> {
              if (!(leaf instanceof TreeNumber number) || isHeld(number)) {
                return leaf;
              }
              if (policy == BeyondJavaScript.REFUSED) {
                throw beyondJavaScript(path, number);
              }
              turned.add(path);
              return Tree.of(number.toString());
            });
    return new PageState(tree, List.copyOf(turned));
  }

  /** Returns the state with its numbers as they were, or throws if this was never made by of. */
  Tree original() {
    Set<String> left = new HashSet<>(turned);
    Tree original =
        mapLeaves(
            tree,
            "",
            (path, leaf) -> left.remove(path) ? Tree.parse(leaf.asString()).asNumber() : leaf);
    if (!left.isEmpty()) {
      throw new HydrationException("No number is at \"%s\".".formatted(left.iterator().next()));
    }
    return original;
  }

  private static Tree mapLeaves(
      Tree tree, String path, BiFunction<String, Tree, ? extends Tree> change) {
    if (tree instanceof TreeObject object) {
      TreeObject.Builder members = TreeObject.builder();
      for (Map.Entry<String, Tree> member : object.members().entrySet()) {
        String below = path + "/" + escaped(harmless(member.getKey(), path));
        members.add(member.getKey(), mapLeaves(member.getValue(), below, change));
      }
      return members.build();
    }
    if (tree instanceof TreeArray array) {
      TreeArray.Builder elements = TreeArray.builder();
      int index = 0;
      for (Tree element : array.elements()) {
        elements.add(mapLeaves(element, path + "/" + index++, change));
      }
      return elements.build();
    }
    return change.apply(path, tree);
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static String harmless(String name, String path) {
    if (DANGEROUS.contains(name)) {
      throw new HydrationException(
          "The state has a member '%s' at \"%s\", which reaches into the prototype of a JavaScript object; rename it, or make its entries an array."
              .formatted(name, path));
    }
    return name;
  }

  /**
   * Tells whether JavaScript reads exactly this number; of large integers, whether it counts on.
   */
  private static boolean isHeld(TreeNumber number) {
    BigDecimal decimal = number.toDecimal();
    if (number.isInteger() && decimal.scale() >= 0) {
      return decimal.abs().compareTo(LARGEST_INTEGER) <= 0;
    }
    try {
      return Tree.of(number.asDouble()).equals(number);
    } catch (TreeShapeException e) { // beyond the range of doubles
      return false;
    }
  }

  private static HydrationException beyondJavaScript(String path, TreeNumber number) {
    return new HydrationException(
        "JavaScript cannot hold the number %s at \"%s\". Make it a string, or let withNumbers(AS_STRINGS) do it."
            .formatted(number, path));
  }
}
