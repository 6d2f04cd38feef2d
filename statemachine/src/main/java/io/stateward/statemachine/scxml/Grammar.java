package io.stateward.statemachine.scxml;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which element may stand where, with which attributes. What is not listed is refused by name. */
final class Grammar {

  /** What may be in an element. */
  private record Rule(Set<String> children, Set<String> attributes, boolean text) {}

  private static final String CONTENT = "raise if foreach log assign send cancel";
  private static final String HANDLERS = "onentry onexit transition history datamodel";

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          rule(
              "scxml",
              "state parallel final datamodel initial",
              "initial name version datamodel binding"),
          rule("state", HANDLERS + " initial state parallel final", "id initial"),
          rule("parallel", HANDLERS + " state parallel", "id"),
          rule("final", "onentry onexit donedata", "id"),
          rule("initial", "transition", ""),
          rule("history", "transition", "id type"),
          rule("transition", CONTENT, "event cond target type"),
          rule("onentry", CONTENT, ""),
          rule("onexit", CONTENT, ""),
          rule("datamodel", "data", ""),
          text("data", "", "id expr"),
          rule("raise", "", "event"),
          rule("if", CONTENT + " elseif else", "cond"),
          rule("elseif", "", "cond"),
          rule("else", "", ""),
          rule("foreach", CONTENT, "array item index"),
          rule("log", "", "label expr"),
          text("assign", "", "location expr"),
          rule(
              "send",
              "param content",
              "event eventexpr target targetexpr type typeexpr id idlocation delay delayexpr namelist"),
          rule("cancel", "", "sendid sendidexpr"),
          rule("donedata", "param content", ""),
          rule("param", "", "name expr location"),
          text("content", "", "expr"));

  /** What the standard has and this reader has not, with the reason. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "script", "scripts are not run; use <assign>, or act on events in the host",
          "invoke", "other services are not invoked; act on events in the host",
          "finalize", "other services are not invoked; act on events in the host");

  private Grammar() {}

  private static Map.Entry<String, Rule> rule(String name, String children, String attributes) {
    return Map.entry(name, new Rule(words(children), words(attributes), false));
  }

  private static Map.Entry<String, Rule> text(String name, String children, String attributes) {
    return Map.entry(name, new Rule(words(children), words(attributes), true));
  }

  private static Set<String> words(String list) {
    return list.isEmpty() ? Set.of() : Set.of(list.split(" "));
  }

  static void check(Element root) {
    if (!root.is("scxml")) {
      throw ScxmlException.at(
          root, "the document begins with <%s>, not with <scxml>.".formatted(root.name()));
    }
    checkAll(root);
  }

  /** No deeper than the document is. */
  private static void checkAll(Element element) {
    Rule rule = rule(element);
    attributes(element, rule);
    if (!rule.text() && !element.text().isBlank()) {
      throw ScxmlException.at(
          element,
          "<%s> cannot hold the text '%s'."
              .formatted(element.name(), Values.shortened(element.text().strip())));
    }
    for (Element child : element.children()) {
      rule(child);
      if (!rule.children().contains(child.name())) {
        throw ScxmlException.at(
            child,
            "<%s> cannot stand in <%s>; that holds %s."
                .formatted(child.name(), element.name(), sorted(rule.children())));
      }
      checkAll(child);
    }
  }

  private static Rule rule(Element element) {
    Rule rule = RULES.get(element.name());
    if (rule == null) {
      String reason = REFUSED.getOrDefault(element.name(), "it is not an element of SCXML");
      throw ScxmlException.at(
          element, "<%s> is not supported: %s.".formatted(element.name(), reason));
    }
    return rule;
  }

  private static void attributes(Element element, Rule rule) {
    for (String attribute : element.attributes().keySet()) {
      if (!rule.attributes().contains(attribute)) {
        throw ScxmlException.at(
            element,
            "the attribute '%s' of <%s> is not supported; it takes %s."
                .formatted(attribute, element.name(), sorted(rule.attributes())));
      }
    }
  }

  private static String sorted(Set<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(names));
  }
}
