package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;

/** The deeds of a move, by when they are done; complete once the move is made. */
final class Deeds {

  final List<Deed> exit = new ArrayList<>();
  final List<Deed> content = new ArrayList<>();
  final List<Deed> entry = new ArrayList<>();

  List<Deed> all() {
    List<Deed> all = new ArrayList<>(exit);
    all.addAll(content);
    all.addAll(entry);
    return all;
  }
}
