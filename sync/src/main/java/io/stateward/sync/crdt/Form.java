package io.stateward.sync.crdt;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the stored forms have in common. */
final class Form {

  private static final int EXCERPT = 40;

  private Form() {}

  static String excerpt(String text) {
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
  }

  /** Returns an element of an array that has a certain length. */
  static Tree element(Tree array, int index, int length) {
    List<Tree> elements = array.asArray().elements();
    if (elements.size() != length) {
      throw new IllegalArgumentException(
          "An array of %d elements was expected, and this one has %d."
              .formatted(length, elements.size()));
    }
    return elements.get(index);
  }

  /** Returns a member of an object that has no other members than certain ones. */
  static Tree member(Tree object, String name, Set<String> names) {
    TreeObject members = object.asObject();
    for (String found : members.members().keySet()) {
      if (!names.contains(found)) {
        throw new IllegalArgumentException(
            "The member '%s' is not known here; known are %s.".formatted(excerpt(found), names));
      }
    }
    @Nullable Tree member = members.members().get(name);
    if (member == null) {
      throw new IllegalArgumentException("The member '%s' is missing.".formatted(name));
    }
    return member;
  }

  /** Refuses an entry that is empty, or there twice. */
  static void checkNew(Object key, boolean empty, @Nullable Object found) {
    if (empty || found != null) {
      throw new IllegalArgumentException(
          "The entry '%s' is %s; each is there once and with something in it."
              .formatted(excerpt(key.toString()), empty ? "empty" : "there twice"));
    }
  }

  /** The dots of one value that is being read: each was seen, and belongs to one change. */
  static final class Dots {
    private final VersionVector seen;
    private final Set<Dot> used = new HashSet<>();

    Dots(VersionVector seen) {
      this.seen = seen;
    }

    Dot read(Tree replica, Tree number) {
      Dot dot = new Dot(replica.asString(), number.asLong());
      if (!seen.contains(dot)) {
        throw new IllegalArgumentException(
            "The change %s is there, but not in what was seen, %s."
                .formatted(dot, excerpt(seen.toString())));
      }
      if (!used.add(dot)) {
        throw new IllegalArgumentException(
            "The change %s is there twice; it belongs to one place.".formatted(dot));
      }
      return dot;
    }
  }
}
