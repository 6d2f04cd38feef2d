package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.statemachine.scxml.DataModel.Condition;
import io.stateward.statemachine.scxml.DataModel.Expression;
import io.stateward.statemachine.scxml.DataModel.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the expressions of a document in its language, and says where one is that is none. */
final class Language {

  private final DataModel model;

  private Language(DataModel model) {
    this.model = model;
  }

  static Language of(Element root, ScxmlOptions options) {
    List<DataModel> models = options.models();
    String name = root.find("datamodel");
    if (name == null) {
      return new Language(models.get(0));
    }
    for (DataModel known : models) {
      if (known.name().equals(name)) {
        return new Language(known);
      }
    }
    throw ScxmlException.at(
        root,
        "the data model '%s' is not known, only %s; give it by ScxmlOptions.with."
            .formatted(name, models.stream().map(DataModel::name).toList()));
  }

  /** Whether there are values at all. */
  boolean hasValues() {
    return !model.name().equals(DataModel.none().name());
  }

  void needValues(Element element) {
    if (!hasValues()) {
      throw ScxmlException.at(
          element,
          "<%s> needs a data model with values; name one by the attribute datamodel of <scxml>."
              .formatted(element.name()));
    }
  }

  Condition condition(Element element) {
    return read(element, element.get("cond"), model::condition);
  }

  Expression expression(Element element, String attribute) {
    return read(element, element.get(attribute), model::expression);
  }

  Location location(Element element, String attribute) {
    return read(element, element.get(attribute), model::location);
  }

  Expression expression(Element element, String attribute, String source) {
    return read(element, source, model::expression);
  }

  /** One of two attributes, of which one holds the text and the other an expression for it. */
  @Nullable Expression either(Element element, String plain, String computed) {
    if (element.has(plain) && element.has(computed)) {
      throw ScxmlException.at(
          element,
          "<%s> has both '%s' and '%s'; remove one.".formatted(element.name(), plain, computed));
    }
    String text = element.find(plain);
    if (text != null) {
      return literal(Tree.of(text));
    }
    return element.has(computed) ? expression(element, computed) : null;
  }

  /**
   * The value of an attribute {@code expr}, or of the text in its place; none if both are absent.
   */
  Expression exprOrText(Element element) {
    boolean hasText = !element.text().isBlank();
    if (element.has("expr") && hasText) {
      throw ScxmlException.at(
          element, "<%s> has both 'expr' and text; remove one.".formatted(element.name()));
    }
    if (element.has("expr")) {
      return expression(element, "expr");
    }
    Tree value = hasText ? model.literal(element.text()) : null;
    return bindings -> value;
  }

  static Expression literal(Tree value) {
    return bindings -> value;
  }

  /** Reads one sort of expression. */
  private interface Reading<T> {
    T read(String source);
  }

  private static <T> T read(Element element, String source, Reading<T> reading) {
    try {
      return reading.read(source);
    } catch (ExpressionException e) {
      throw ScxmlException.at(element.line(), element.column(), String.valueOf(e.getMessage()), e);
    }
  }
}
