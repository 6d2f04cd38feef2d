package io.stateward.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON Pointer (RFC 6901), taken apart. */
record TreePath(String text, List<String> steps) {

  private static final String END = "-";

  static TreePath parse(String text) {
    if (text.isEmpty()) {
      return new TreePath(text, List.of());
    }
    if (text.charAt(0) != '/') {
      throw malformed(text, "it starts with '/', for example \"/" + text + "\"");
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(unescaped(step, text));
    }
    return new TreePath(text, List.copyOf(steps));
  }

  private static String unescaped(String step, String text) {
    if (step.replace("~0", "").replace("~1", "").indexOf('~') >= 0) {
      throw malformed(text, "'~' is written ~0, and '/' inside a name ~1");
    }
    return step.replace("~1", "/").replace("~0", "~");
  }

  private static IllegalArgumentException malformed(String text, String rule) {
    return new IllegalArgumentException(
        "\"%s\" is no path (JSON Pointer, RFC 6901): %s.".formatted(Excerpt.of(text), rule));
  }

  /** Returns a step as it is written in a path. */
  static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }

  Tree require(Tree root) {
    return walk(root, steps.size());
  }

  @Nullable Tree find(Tree root) {
    Tree here = root;
    for (String step : steps) {
      Tree next = child(here, step);
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }

  Tree with(Tree root, Tree value) {
    return with(root, 0, value);
  }

  private Tree with(Tree here, int done, Tree value) {
    if (done == steps.size()) {
      return value;
    }
    String step = steps.get(done);
    boolean last = done == steps.size() - 1;
    Tree child = child(here, step);
    if (child == null && !(last && accepts(here, step))) {
      throw nothingAt(here, done);
    }
    Tree changed = last || child == null ? value : with(child, done + 1, value);
    return replaced(here, step, changed);
  }

  private static boolean accepts(Tree here, String step) {
    return here instanceof TreeObject || (here instanceof TreeArray && step.equals(END));
  }

  private static Tree replaced(Tree here, String step, Tree value) {
    if (here instanceof TreeObject object) {
      return object.plus(step, value);
    }
    TreeArray array = here.asArray();
    return step.equals(END) ? array.plus(value) : array.with(Integer.parseInt(step), value);
  }

  Tree without(Tree root) {
    if (steps.isEmpty()) {
      throw malformed(text, "the whole tree cannot be taken out of itself; name a part");
    }
    return find(root) == null ? root : without(root, 0);
  }

  private Tree without(Tree here, int done) {
    String step = steps.get(done);
    if (done < steps.size() - 1) {
      return replaced(here, step, without(walk(here, step), done + 1));
    }
    return here instanceof TreeObject object
        ? object.minus(step)
        : here.asArray().without(Integer.parseInt(step));
  }

  private Tree walk(Tree root, int count) {
    Tree here = root;
    for (int done = 0; done < count; done++) {
      Tree next = child(here, steps.get(done));
      if (next == null) {
        throw nothingAt(here, done);
      }
      here = next;
    }
    return here;
  }

  private Tree walk(Tree here, String step) {
    Tree next = child(here, step);
    if (next == null) {
      throw new IllegalStateException("The path was walked before and has gone: " + text);
    }
    return next;
  }

  private static @Nullable Tree child(Tree here, String step) {
    if (here instanceof TreeObject object) {
      return object.members().get(step);
    }
    if (here instanceof TreeArray array && isIndex(step)) {
      int index = Integer.parseInt(step);
      return index < array.elements().size() ? array.elements().get(index) : null;
    }
    return null;
  }

  private static boolean isIndex(String step) {
    boolean canonical = step.equals("0") || !step.startsWith("0");
    return canonical
        && !step.isEmpty()
        && step.length() < 10
        && step.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private TreeShapeException nothingAt(Tree here, int done) {
    StringBuilder above = new StringBuilder();
    steps.subList(0, done).forEach(step -> above.append('/').append(escaped(step)));
    return new TreeShapeException(
        "Nothing is at \"%s\": \"%s\" is %s."
            .formatted(Excerpt.of(text), Excerpt.of(above.toString()), Excerpt.of(here)));
  }
}
