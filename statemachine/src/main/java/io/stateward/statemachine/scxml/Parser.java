package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.statemachine.scxml.Lexer.Sort;
import io.stateward.statemachine.scxml.Lexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes an expression apart, by recursive descent: an operator of each level stands between
 * operands of the next one.
 */
final class Parser {

  /** Deeper than anybody writes, and shallow enough for any stack. */
  private static final int MAXIMUM_DEPTH = 64;

  /** Each may be a step into the depth, too, as operands of one level nest to the left. */
  private static final int MAXIMUM_OPERATORS = 1_000;

  /** The binary operators, those that bind least first. */
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("||"),
          Set.of("&&"),
          Set.of("===", "!==", "==", "!="),
          Set.of("<", "<=", ">", ">=", "instanceof", "in"),
          Set.of("+", "-"),
          Set.of("*", "/", "%"));

  private final String source;
  private final List<Token> tokens;
  private int at;
  private int depth;
  private int operators;

  Parser(String source) {
    this.source = source;
    this.tokens = Lexer.read(source);
  }

  static ExpressionException wrong(String source, int position, String problem) {
    return new ExpressionException(
        "The expression '%s' cannot be read: %s (at its character %d)."
            .formatted(Values.shortened(source), problem, position + 1));
  }

  /** The whole text as one expression. */
  Term whole() {
    Term term = expression();
    if (peek().sort() != Sort.END) {
      throw unexpected("an operator or the end");
    }
    return term;
  }

  private ExpressionException unexpected(String wanted) {
    Token token = peek();
    String found = token.sort() == Sort.END ? "it ends" : "there is '" + token.text() + "'";
    return wrong(source, token.position(), "%s where %s belongs".formatted(found, wanted));
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.sort() != Sort.END) {
      at++;
    }
    return token;
  }

  private boolean take(String sign) {
    boolean there = peek().isSign(sign);
    if (there) {
      at++;
    }
    return there;
  }

  private void need(String sign) {
    if (!take(sign)) {
      throw unexpected("'" + sign + "'");
    }
  }

  private Term expression() {
    if (++depth > MAXIMUM_DEPTH) {
      throw wrong(
          source, peek().position(), "it is nested more than %d deep".formatted(MAXIMUM_DEPTH));
    }
    Term condition = binary(0);
    Term term = condition;
    if (take("?")) {
      Term then = expression();
      need(":");
      term = new Term.Choice(condition, then, expression());
    }
    depth--;
    return term;
  }

  private Term binary(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    Term left = binary(level + 1);
    for (String operator = operator(level); operator != null; operator = operator(level)) {
      if (++operators > MAXIMUM_OPERATORS) {
        throw wrong(
            source,
            peek().position(),
            "it has more than %,d operators".formatted(MAXIMUM_OPERATORS));
      }
      left = new Term.Binary(operator, left, binary(level + 1));
    }
    return left;
  }

  private @Nullable String operator(int level) {
    Token token = peek();
    boolean there =
        (token.sort() == Sort.SIGN || token.sort() == Sort.WORD)
            && LEVELS.get(level).contains(token.text());
    return there ? next().text() : null;
  }

  private Term unary() {
    Token token = peek();
    if (token.isSign("!") || token.isSign("-") || token.isSign("+") || token.isWord("typeof")) {
      if (++depth > MAXIMUM_DEPTH) {
        throw wrong(
            source, token.position(), "it is nested more than %d deep".formatted(MAXIMUM_DEPTH));
      }
      Term term = new Term.Unary(next().text(), unary());
      depth--;
      return term;
    }
    return postfix();
  }

  private Term postfix() {
    Term term = primary();
    for (int links = 0; links < MAXIMUM_DEPTH; links++) {
      if (take("[")) {
        Term key = expression();
        need("]");
        term = new Term.Member(term, key);
      } else if (take(".")) {
        term = member(term);
      } else {
        return term;
      }
    }
    throw wrong(source, peek().position(), "it has more than %d members".formatted(MAXIMUM_DEPTH));
  }

  private Term member(Term of) {
    if (peek().sort() != Sort.WORD) {
      throw unexpected("the name of a member");
    }
    String name = next().text();
    return take("(")
        ? new Term.Call(of, name, list(")"))
        : new Term.Member(of, new Term.Literal(Tree.of(name)));
  }

  private List<Term> list(String end) {
    List<Term> terms = new ArrayList<>();
    if (take(end)) {
      return terms;
    }
    do {
      terms.add(expression());
    } while (take(","));
    need(end);
    return terms;
  }

  private Term primary() {
    Token token = peek();
    if (token.sort() == Sort.NUMBER) {
      return new Term.Literal(Values.number(source, next()));
    }
    if (token.sort() == Sort.STRING) {
      return new Term.Literal(Tree.of(next().text()));
    }
    if (token.sort() == Sort.WORD) {
      return word(next());
    }
    if (take("(")) {
      Term inner = expression();
      need(")");
      return inner;
    }
    if (take("[")) {
      return new Term.Elements(list("]"));
    }
    if (take("{")) {
      return members();
    }
    throw unexpected("a value");
  }

  private Term word(Token token) {
    switch (token.text()) {
      case "true" -> {
        return new Term.Literal(Tree.of(true));
      }
      case "false" -> {
        return new Term.Literal(Tree.of(false));
      }
      case "null" -> {
        return new Term.Literal(Tree.ofNull());
      }
      case "undefined" -> {
        return new Term.Undefined();
      }
      case "function", "new", "var", "let", "const", "delete", "void" ->
          throw wrong(source, token.position(), "'%s' is not supported".formatted(token.text()));
      default -> {
        return take("(") ? in(token) : new Term.Name(token.text());
      }
    }
  }

  private Term in(Token name) {
    List<Term> arguments = list(")");
    if (!name.text().equals("In") || arguments.size() != 1) {
      throw wrong(
          source,
          name.position(),
          "In('state') is the only function, but this calls %s with %d arguments"
              .formatted(name.text(), arguments.size()));
    }
    return new Term.In(arguments.get(0));
  }

  private Term members() {
    Map<String, Term> members = new LinkedHashMap<>();
    if (take("}")) {
      return new Term.Members(members);
    }
    do {
      Token name = next();
      if (name.sort() == Sort.SIGN || name.sort() == Sort.END) {
        throw wrong(source, name.position(), "a member of an object needs a name");
      }
      need(":");
      members.put(name.text(), expression());
    } while (take(","));
    need("}");
    return new Term.Members(members);
  }
}
