package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Simple values, in the words of ECMAScript. */
final class EcmaScriptModel implements DataModel {

  static final EcmaScriptModel INSTANCE = new EcmaScriptModel();

  private static final Bindings NOWHERE = new Bindings("", Variables.none(), null, state -> false);

  private EcmaScriptModel() {}

  @Override
  public String name() {
    return "ecmascript";
  }

  @Override
  public Condition condition(String source) {
    Term term = new Parser(source).whole();
    return bindings -> Values.isTrue(new Evaluator(bindings).value(term));
  }

  @Override
  public Expression expression(String source) {
    Term term = new Parser(source).whole();
    return bindings -> new Evaluator(bindings).value(term);
  }

  @Override
  public Location location(String source) {
    // What is empty, or a value, is found to be no place when it is assigned to: an error of the
    // document's own while it runs, as the W3C's rules have it.
    Term term = source.isBlank() ? new Term.Undefined() : new Parser(source).whole();
    return (bindings, value) -> assigned(bindings, source, term, value);
  }

  /** Also an array or an object as programs write it, with other quotes, or with none. */
  @Override
  public Tree literal(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("[") || stripped.startsWith("{")) {
      try {
        Term term = new Parser(stripped).whole();
        Tree value = new Evaluator(NOWHERE).value(term);
        return value == null ? DataModel.super.literal(text) : value;
      } catch (ExpressionException e) {
        return DataModel.super.literal(text); // it only looks like one
      }
    }
    return DataModel.super.literal(text);
  }

  private static Variables assigned(
      Bindings bindings, String source, Term place, @Nullable Tree value) {
    List<Tree> path = new ArrayList<>();
    Term term = place;
    while (term instanceof Term.Member member) {
      Tree key = new Evaluator(bindings).value(member.key());
      path.add(0, key == null ? Tree.of("undefined") : key);
      term = member.of();
    }
    if (!(term instanceof Term.Name root) || Evaluator.SYSTEM.contains(root.name())) {
      throw new ExpressionException("'%s' cannot be assigned to.".formatted(source));
    }
    Variables variables = bindings.variables();
    if (!variables.isDeclared(root.name())) {
      throw new ExpressionException(
          "'%s' cannot be assigned to: declare it with <data id=\"%s\">."
              .formatted(source, root.name()));
    }
    Tree whole = replaced(variables.find(root.name()), path, value);
    return variables.with(root.name(), whole == null ? null : Values.limited(whole));
  }

  private static @Nullable Tree replaced(
      @Nullable Tree whole, List<Tree> path, @Nullable Tree value) {
    if (path.isEmpty()) {
      return value;
    }
    String key = Values.toText(path.get(0));
    Tree inner = Evaluator.member(whole, path.get(0));
    Tree next = replaced(inner, path.subList(1, path.size()), value);
    if (whole instanceof TreeObject object) {
      return next == null ? object.minus(key) : object.plus(key, next);
    }
    if (whole instanceof TreeArray array && inner != null) {
      List<Tree> elements = new ArrayList<>(array.elements());
      elements.set((int) Values.toNumber(path.get(0)), next == null ? Tree.ofNull() : next);
      return Tree.array(elements);
    }
    if (whole instanceof TreeArray array && key.equals("" + array.elements().size())) {
      return array.plus(next == null ? Tree.ofNull() : next);
    }
    throw new ExpressionException("There is no member '%s' to assign to.".formatted(key));
  }
}
