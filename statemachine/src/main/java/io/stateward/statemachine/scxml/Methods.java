package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The few methods of strings and arrays that expressions can call. */
final class Methods {

  private Methods() {}

  static @Nullable Tree call(@Nullable Tree of, String method, Stream<@Nullable Tree> arguments) {
    List<Tree> given = arguments.map(value -> value == null ? Tree.ofNull() : value).toList();
    if (of != null && method.equals("toString") && given.isEmpty()) {
      return Tree.of(Values.toText(of));
    }
    Tree result =
        of instanceof TreeArray array
            ? ofArray(array, method, given)
            : Values.isText(of) ? ofText(Values.toText(of), method, given) : null;
    if (result == null) {
      throw new ExpressionException(
          "A value of the type %s has no method '%s' of %d arguments."
              .formatted(Values.typeOf(of), method, given.size()));
    }
    return result;
  }

  private static @Nullable Tree ofArray(TreeArray array, String method, List<Tree> given) {
    List<Tree> elements = array.elements();
    return switch (method + "/" + given.size()) {
      case "indexOf/1" -> Tree.of(elements.indexOf(given.get(0)));
      case "includes/1" -> Tree.of(elements.contains(given.get(0)));
      case "join/0" -> Values.text(Values.joined(array, ","));
      case "join/1" -> Values.text(Values.joined(array, Values.toText(given.get(0))));
      case "slice/0", "slice/1", "slice/2" -> {
        int[] range = range(elements.size(), given);
        yield Tree.array(elements.subList(range[0], range[1]));
      }
      default -> method.equals("concat") ? together(array, given) : null;
    };
  }

  private static Tree together(TreeArray array, List<Tree> given) {
    TreeArray.Builder all = TreeArray.builder();
    array.elements().forEach(all::add);
    for (Tree more : given) {
      if (more instanceof TreeArray elements) {
        elements.elements().forEach(all::add);
      } else {
        all.add(more);
      }
    }
    return Values.limited(all.build());
  }

  private static @Nullable Tree ofText(String text, String method, List<Tree> given) {
    return switch (method + "/" + given.size()) {
      case "indexOf/1" -> Tree.of(text.indexOf(Values.toText(given.get(0))));
      case "includes/1" -> Tree.of(text.contains(Values.toText(given.get(0))));
      case "slice/0", "slice/1", "slice/2" -> {
        int[] range = range(text.length(), given);
        yield Tree.of(text.substring(range[0], range[1]));
      }
      case "concat/1" -> Values.text(text + Values.toText(given.get(0)));
      default -> null;
    };
  }

  /** From where to where; numbers below zero count from the end. */
  private static int[] range(int size, List<Tree> given) {
    int from = given.isEmpty() ? 0 : place(size, given.get(0));
    int to = given.size() < 2 ? size : place(size, given.get(1));
    return new int[] {from, Math.max(from, to)};
  }

  private static int place(int size, Tree number) {
    double place = Values.toNumber(number);
    double counted = place < 0 ? size + place : place;
    return (int) Math.max(0, Math.min(size, counted)); // NaN is 0
  }
}
