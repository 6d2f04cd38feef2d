package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;

/** The deeds of a move under construction. */
final class Deeds {

  final List<Deed> exit = new ArrayList<>();
  final List<Deed> content = new ArrayList<>();
  final List<Deed> entry = new ArrayList<>();

  Deed[] all() {
    if (exit.isEmpty() && content.isEmpty() && entry.isEmpty()) {
      return Move.NO_DEEDS;
    }
    List<Deed> all = new ArrayList<>(exit);
    all.addAll(content);
    all.addAll(entry);
    return all.toArray(Deed[]::new);
  }
}
