package io.stateward.statemachine.scxml;

import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.StateSpec.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a chart of a document: first its states, so that there is something to lead to; then what
 * is in them.
 */
final class DocumentReader {

  private static final Set<String> STATES = Set.of("state", "parallel", "final", "history");

  private final Element root;
  private final ScxmlOptions options;
  private final Language language;
  private final Map<String, StateSpec> byId = new LinkedHashMap<>();
  private final Map<Element, StateSpec> states = new LinkedHashMap<>();
  private final Map<StateSpec, StateSpec> parents = new HashMap<>();
  private final List<Element> data = new ArrayList<>();
  private final List<String> descriptors = new ArrayList<>();
  private boolean variables;

  private DocumentReader(Element root, ScxmlOptions options) {
    this.root = root;
    this.options = options;
    this.language = Language.of(root, options);
  }

  static ChartSpec read(Element root, ScxmlOptions options) {
    Grammar.check(root);
    return new DocumentReader(root, options).read();
  }

  private ChartSpec read() {
    version();
    survey(root);
    // The root is a state as well, and two of one name would be one too many.
    String given = Objects.requireNonNullElse(root.find("name"), "scxml");
    String machine = given;
    while (isId(root, machine)) {
      machine += "#";
    }
    EventNames names = EventNames.of(descriptors);
    ChartSpec chart = new ChartSpec(machine, names, Form.NAMES);
    chart.strict(true).budget(options.budget());
    states.put(root, chart.root());
    collect(root, chart.root());
    Surroundings around = new Surroundings(given, Set.copyOf(byId.keySet()), variables);
    new Connections(this, language, around, names).connect(chart);
    return chart;
  }

  private void version() {
    String version = root.attributes().getOrDefault("version", "1.0");
    if (!version.equals("1.0")) {
      throw ScxmlException.at(
          root, "the version is '%s'; only 1.0 is supported.".formatted(version));
    }
  }

  private static boolean isId(Element element, String name) {
    return name.equals(element.find("id"))
        || element.children().stream().anyMatch(child -> isId(child, name));
  }

  /** What has to be known of the whole document before its first state. */
  private void survey(Element element) {
    switch (element.name()) {
      case "transition" -> descriptors.addAll(element.words("event"));
      case "data" -> {
        language.needValues(element);
        data.add(element);
      }
      case "foreach" -> variables = true;
      default -> variables |= element.has("idlocation");
    }
    variables |= !data.isEmpty();
    element.children().forEach(this::survey);
  }

  private void collect(Element parent, StateSpec into) {
    int number = 0;
    for (Element element : parent.children()) {
      if (STATES.contains(element.name())) {
        number++;
        StateSpec state = new StateSpec(id(element, into, number), kind(element));
        if (byId.put(state.name(), state) != null) {
          throw ScxmlException.at(
              element, "there is another state with the id '%s'; ids are unique.".formatted(state));
        }
        state.region(into.kind() == Kind.PARALLEL && !element.is("history"));
        states.put(element, state);
        parents.put(state, into);
        into.children().add(state);
        collect(element, state);
      }
    }
  }

  /** A state without an id is called by its place. */
  private String id(Element element, StateSpec parent, int number) {
    String id = element.find("id");
    if (id == null) {
      return "%s/%s%d".formatted(parent.name(), element.name(), number);
    }
    if (id.isBlank() || id.chars().anyMatch(Character::isWhitespace)) {
      throw ScxmlException.at(
          element, "'%s' is no id: it has white space, or nothing else.".formatted(id));
    }
    return id;
  }

  private static Kind kind(Element element) {
    boolean inside =
        element.children().stream().anyMatch(it -> STATES.contains(it.name()) && !it.is("history"));
    return switch (element.name()) {
      case "final" -> Kind.FINAL;
      case "history" -> history(element);
      case "parallel" -> inside ? Kind.PARALLEL : leaf(element);
      default -> inside ? Kind.COMPOUND : leaf(element);
    };
  }

  private static Kind leaf(Element element) {
    for (Element child : element.children()) {
      if (child.is("history") || child.is("initial")) {
        throw ScxmlException.at(
            child, "<%s> stands in a state that has no states inside.".formatted(child.name()));
      }
    }
    if (element.has("initial")) {
      throw ScxmlException.at(element, "the state has an initial one, but no states inside.");
    }
    return Kind.ATOMIC;
  }

  private static Kind history(Element element) {
    String type = element.attributes().getOrDefault("type", "shallow");
    return switch (type) {
      case "shallow" -> Kind.SHALLOW_HISTORY;
      case "deep" -> Kind.DEEP_HISTORY;
      default ->
          throw ScxmlException.at(
              element, "a history is 'shallow' or 'deep', not '%s'.".formatted(type));
    };
  }

  // What Connections asks for.

  Element root() {
    return root;
  }

  Map<Element, StateSpec> states() {
    return states;
  }

  List<Element> data() {
    return data;
  }

  boolean hasVariables() {
    return variables;
  }

  boolean isIn(StateSpec state, StateSpec ancestor) {
    for (StateSpec s = parents.get(state); s != null; s = parents.get(s)) {
      if (s == ancestor) {
        return true;
      }
    }
    return false;
  }

  StateSpec parent(StateSpec state) {
    return Objects.requireNonNull(parents.get(state));
  }

  /** The states of a list of ids, which can be active together. */
  List<StateSpec> targets(Element element, String attribute) {
    List<StateSpec> targets = new ArrayList<>();
    for (String id : element.words(attribute)) {
      StateSpec target = byId.get(id);
      if (target == null) {
        throw ScxmlException.at(
            element,
            "there is no state with the id '%s', which '%s' of <%s> names."
                .formatted(id, attribute, element.name()));
      }
      targets.forEach(other -> together(element, other, target));
      targets.add(target);
    }
    return targets;
  }

  private void together(Element element, StateSpec one, StateSpec other) {
    StateSpec around = one;
    while (around != other && !isIn(other, around)) {
      around = parent(around);
    }
    if (around == one || around.kind() != Kind.PARALLEL) {
      throw ScxmlException.at(
          element,
          "'%s' and '%s' cannot be active together; lead to one of them, or to regions of one <parallel>."
              .formatted(one, other));
    }
  }
}
