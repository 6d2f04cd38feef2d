package io.stateward.statemachine.durable;

import io.stateward.codec.Tree;
import io.stateward.persist.MigrationException;
import io.stateward.persist.Migrations;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether what is stored fits a definition, and what is in the way if not. */
final class Fit {

  private final Chart chart;
  private final Migrations migrations;
  private int version;

  Fit(Chart chart, Migrations migrations) {
    this.chart = chart;
    this.migrations = migrations;
    this.version = chart.version();
  }

  /** Returns the tree of this version of the definition, or refuses it. */
  Tree fitting(Tree stored) {
    String machine = stored.at("/machine").asString();
    version = stored.at("/version").asInt();
    if (!machine.equals(chart.name())) {
      throw new IncompatibleSnapshotException(
          machine, version, "This is machine '%s'.".formatted(chart.name()), null);
    }
    if (version > chart.version()) {
      throw refuse(
          "The definition is at version %d here, so a newer program has stored it; update this one."
              .formatted(chart.version()),
          null);
    }
    Tree current = version < chart.version() ? migrated(stored) : stored;
    requireStates(current);
    if (version == chart.version()
        && !current.at("/structure").asString().equals(chart.structure())) {
      throw refuse(
          "Its states are all there, but states or transitions of the definition have changed since, in the same version. Count the version up, and add a migration that says what becomes of instances.",
          null);
    }
    return current;
  }

  private Tree migrated(Tree stored) {
    try {
      return migrations.migrate(version, stored);
    } catch (MigrationException e) {
      throw refuse(
          "The definition is at version %d, and the way from there is missing or broken: %s"
              .formatted(chart.version(), e.getMessage()),
          e);
    }
  }

  private void requireStates(Tree tree) {
    List<String> unknown = new ArrayList<>();
    for (Tree state : tree.at("/states").asArray().elements()) {
      note(unknown, state.asString());
    }
    for (String list : List.of("/timers", "/invocations")) {
      for (Tree each : tree.at(list).asArray().elements()) {
        note(unknown, each.at("/state").asString());
      }
    }
    if (!unknown.isEmpty()) {
      throw refuse(
          "The definition has no state %s, in which it stands; it has %s. Count the version up, and add a migration that renames or replaces them."
              .formatted(unknown, chart.nodes().stream().skip(1).map(Node::name).toList()),
          null);
    }
  }

  private void note(List<String> unknown, String state) {
    if (!state.isEmpty() && chart.find(state) == null && !unknown.contains(state)) {
      unknown.add(state);
    }
  }

  /** Puts a position together, or says why there is no such position. */
  <T> T position(Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      throw refuse(String.valueOf(e.getMessage()), e);
    }
  }

  private IncompatibleSnapshotException refuse(String problem, @Nullable Throwable cause) {
    return new IncompatibleSnapshotException(chart.name(), version, problem, cause);
  }
}
