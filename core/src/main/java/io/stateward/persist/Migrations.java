package io.stateward.persist;

import io.stateward.codec.Tree;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The way from older schemas to the current one: a chain of pure functions, each from one schema
 * number to the next.
 *
 * <pre>{@code
 * Migrations migrations = Migrations.to(3)
 *     .step(1, tree -> tree.with("/theme", Tree.of("light")))     // from 1 to 2
 *     .step(2, tree -> tree.without("/legacy"));                  // from 2 to 3
 * Tree current = migrations.migrate(1, stored);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> A chain with a gap is refused when it is {@link #checked}, before anything is
 * read.
 *
 * @since 0.1
 */
public final class Migrations {

  private final int schema;
  private final Map<Integer, UnaryOperator<Tree>> steps;

  private Migrations(int schema, Map<Integer, UnaryOperator<Tree>> steps) {
    this.schema = schema;
    this.steps = steps;
  }

  /**
   * Starts a chain to a schema, without steps: nothing older is read.
   *
   * @param schema the number of the current schema; at least 1
   * @return the chain
   * @throws IllegalArgumentException if the number is less than 1
   */
  public static Migrations to(int schema) {
    if (schema < 1 || schema > 999_999_999) {
      throw new IllegalArgumentException(
          "A schema number is 1 to 999999999, not %d. Count it up by one with each change."
              .formatted(schema));
    }
    return new Migrations(schema, Map.of());
  }

  /**
   * Returns the chain with one more step.
   *
   * @param from the schema that it starts from; it leads to the one after
   * @param migration makes a state of the next schema; pure
   * @return the longer chain
   * @throws IllegalArgumentException if there is such a step, or it leads beyond the current schema
   */
  public Migrations step(int from, UnaryOperator<Tree> migration) {
    Objects.requireNonNull(migration, "migration");
    if (from < 1 || from >= schema) {
      throw new IllegalArgumentException(
          "There is no migration from schema %d when the current one is %d: steps start from 1 to %d."
              .formatted(from, schema, schema - 1));
    }
    Map<Integer, UnaryOperator<Tree>> more = new TreeMap<>(steps);
    if (more.put(from, migration) != null) {
      throw new IllegalArgumentException(
          "There are two migrations from schema %d to %d. Keep one.".formatted(from, from + 1));
    }
    return new Migrations(schema, more);
  }

  /**
   * Checks that the chain has no gap: from its oldest schema, each step is there.
   *
   * @return this chain
   * @throws IllegalArgumentException if one is missing
   */
  public Migrations checked() {
    for (int from = oldest(); from < schema; from++) {
      if (!steps.containsKey(from)) {
        throw new IllegalArgumentException(
            "The chain of migrations has a gap: there is none from schema %d to %d, though there is one from %d. Add it; a step that changes nothing is tree -> tree."
                .formatted(from, from + 1, oldest()));
      }
    }
    return this;
  }

  /**
   * Returns the current schema.
   *
   * @return its number
   */
  public int schema() {
    return schema;
  }

  /**
   * Returns the oldest schema that can be migrated.
   *
   * @return its number; the current one if there are no steps
   */
  public int oldest() {
    return steps.keySet().stream().mapToInt(from -> from).min().orElse(schema);
  }

  /**
   * Brings a state to the current schema.
   *
   * @param from its schema
   * @param state the state
   * @return the state in the current schema
   * @throws MigrationException if there is no way from that schema, or a step throws
   */
  public Tree migrate(int from, Tree state) {
    Tree migrated = state;
    for (int at = from; at < schema; at++) {
      UnaryOperator<Tree> step = steps.get(at);
      if (step == null) {
        throw new MigrationException(at, "there is none; the oldest schema known is " + oldest());
      }
      migrated = migrate(at, step, migrated);
    }
    return migrated;
  }

  private static Tree migrate(int from, UnaryOperator<Tree> step, Tree state) {
    Tree next;
    try {
      next = step.apply(state);
    } catch (RuntimeException e) {
      throw new MigrationException(from, e);
    }
    if (next == null) {
      throw new MigrationException(from, "it returned null");
    }
    return next;
  }
}
