package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives terms their values; null is {@code undefined}. */
final class Evaluator {

  /** What the machine itself knows by these names, and nobody assigns to. */
  static final Set<String> SYSTEM = Set.of("_event", "_name", "_sessionid", "_ioprocessors", "_x");

  private static final Set<String> EVENT =
      Set.of("name", "type", "sendid", "origin", "origintype", "invokeid", "data");

  static final String PROCESSOR = "http://www.w3.org/TR/scxml/#SCXMLEventProcessor";

  private final Bindings bindings;

  Evaluator(Bindings bindings) {
    this.bindings = bindings;
  }

  @Nullable Tree value(Term term) {
    if (term instanceof Term.Literal literal) {
      return literal.value();
    }
    if (term instanceof Term.Name name) {
      return named(name.name());
    }
    if (term instanceof Term.Member member) {
      return member(value(member.of()), value(member.key()));
    }
    if (term instanceof Term.Call call) {
      return Methods.call(
          value(call.of()), call.method(), call.arguments().stream().map(this::value));
    }
    if (term instanceof Term.In in) {
      return Tree.of(bindings.isIn(Values.toText(value(in.state()))));
    }
    if (term instanceof Term.Unary unary) {
      return unary(unary);
    }
    if (term instanceof Term.Binary binary) {
      return binary(binary);
    }
    if (term instanceof Term.Choice choice) {
      return value(Values.isTrue(value(choice.condition())) ? choice.then() : choice.otherwise());
    }
    if (term instanceof Term.Elements elements) {
      return array(elements);
    }
    return term instanceof Term.Members members ? object(members) : null;
  }

  private Tree array(Term.Elements elements) {
    TreeArray.Builder array = TreeArray.builder();
    for (Term element : elements.elements()) {
      Tree value = value(element);
      array.add(value == null ? Tree.ofNull() : value);
    }
    return Values.limited(array.build());
  }

  private Tree object(Term.Members members) {
    TreeObject.Builder object = TreeObject.builder();
    for (Map.Entry<String, Term> member : members.members().entrySet()) {
      Tree value = value(member.getValue());
      if (value != null) {
        object.add(member.getKey(), value);
      }
    }
    return Values.limited(object.build());
  }

  private @Nullable Tree named(String name) {
    if (SYSTEM.contains(name)) {
      return system(name);
    }
    if (!bindings.variables().isDeclared(name)) {
      throw new ExpressionException(
          "There is no variable '%s'; declare it with <data id=\"%1$s\">.".formatted(name));
    }
    return bindings.variables().find(name);
  }

  private @Nullable Tree system(String name) {
    return switch (name) {
      case "_name", "_sessionid" -> Tree.of(bindings.machine());
      case "_event" -> event(bindings.event());
      case "_ioprocessors" -> {
        Tree self = Tree.object().plus("location", bindings.address());
        yield Tree.object().plus("scxml", self).plus(PROCESSOR, self);
      }
      default -> Tree.object();
    };
  }

  private static @Nullable Tree event(@Nullable ScxmlEvent event) {
    if (event == null) {
      return null;
    }
    TreeObject tree =
        Tree.object()
            .plus("name", event.name())
            .plus("type", event.type().name().toLowerCase(Locale.ROOT));
    if (event.sendId() != null) {
      tree = tree.plus("sendid", event.sendId());
    }
    if (event.origin() != null) {
      tree = tree.plus("origin", event.origin()).plus("origintype", PROCESSOR);
    }
    return event.data() == null ? tree : tree.plus("data", event.data());
  }

  static @Nullable Tree member(@Nullable Tree of, @Nullable Tree key) {
    if (of == null || of.isNull()) {
      throw new ExpressionException(
          "%s has no member '%s'.".formatted(Values.toText(of), Values.toText(key)));
    }
    if (of instanceof TreeObject object) {
      return object.members().get(Values.toText(key));
    }
    if (of instanceof TreeArray array) {
      return "length".equals(Values.toText(key))
          ? Tree.of(array.elements().size())
          : element(array, Values.toNumber(key));
    }
    return Values.isText(of) && "length".equals(Values.toText(key))
        ? Tree.of(of.asString().length())
        : null;
  }

