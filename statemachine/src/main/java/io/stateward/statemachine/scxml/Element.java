package io.stateward.statemachine.scxml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element of a document, with its place; namespaces, comments and instructions are gone. */
final class Element {

  private final String name;
  private final int line;
  private final int column;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Element> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  Element(String name, int line, int column) {
    this.name = name;
    this.line = line;
    this.column = column;
  }

  /** The local name. */
  String name() {
    return name;
  }

  boolean is(String other) {
    return name.equals(other);
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  /** The attributes without a namespace. */
  Map<String, String> attributes() {
    return attributes;
  }

  List<Element> children() {
    return children;
  }

  List<Element> children(String of) {
    return children.stream().filter(child -> child.is(of)).toList();
  }

  /** The text directly in it, all of it together. */
  String text() {
    return text.toString();
  }

  void append(String more) {
    text.append(more);
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  @Nullable String find(String attribute) {
    return attributes.get(attribute);
  }

  String get(String attribute) {
    String value = attributes.get(attribute);
    if (value == null) {
      throw ScxmlException.at(
          this, "<%s> needs the attribute '%s'; add it.".formatted(name, attribute));
    }
    return value;
  }

  /** The words of an attribute that is a list; none if it is absent. */
  List<String> words(String attribute) {
    String value = attributes.getOrDefault(attribute, "").strip();
    return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
  }
}
