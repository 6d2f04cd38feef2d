package io.stateward.statemachine;

import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.StateSpec;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A definition by types under construction: which state stands for which type, and what is to be
 * looked up once all are there.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Draft {

  private final ChartSpec chart;
  private final Map<Class<?>, StateSpec> states = new HashMap<>();
  private final Map<String, Class<?>> names = new HashMap<>();
  private final Map<StateSpec, Integer> mentions = new HashMap<>(); // by identity
  private final List<Runnable> lookups = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Draft(ChartSpec chart) {
    this.chart = chart;
  }

  ChartSpec chart() {
    return chart;
  }

  /** Adds what a sealed interface permits to a state, which is the interface's own. */
  void grow(StateSpec into, Class<?> type) {
    into.key(type);
    states.put(type, into);
    if (!type.isInterface() || !type.isSealed()) {
      problems.add(
          "%s is to be a sealed interface, whose records are the states."
              .formatted(type.getName()));
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      into.children().add(grown(into, permitted));
    }
  }

  private StateSpec grown(StateSpec parent, Class<?> type) {
    StateSpec before = states.get(type);
    if (before != null) {
      problems.add(
          "%s is in %s and in %s as well; a state has one parent, so let it implement one of them."
              .formatted(type.getSimpleName(), before.name(), parent.name()));
      return before;
    }
    boolean superstate = type.isInterface();
    StateSpec state =
        new StateSpec(nameOf(type), superstate ? StateSpec.Kind.COMPOUND : StateSpec.Kind.ATOMIC);
    if (superstate) {
      grow(state, type);
    } else {
      state.key(type);
      states.put(type, state);
      checkLeaf(type);
    }
    return state;
  }

  private void checkLeaf(Class<?> type) {
    if (!Modifier.isFinal(type.getModifiers()) || type.isEnum()) {
      problems.add(
          "%s is to be a record or a final class, so that its type says which state it is."
              .formatted(type.getName()));
    }
  }

  /** The simple name, with the enclosing type's before it where that is taken. */
  String nameOf(Class<?> type) {
    String name = type.getSimpleName();
    if (names.putIfAbsent(name, type) == null) {
      return name;
    }
    Class<?> enclosing = type.getEnclosingClass();
    String longer = enclosing == null ? type.getName() : enclosing.getSimpleName() + "." + name;
    if (names.putIfAbsent(longer, type) != null) {
      problems.add(
          "%s and %s would both be called %s; rename one."
              .formatted(names.get(longer).getName(), type.getName(), longer));
    }
    return longer;
  }

  /** Returns the state of a type, or a stand-in and a problem if there is none. */
  StateSpec state(Class<?> type, String where) {
    StateSpec state = states.get(type);
    if (state != null) {
      mentions.putIfAbsent(state, mentions.size());
    } else {
      problems.add(
          "%s names %s, which is not a state of this machine; its states are %s."
              .formatted(where, type.getName(), states.values()));
      return new StateSpec(type.getName(), StateSpec.Kind.ATOMIC);
    }
    return state;
  }

  /** Returns the leaf of a type, or a problem besides. */
  StateSpec leaf(Class<?> type, String where) {
    StateSpec state = state(type, where);
    if (type.isInterface()) {
      problems.add(
          "%s leads to %s, which is a superstate; name the record that it leads to, or use toInitial."
              .formatted(where, state.name()));
    }
    return state;
  }

  /** Postpones what needs every state to be known. */
  void later(Runnable lookup) {
    lookups.add(lookup);
  }

  /** Ends the construction. */
  void finish() {
    lookups.forEach(Runnable::run);
    lookups.clear();
    order(chart.root());
    if (!problems.isEmpty()) {
      throw new MachineDefinitionException(chart.name(), problems);
    }
  }

  /**
   * Puts states into the order in which the definition names them. That of the types is the
   * compiler's: of a sealed interface without {@code permits}, javac 17 and 25 list the types
   * differently.
   */
  private void order(StateSpec state) {
    if (state.kind() != StateSpec.Kind.PARALLEL) {
      state.children().sort(Comparator.comparingInt(this::mention).thenComparing(StateSpec::name));
    }
    state.children().forEach(this::order);
  }

  private int mention(StateSpec state) {
    int own = mentions.getOrDefault(state, Integer.MAX_VALUE);
    return state.children().stream().mapToInt(this::mention).reduce(own, Math::min);
  }

  /** Makes a leaf a final one. */
  void end(Class<?> type) {
    leaf(type, "finals").kind(StateSpec.Kind.FINAL);
  }
}
