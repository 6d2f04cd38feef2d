package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done at a path, a JSON Pointer (RFC 6901), in a tree. */
final class Paths {

  private static final int EXCERPT = 60;

  private Paths() {}

  static String excerpt(String text) {
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** Returns a path that is one. */
  static String checked(String path) {
    Tree.object().find(path); // throws what says why it is none
    return path;
  }

  /** Returns the path of a part of a record. */
  static String checkedPart(String path) {
    if (checked(path).isEmpty()) {
      throw new IllegalArgumentException(
          "The path \"\" is the whole record. Name a field, such as \"/title\", or use Put or Delete.");
    }
    return path;
  }

  /** Returns a tree with what is at a path replaced; what is null is taken out, or not there. */
  static Tree changed(Tree root, String path, Function<@Nullable Tree, @Nullable Tree> change) {
    Tree was = root.find(path).orElse(null);
    Tree now = change.apply(was);
    if (now == null) {
      return was == null ? root : root.without(path);
    }
    return was == null ? withParents(root, path).with(path, now) : root.with(path, now);
  }

  /** Makes the objects that a path leads through, where nothing is. */
  private static Tree withParents(Tree root, String path) {
    Tree made = root;
    for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
      String parent = path.substring(0, end);
      if (made.find(parent).isEmpty()) {
        made = made.with(parent, Tree.object());
      }
    }
    return made;
  }

  /** Returns an array with an element in it once. */
  static Tree including(@Nullable Tree array, Tree element) {
    TreeArray elements = array == null ? TreeArray.builder().build() : array.asArray();
    return elements.elements().contains(element) ? elements : elements.plus(element);
  }

  /** Returns an array without an element; null if there is no array. */
  static @Nullable Tree excluding(@Nullable Tree array, Tree element) {
    if (array == null || !array.asArray().elements().contains(element)) {
      return array;
    }
    return Tree.array(
        array.asArray().elements().stream().filter(each -> !each.equals(element)).toList());
  }
}
