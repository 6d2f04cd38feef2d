package io.stateward.statemachine.scxml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a document is read: how much of it is too much, and which languages its expressions may be
 * written in.
 *
 * <pre>{@code
 * ScxmlOptions small = ScxmlOptions.standard().withSize(64 * 1024).withStates(200);
 * Machine<List<String>, ScxmlEvent> machine = Scxml.read(upload, small);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param size how long a document may be, inclusive: in bytes where bytes are read, else in UTF-16
 *     code units
 * @param depth how many elements may be nested, inclusive; at most {@value #MAXIMUM_DEPTH}
 * @param states how many states there may be, final and history ones included, inclusive
 * @param budget how many microsteps a macrostep may have, inclusive
 * @param models the languages, the first of which is meant where a document names none
 * @param ignored namespaces whose elements are skipped, such as those of editors
 * @since 0.1
 */
public record ScxmlOptions(
    int size, int depth, int states, int budget, List<DataModel> models, Set<String> ignored) {

  /** The deepest nesting that can be allowed. */
  public static final int MAXIMUM_DEPTH = 256;

  private static final ScxmlOptions STANDARD =
      new ScxmlOptions(
          1024 * 1024,
          64,
          10_000,
          1_000,
          List.of(DataModel.ecmaScriptSubset(), DataModel.none()),
          Set.of());

  /**
   * Checks the limits and copies the collections.
   *
   * @param size how long a document may be
   * @param depth how many elements may be nested
   * @param states how many states there may be
   * @param budget how many microsteps a macrostep may have
   * @param models the languages
   * @param ignored namespaces whose elements are skipped
   * @throws IllegalArgumentException if a limit is below 1, the depth is beyond the maximum, or
   *     there is no language
   */
  public ScxmlOptions {
    if (size < 1 || depth < 1 || depth > MAXIMUM_DEPTH || states < 1 || budget < 1) {
      throw new IllegalArgumentException(
          "Limits are at least 1, and the depth at most %d; these were size %d, depth %d, states %d, budget %d."
              .formatted(MAXIMUM_DEPTH, size, depth, states, budget));
    }
    models = List.copyOf(models);
    ignored = Set.copyOf(ignored);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("Give at least one data model, such as DataModel.none().");
    }
  }

  /**
   * Returns the options that hold where none are given: 1,048,576 bytes (1 MiB), depth 64, 10,000
   * states, 1,000 microsteps, {@link DataModel#ecmaScriptSubset} and {@link DataModel#none}, no
   * namespaces ignored.
   *
   * @return the options
   */
  public static ScxmlOptions standard() {
    return STANDARD;
  }

  /**
   * Returns these options with another size.
   *
   * @param limit how long a document may be
   * @return the options
   */
  public ScxmlOptions withSize(int limit) {
    return new ScxmlOptions(limit, depth, states, budget, models, ignored);
  }

  /**
   * Returns these options with another depth.
   *
   * @param limit how many elements may be nested
   * @return the options
   */
  public ScxmlOptions withDepth(int limit) {
    return new ScxmlOptions(size, limit, states, budget, models, ignored);
  }

  /**
   * Returns these options with another number of states.
   *
   * @param limit how many states there may be
   * @return the options
   */
  public ScxmlOptions withStates(int limit) {
    return new ScxmlOptions(size, depth, limit, budget, models, ignored);
  }

  /**
   * Returns these options with another number of microsteps.
   *
   * @param limit how many microsteps a macrostep may have
   * @return the options
   */
  public ScxmlOptions withBudget(int limit) {
    return new ScxmlOptions(size, depth, states, limit, models, ignored);
  }

  /**
   * Returns these options with one more language, in place of the one of the same name if there is.
   *
   * @param model the language
   * @return the options
   */
  public ScxmlOptions with(DataModel model) {
    Objects.requireNonNull(model, "model");
    List<DataModel> more = new ArrayList<>(models);
    more.removeIf(known -> known.name().equals(model.name()));
    more.add(model);
    return new ScxmlOptions(size, depth, states, budget, more, ignored);
  }

  /**
   * Returns these options with one more namespace whose elements are skipped wherever they are,
   * with everything inside of them.
   *
   * @param namespace its URI
   * @return the options
   */
  public ScxmlOptions ignoring(String namespace) {
    Set<String> more = new LinkedHashSet<>(ignored);
    more.add(Objects.requireNonNull(namespace, "namespace"));
    return new ScxmlOptions(size, depth, states, budget, models, more);
  }
}
