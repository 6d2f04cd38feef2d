package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.codec.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * A language of conditions, values and places, which a document names by its attribute {@code
 * datamodel}. Implement it to add one.
 *
 * <pre>{@code
 * Machine<List<String>, ScxmlEvent> machine =
 *     Scxml.read(path, ScxmlOptions.standard().with(new JexlModel()));
 * }</pre>
 *
 * <p>Expressions are read once, with the document, and evaluated in any number of macrosteps.
 * Evaluating changes nothing: an assignment returns the variables as they are after it, and they
 * become those of the machine if the macrostep is committed.
 *
 * <p><b>Thread safety.</b> Implementations, and what they make, are safe for any number of threads.
 *
 * <p><b>Failure.</b> What cannot be read is an {@link ExpressionException} while the document is
 * read. Whatever evaluating throws becomes the event {@code error.execution}; a condition counts as
 * false.
 *
 * @since 0.1
 */
public interface DataModel {

  /**
   * Returns the one without values, {@code null}: a condition is made of {@code In(state)}, the id
   * with or without quotes, and {@code and}, {@code or}, {@code not} and parentheses.
   *
   * @return the model
   */
  static DataModel none() {
    return NullModel.INSTANCE;
  }

  /**
   * Returns the one for simple values, {@code ecmascript}: expressions of ECMAScript that have no
   * side effects and define no functions. There are numbers, strings, booleans, null, undefined,
   * arrays and objects; variables, members and indexes; {@code + - * / %}, comparisons with and
   * without conversion, {@code && || ! ?: typeof in}; {@code In('state')}; {@code length} and a few
   * methods of strings and arrays: {@code concat}, {@code indexOf}, {@code includes}, {@code
   * slice}, {@code join} and {@code toString}.
   *
   * <p>Where it differs: objects and arrays are values, and equal if their contents are; a result
   * that is no finite number is an error instead of {@code NaN}.
   *
   * @return the model
   */
  static DataModel ecmaScriptSubset() {
    return EcmaScriptModel.INSTANCE;
  }

  /**
   * Returns what documents call the language.
   *
   * @return the value of the attribute {@code datamodel}
   */
  String name();

  /**
   * Reads a condition.
   *
   * @param source the text of an attribute {@code cond}
   * @return the condition
   * @throws ExpressionException if it is not one
   */
  Condition condition(String source);

  /**
   * Reads an expression.
   *
   * @param source the text of an attribute such as {@code expr}
   * @return the expression
   * @throws ExpressionException if it is not one
   */
  Expression expression(String source);

  /**
   * Reads a place that can be assigned to.
   *
   * @param source the text of an attribute such as {@code location}
   * @return the place
   * @throws ExpressionException if it is not one
   */
  Location location(String source);

  /**
   * Returns the value of text that stands in a document in place of an expression.
   *
   * @param text as it stands there
   * @return what it is as JSON; if it is none, the text without white space at its ends, and one
   *     space for every other piece of white space
   */
  default Tree literal(String text) {
    try {
      return Tree.parse(text.strip());
    } catch (UnreadableJsonException e) {
      return Tree.of(text.strip().replaceAll("\\s+", " ")); // it is prose, which is just as good
    }
  }

  /** Tells whether something holds. */
  @FunctionalInterface
  interface Condition {

    /**
     * Tests.
     *
     * @param bindings what it sees
     * @return whether it holds
     * @throws ExpressionException if that cannot be told
     */
    boolean test(Bindings bindings);
  }

  /** Has a value. */
  @FunctionalInterface
  interface Expression {

    /**
     * Evaluates.
     *
     * @param bindings what it sees
     * @return the value, or null for none ({@code undefined})
     * @throws ExpressionException if that cannot be told
     */
    @Nullable Tree evaluate(Bindings bindings);
  }

  /** Can be assigned to. */
  @FunctionalInterface
  interface Location {

    /**
     * Assigns.
     *
     * @param bindings what it sees
     * @param value the value, or null for none
     * @return the variables after it
     * @throws ExpressionException if that is no place, now
     */
    Variables assign(Bindings bindings, @Nullable Tree value);
  }
}
