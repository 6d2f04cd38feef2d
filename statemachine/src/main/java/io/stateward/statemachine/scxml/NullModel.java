package io.stateward.statemachine.scxml;

import io.stateward.statemachine.scxml.Lexer.Sort;
import io.stateward.statemachine.scxml.Lexer.Token;
import java.util.List;

/** No values: conditions are made of the predicate {@code In} alone. */
final class NullModel implements DataModel {

  static final NullModel INSTANCE = new NullModel();

  private NullModel() {}

  @Override
  public String name() {
    return "null";
  }

  @Override
  public Condition condition(String source) {
    return new Reading(source).whole();
  }

  @Override
  public Expression expression(String source) {
    throw without(source);
  }

  @Override
  public Location location(String source) {
    throw without(source);
  }

  private static ExpressionException without(String source) {
    return new ExpressionException(
        "The data model 'null' has no values, so '%s' is none; name another one by the attribute datamodel."
            .formatted(Values.shortened(source)));
  }

  /** One condition being read, by recursive descent. */
  private static final class Reading {

    private static final int MAXIMUM_DEPTH = 64;

    private final String source;
    private final List<Token> tokens;
    private int at;
    private int steps;

    Reading(String source) {
      this.source = source;
      this.tokens = Lexer.read(source);
    }

    Condition whole() {
      Condition condition = either();
      if (tokens.get(at).sort() != Sort.END) {
        throw unexpected("'and', 'or' or the end");
      }
      return condition;
    }

    private ExpressionException unexpected(String wanted) {
      Token token = tokens.get(at);
      return Parser.wrong(
          source,
          token.position(),
          "%s belongs here; the data model 'null' knows In(state), and, or, not alone"
              .formatted(wanted));
    }

    private boolean take(String word, String sign) {
      boolean there = tokens.get(at).isWord(word) || tokens.get(at).isSign(sign);
      if (there) {
        at++;
      }
      return there;
    }

    private Condition either() {
      Condition left = both();
      while (take("or", "||")) {
        Condition before = left;
        Condition after = counted(both());
        left = bindings -> before.test(bindings) || after.test(bindings);
      }
      return left;
    }

    private Condition both() {
      Condition left = one();
      while (take("and", "&&")) {
        Condition before = left;
        Condition after = counted(one());
        left = bindings -> before.test(bindings) && after.test(bindings);
      }
      return left;
    }

    /** Every operator and parenthesis may be a step into the depth. */
    private Condition counted(Condition condition) {
      if (++steps > MAXIMUM_DEPTH) {
        throw Parser.wrong(
            source,
            tokens.get(at).position(),
            "it has more than %d operators and parentheses".formatted(MAXIMUM_DEPTH));
      }
      return condition;
    }

    private Condition one() {
      counted(bindings -> true);
      if (take("not", "!")) {
        Condition inner = one();
        return bindings -> !inner.test(bindings);
      }
      if (take("", "(")) {
        Condition inner = either();
        need(")");
        return inner;
      }
      if (take("true", "")) {
        return bindings -> true;
      }
      if (take("false", "")) {
        return bindings -> false;
      }
      return in();
    }

    private Condition in() {
      if (!take("In", "")) {
        throw unexpected("In(state)");
      }
      need("(");
      String state = state();
      need(")");
      return bindings -> bindings.isIn(state);
    }

    /** An id, which may have dots and hyphens in it where it has no quotes. */
    private String state() {
      StringBuilder id = new StringBuilder();
      Token token = tokens.get(at);
      while (token.sort() != Sort.END && !token.isSign(")")) {
        id.append(token.text());
        token = tokens.get(++at);
      }
      if (id.length() == 0) {
        throw unexpected("the id of a state");
      }
      return id.toString();
    }

    private void need(String sign) {
      if (!take("", sign)) {
        throw unexpected("'" + sign + "'");
      }
    }
  }
}
