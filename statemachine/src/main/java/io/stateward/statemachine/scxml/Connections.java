package io.stateward.statemachine.scxml;

import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.StateSpec.Kind;
import io.stateward.statemachine.internal.Trigger;
import io.stateward.statemachine.scxml.DataModel.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Fills the states of a document: where they begin, what they do, where they lead. */
final class Connections {

  private final DocumentReader document;
  private final Language language;
  private final Surroundings surroundings;
  private final ContentReader content;
  private final EventNames names;
  private boolean late;

  Connections(
      DocumentReader document, Language language, Surroundings surroundings, EventNames names) {
    this.document = document;
    this.language = language;
    this.surroundings = surroundings;
    this.content = new ContentReader(language, surroundings);
    this.names = names;
  }

  void connect(ChartSpec chart) {
    late = late(document.root());
    if (document.hasVariables()) {
      Variables none = undefined();
      chart
          .contexts()
          .add(new ChartSpec.ContextSpec(Variables.class, (state, event, view) -> none));
    }
    for (Map.Entry<Element, StateSpec> state : document.states().entrySet()) {
      connect(state.getKey(), state.getValue());
    }
    document.states().forEach((element, state) -> endless(element, state, state, new HashSet<>()));
  }

  /** Histories that lead to each other, or to themselves by way of where their parent begins. */
  private void endless(Element element, StateSpec first, StateSpec state, Set<StateSpec> seen) {
    if (state.kind() != Kind.SHALLOW_HISTORY && state.kind() != Kind.DEEP_HISTORY) {
      return;
    }
    if (!seen.add(state)) {
      throw ScxmlException.at(
          element,
          "what begins with the history '%s' has no end; give it a default that is no history."
              .formatted(first));
    }
    ArcSpec begin = state.initial() == null ? document.parent(state).initial() : state.initial();
    if (begin != null) {
      begin.targets().forEach(it -> endless(element, first, it.state(), new HashSet<>(seen)));
    }
  }

  private static boolean late(Element root) {
    String binding = root.attributes().getOrDefault("binding", "early");
    return switch (binding) {
      case "early" -> false;
      case "late" -> true;
      default ->
          throw ScxmlException.at(
              root, "the binding is 'early' or 'late', not '%s'.".formatted(binding));
    };
  }

  private Variables undefined() {
    Variables variables = Variables.none();
    for (Element data : document.data()) {
      String id = data.get("id");
      if (variables.isDeclared(id)) {
        throw ScxmlException.at(
            data, "there is another <data> with the id '%s'; ids are unique.".formatted(id));
      }
      variables = variables.with(id, null);
    }
    return variables;
  }

  private void connect(Element element, StateSpec state) {
    if (element.is("history")) {
      history(element, state);
      return;
    }
    declare(element, state);
    begin(element, state);
    for (Element child : element.children()) {
      switch (child.name()) {
        case "onentry" -> state.entry().addAll(content.block(child));
        case "onexit" -> state.exit().addAll(content.block(child));
        case "transition" -> state.arcs().add(transition(child));
        case "donedata" -> names.ends(state.name(), content.payload(child), surroundings);
        default -> {} // read elsewhere
      }
    }
  }

  // Data.

  /** Early binding: all of it before the first state; late: on the first entry of its state. */
  private void declare(Element element, StateSpec state) {
    boolean whole = element.is("scxml");
    List<Element> own =
        element.children("datamodel").stream().flatMap(it -> it.children().stream()).toList();
    List<Element> early = whole ? document.data() : List.of();
    List<Content> contents = (late ? own : early).stream().flatMap(this::declaration).toList();
    if (contents.isEmpty()) {
      return;
    }
    Content once = new Content.Once(state.name(), contents);
    state.entry().add(content.script(late && !whole ? List.of(once) : contents));
  }

  private Stream<Content> declaration(Element data) {
    return data.has("expr") || !data.text().isBlank()
        ? Stream.of(new Content.Declare(data.get("id"), language.exprOrText(data)))
        : Stream.empty();
  }

  // Where states begin.

