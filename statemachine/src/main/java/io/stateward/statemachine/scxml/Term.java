package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import java.util.List;
import java.util.Map;

/** An expression, taken apart. */
sealed interface Term {

  /** A value that stands there. */
  record Literal(Tree value) implements Term {}

  /** No value. */
  record Undefined() implements Term {}

  /** What a name stands for. */
  record Name(String name) implements Term {}

  /** A member of an object, or an element of an array. */
  record Member(Term of, Term key) implements Term {}

  /** A call of a method. */
  record Call(Term of, String method, List<Term> arguments) implements Term {}

  /** The predicate {@code In}. */
  record In(Term state) implements Term {}

  /** An operator before its operand. */
  record Unary(String operator, Term operand) implements Term {}

  /** An operator between its operands. */
  record Binary(String operator, Term left, Term right) implements Term {}

  /** One or the other. */
  record Choice(Term condition, Term then, Term otherwise) implements Term {}

  /** An array. */
  record Elements(List<Term> elements) implements Term {}

  /** An object. */
  record Members(Map<String, Term> members) implements Term {}
}
