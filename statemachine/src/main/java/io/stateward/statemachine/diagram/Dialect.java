package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Node;
import java.util.List;

/** How a language of drawings says what all of them have. */
interface Dialect {

  /** The circle that things begin or end in. */
  String CIRCLE = "[*]";

  /** Writes what comes first. */
  void begin(Lines out, String title);

  /** Returns the declaration of a state, or of a history, without what is inside of it. */
  String declare(Node node, String id, boolean active);

  /** Whether regions stand between lines. */
  boolean separates();

  /** Writes what is said inside of a state. */
  void inside(Lines out, Node node, String id, List<String> lines);

  /** Returns an arrow between two ids. */
  String arrow(String from, String to, String label, boolean taken);

  /** Writes what comes last. */
  void end(Lines out);
}
