package io.stateward.statemachine.internal;

import io.stateward.signal.StatewardException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether the data of states is of the types that the states stand for. */
final class Fit {

  private Fit() {}

  /** Returns what the data of a state is to be an instance of, itself; null for whatever it is. */
  static @Nullable Class<?> type(Form form, Node node) {
    boolean holds = node.leaf() || node.kind == StateSpec.Kind.PARALLEL;
    return form == Form.DATA && holds && node.key instanceof Class<?> type && !type.isInterface()
        ? type
        : null;
  }

  static boolean misfits(Node node, @Nullable Object data) {
    Class<?> type = node.type;
    return type != null && (data == null || data.getClass() != type);
  }

  /** Says what a state was given instead of its data, and by which transitions. */
  static StatewardException misfit(Node node, @Nullable Object data, Arc... by) {
    return new StatewardException(
        "The data of state %s would be %s after %s; let the function of the transition return a %s."
            .formatted(node, label(data), Arrays.toString(by), node.type));
  }

  static String label(@Nullable Object data) {
    return data == null ? "null" : "%s, a %s".formatted(data, data.getClass().getName());
  }
}
