package io.stateward.sync.text;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeObject;
import io.stateward.codec.TreeShapeException;
import io.stateward.codec.TreeString;
import java.util.List;
import java.util.Set;

/** The form of edits as trees, that of ot-text-unicode. */
final class DeltaForm {

  private static final String DELETE = "d";

  private DeltaForm() {}

  static Tree write(TextDelta delta) {
    TreeArray.Builder parts = TreeArray.builder();
    for (int part = 0; part < delta.size(); part++) {
      parts.add(part(delta, part));
    }
    return parts.build();
  }

  private static Tree part(TextDelta delta, int part) {
    String text = delta.text(part);
    if (text != null) {
      return Tree.of(text);
    }
    Tree count = Tree.of(delta.length(part));
    return delta.isDelete(part) ? Tree.object().plus(DELETE, count) : count;
  }

  static TextDelta read(Tree tree) {
    List<Tree> parts = elements(tree);
    TextDeltaBuilder builder = new TextDeltaBuilder(Math.max(1, parts.size()));
    for (int part = 0; part < parts.size(); part++) {
      try {
        read(parts.get(part), builder);
      } catch (IllegalArgumentException refusal) {
        throw new IllegalArgumentException(
            "Part %d of the edit cannot be read: %s".formatted(part, refusal.getMessage()),
            refusal);
      }
    }
    return builder.build();
  }

  private static List<Tree> elements(Tree tree) {
    try {
      return tree.asArray().elements();
    } catch (TreeShapeException otherShape) {
      throw new IllegalArgumentException(
          "An edit is an array of parts, such as [5,\"new\",{\"d\":3}]. " + otherShape.getMessage(),
          otherShape);
    }
  }

  private static void read(Tree part, TextDeltaBuilder builder) {
    part.fold(
        object -> builder.delete(deleted(object)),
        array -> refuse("an array"),
        builder::insert,
        number -> builder.retain(number.asInt()),
        bool -> refuse("a boolean"),
        () -> refuse("null"));
  }

  private static TextDeltaBuilder refuse(String found) {
    throw new IllegalArgumentException(
        "It is %s, but a part is a number, a string or an object such as {\"d\":3}."
            .formatted(found));
  }

  private static int deleted(TreeObject part) {
    if (!part.members().keySet().equals(Set.of(DELETE))) {
      throw new IllegalArgumentException(
          "It is an object that is not of the one member \"d\", such as {\"d\":3}.");
    }
    Tree deleted = part.at("/" + DELETE);
    return deleted instanceof TreeString text ? CodePoints.count(text.asString()) : deleted.asInt();
  }
}