  private void begin(Element element, StateSpec state) {
    List<Element> initials = element.children("initial");
    if (!initials.isEmpty() && (initials.size() > 1 || element.has("initial"))) {
      throw ScxmlException.at(
          element, "'%s' says more than once where it begins; keep one.".formatted(state));
    }
    if (element.has("initial")) {
      state.initial(inside(element, "initial", state));
    } else if (!initials.isEmpty()) {
      state.initial(only(initials.get(0), state));
    } else if (state.kind() == Kind.COMPOUND) {
      ArcSpec first = new ArcSpec(new Trigger.Initial());
      first.targets().add(new ArcSpec.Target(firstOf(element, state), null));
      state.initial(first);
    }
  }

  private StateSpec firstOf(Element element, StateSpec state) {
    for (StateSpec child : state.children()) {
      if (child.kind() != Kind.SHALLOW_HISTORY && child.kind() != Kind.DEEP_HISTORY) {
        return child;
      }
    }
    throw ScxmlException.at(element, "<%s> has no states inside.".formatted(element.name()));
  }

  private void history(Element element, StateSpec state) {
    if (!element.children("transition").isEmpty()) {
      state.initial(only(element, document.parent(state)));
    }
  }

  /** The one transition of an initial or a history, which has a target and nothing to ask. */
  private ArcSpec only(Element element, StateSpec around) {
    List<Element> transitions = element.children("transition");
    if (transitions.size() != 1) {
      throw ScxmlException.at(
          element,
          "<%s> needs one <transition>, not %d.".formatted(element.name(), transitions.size()));
    }
    Element transition = transitions.get(0);
    if (transition.has("event") || transition.has("cond")) {
      throw ScxmlException.at(
          transition,
          "the <transition> of <%s> has neither 'event' nor 'cond'.".formatted(element.name()));
    }
    ArcSpec arc = inside(transition, "target", around);
    arc.actions().addAll(content.block(transition));
    return arc;
  }

  private ArcSpec inside(Element element, String attribute, StateSpec around) {
    ArcSpec arc = new ArcSpec(new Trigger.Initial());
    for (StateSpec target : document.targets(element, attribute)) {
      if (!document.isIn(target, around)) {
        throw ScxmlException.at(element, "'%s' is not inside of '%s'.".formatted(target, around));
      }
      arc.targets().add(new ArcSpec.Target(target, null));
    }
    if (arc.targets().isEmpty()) {
      throw ScxmlException.at(
          element, "'%s' of <%s> names no state.".formatted(attribute, element.name()));
    }
    return arc;
  }

  // Transitions.

  private ArcSpec transition(Element element) {
    List<String> events = element.words("event");
    if (events.isEmpty() && !element.has("cond") && !element.has("target")) {
      throw ScxmlException.at(
          element,
          "a <transition> needs 'event', 'cond' or 'target'; this one would go round for ever.");
    }
    ArcSpec arc = new ArcSpec(events.isEmpty() ? new Trigger.Always() : on(element, events));
    for (StateSpec target : document.targets(element, "target")) {
      arc.targets().add(new ArcSpec.Target(target, null));
    }
    arc.external(external(element));
    if (element.has("cond")) {
      arc.guard(guard(element));
    }
    arc.actions().addAll(content.block(element));
    return arc;
  }

  private static Trigger on(Element element, List<String> events) {
    List<List<String>> descriptors = events.stream().map(EventNames::tokens).toList();
    for (List<String> tokens : descriptors) {
      if (tokens.stream().anyMatch(token -> token.isEmpty() || token.contains("*"))) {
        throw ScxmlException.at(
            element,
            "'%s' is no list of events: names have dots between their tokens, and '*' stands alone or at the end."
                .formatted(element.get("event")));
      }
    }
    return new Trigger.On(
        String.join(" ", events),
        key -> descriptors.stream().anyMatch(tokens -> EventNames.matches(tokens, key)));
  }

  private static boolean external(Element element) {
    String type = element.attributes().getOrDefault("type", "external");
    return switch (type) {
      case "external" -> true;
      case "internal" -> false;
      default ->
          throw ScxmlException.at(
              element, "a transition is 'external' or 'internal', not '%s'.".formatted(type));
    };
  }

  private Guard guard(Element element) {
    Condition condition = language.condition(element);
    return new Guard(
        element.get("cond").strip(),
        (state, event, view) -> condition.test(surroundings.bindings(event, view)),
        true);
  }
}
