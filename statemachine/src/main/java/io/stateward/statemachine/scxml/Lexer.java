package io.stateward.statemachine.scxml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts an expression into words, numbers, strings and signs. */
final class Lexer {

  /** What sort of token. */
  enum Sort {
    WORD,
    NUMBER,
    STRING,
    SIGN,
    END
  }

  /**
   * A piece of an expression.
   *
   * @param sort what sort
   * @param text what it says; of a string, without quotes and escapes
   * @param position where it begins, from 0
   */
  record Token(Sort sort, String text, int position) {
    boolean isSign(String sign) {
      return sort == Sort.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
      return sort == Sort.WORD && text.equals(word);
    }
  }

  /** The signs, longer ones before those that they begin with. */
  private static final List<String> SIGNS =
      List.of(
          "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!",
          "(", ")", "[", "]", "{", "}", ",", ":", "?", ".");

  private final String source;
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> read(String source) {
    Lexer lexer = new Lexer(source);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.next();
      tokens.add(token);
    } while (token.sort() != Sort.END);
    return tokens;
  }

  private Token next() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    int start = at;
    if (at == source.length()) {
      return new Token(Sort.END, "", start);
    }
    char first = source.charAt(at);
    if (Character.isJavaIdentifierStart(first)) {
      return new Token(Sort.WORD, take(Character::isJavaIdentifierPart), start);
    }
    if (isDigit(first) || (first == '.' && at + 1 < source.length() && isDigit(peek(1)))) {
      return new Token(Sort.NUMBER, number(), start);
    }
    if (first == '\'' || first == '"') {
      return new Token(Sort.STRING, string(first), start);
    }
    String sign = sign();
    if (sign == null) {
      throw Parser.wrong(source, at, "'%s' means nothing here".formatted(first));
    }
    at += sign.length();
    return new Token(Sort.SIGN, sign, start);
  }

  private @Nullable String sign() {
    for (String sign : SIGNS) {
      if (source.startsWith(sign, at)) {
        return sign;
      }
    }
    return null;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek(int ahead) {
    return source.charAt(at + ahead);
  }

  /** Tells of a character whether it is one of a kind. */
  private interface Kind {
    boolean is(char c);
  }

  private String take(Kind kind) {
    int start = at;
    while (at < source.length() && kind.is(source.charAt(at))) {
      at++;
    }
    return source.substring(start, at);
  }

  private String number() {
    int start = at;
    take(Lexer::isDigit);
    if (at < source.length() && source.charAt(at) == '.') {
      at++;
      take(Lexer::isDigit);
    }
    if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
      at++;
      if (at < source.length() && (source.charAt(at) == '+' || source.charAt(at) == '-')) {
        at++;
      }
      take(Lexer::isDigit);
    }
    return source.substring(start, at);
  }

  private String string(char quote) {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (at < source.length() && source.charAt(at) != quote) {
      char c = source.charAt(at++);
      text.append(c == '\\' ? escaped() : c);
    }
    if (at == source.length()) {
      throw Parser.wrong(source, start, "the string that begins here has no end");
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char c = at < source.length() ? source.charAt(at++) : '\\';
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    try {
      char unit = (char) Integer.parseInt(source.substring(at, at + 4), 16);
      at += 4;
      return unit;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw Parser.wrong(source, at, "\\u needs four hexadecimal digits");
    }
  }
}