  private static @Nullable Tree element(TreeArray array, double index) {
    int size = array.elements().size();
    boolean there = index >= 0 && index < size && index == Math.rint(index);
    return there ? array.elements().get((int) index) : null;
  }

  private @Nullable Tree unary(Term.Unary unary) {
    Term operand = unary.operand();
    return switch (unary.operator()) {
      case "!" -> Tree.of(!Values.isTrue(value(operand)));
      case "-" -> Values.number(-Values.toNumber(value(operand)));
      case "+" -> Values.number(Values.toNumber(value(operand)));
      default -> Tree.of(isUnknown(operand) ? "undefined" : Values.typeOf(value(operand)));
    };
  }

  /** Of an unknown name, the type is known all the same. */
  private boolean isUnknown(Term term) {
    return term instanceof Term.Name name
        && !SYSTEM.contains(name.name())
        && !bindings.variables().isDeclared(name.name());
  }

  private @Nullable Tree binary(Term.Binary binary) {
    if (binary.operator().equals("instanceof")) {
      return Tree.of(isInstance(value(binary.left()), binary.right()));
    }
    Tree left = value(binary.left());
    if (binary.operator().equals("in")) {
      return Tree.of(isMember(Values.toText(left), binary.right()));
    }
    if (binary.operator().equals("&&") || binary.operator().equals("||")) {
      return Values.isTrue(left) == binary.operator().equals("&&") ? value(binary.right()) : left;
    }
    return combined(left, binary.operator(), value(binary.right()));
  }

  private static boolean isInstance(@Nullable Tree value, Term type) {
    String name = type instanceof Term.Name of ? of.name() : "";
    return switch (name) {
      case "Array" -> value instanceof TreeArray;
      case "Object" -> Values.isStructure(value);
      default -> throw new ExpressionException("instanceof knows Array and Object alone.");
    };
  }

  /** Of an event, all members that the W3C names are there, also those without a value. */
  private boolean isMember(String name, Term of) {
    Tree whole = value(of);
    if (!Values.isStructure(whole)) {
      throw new ExpressionException("'%s' in a value that has no members.".formatted(name));
    }
    boolean event = of instanceof Term.Name known && known.name().equals("_event");
    return member(whole, Tree.of(name)) != null || (event && EVENT.contains(name));
  }

  private static Tree combined(@Nullable Tree left, String operator, @Nullable Tree right) {
    return switch (operator) {
      case "===" -> Tree.of(Values.same(left, right));
      case "!==" -> Tree.of(!Values.same(left, right));
      case "==" -> Tree.of(Values.alike(left, right));
      case "!=" -> Tree.of(!Values.alike(left, right));
      case "<", "<=", ">", ">=" -> Tree.of(ordered(left, operator, right));
      case "+" -> sum(left, right);
      case "-" -> Values.number(Values.toNumber(left) - Values.toNumber(right));
      case "*" -> Values.number(Values.toNumber(left) * Values.toNumber(right));
      case "/" -> Values.number(Values.toNumber(left) / Values.toNumber(right));
      default -> Values.number(Values.toNumber(left) % Values.toNumber(right));
    };
  }

  private static Tree sum(@Nullable Tree left, @Nullable Tree right) {
    boolean texts =
        Values.isText(left)
            || Values.isText(right)
            || Values.isStructure(left)
            || Values.isStructure(right);
    return texts
        ? Values.text(Values.toText(left) + Values.toText(right))
        : Values.number(Values.toNumber(left) + Values.toNumber(right));
  }

  private static boolean ordered(@Nullable Tree left, String operator, @Nullable Tree right) {
    if (Values.isText(left) && Values.isText(right)) {
      return holds(Integer.signum(Values.toText(left).compareTo(Values.toText(right))), operator);
    }
    double a = Values.toNumber(left);
    double b = Values.toNumber(right);
    return !Double.isNaN(a) && !Double.isNaN(b) && holds(a < b ? -1 : a > b ? 1 : 0, operator);
  }

  private static boolean holds(int order, String operator) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }
}
