package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import io.stateward.statemachine.scxml.DataModel.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event: names with values, or one value.
 *
 * @param names variables that are sent under their names; one that fails is fatal
 * @param parameters other names with values; one that fails is left out
 * @param content the one value instead, or null
 */
record Payload(List<Part> names, List<Part> parameters, @Nullable Expression content) {

  static final Payload NONE = new Payload(List.of(), List.of(), null);

  /** A name with a value. */
  record Part(String name, Expression value) {}

  boolean isEmpty() {
    return names.isEmpty() && parameters.isEmpty() && content == null;
  }

  @Nullable Tree make(Run run) {
    if (content != null) {
      return contentOf(run, content);
    }
    if (isEmpty()) {
      return null;
    }
    TreeObject data = Tree.object();
    for (Part name : names) {
      data = with(data, name.name(), run.value(name.value()));
    }
    for (Part parameter : parameters) {
      try {
        data = with(data, parameter.name(), run.value(parameter.value()));
      } catch (Failure failure) {
        run.report(failure);
      }
    }
    return data;
  }

  private static TreeObject with(TreeObject data, String name, @Nullable Tree value) {
    return value == null ? data : data.plus(name, value);
  }

  private static @Nullable Tree contentOf(Run run, Expression content) {
    try {
      return run.value(content);
    } catch (Failure failure) {
      run.report(failure);
      return null;
    }
  }
}
