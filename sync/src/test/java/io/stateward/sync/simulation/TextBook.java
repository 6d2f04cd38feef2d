package io.stateward.sync.simulation;

import io.stateward.sync.client.TextDocument;
import io.stateward.sync.simulation.Chance.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The naive model of a text: every character that anybody types is another one, so that what is in
 * the text in the end has to be what was typed less what was deleted, and what was typed in one go
 * has to stand in its order.
 */
final class TextBook implements Book {

  private static final int FIRST = 0x4E00; // ideographs, none of which is a surrogate
  private static final int BEYOND = 0x20000; // and those that take two chars

  /** An edit, and what its author knows of it. */
  static final class Edit {
    final List<Integer> typed;
    final List<Integer> deleted;
    boolean perhapsLost;
    boolean refused;

    Edit(List<Integer> typed, List<Integer> deleted) {
      this.typed = typed;
      this.deleted = deleted;
    }

    boolean isCertain() {
      return !perhapsLost && !refused;
    }
  }

  private final World world;
  private final String document;
  private final List<Edit> edits = new ArrayList<>();
  private int next;

  TextBook(World world, String document) {
    this.world = world;
    this.document = document;
  }

  @Override
  public String document() {
    return document;
  }

  @Override
  public Desk open(SimulatedProcess process, Subject.Client client) {
    TextDocument text = client.live().text(document);
    return new TextDesk(world, process.name, this, text);
  }

  /** Returns characters that nobody has typed. */
  List<Integer> type(int count) {
    List<Integer> typed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = next++;
      typed.add(number % 5 == 0 ? BEYOND + number : FIRST + number);
    }
    return typed;
  }

  void add(Edit edit) {
    edits.add(edit);
  }

  @Override
  public void check(Desk newcomer) {
    List<Integer> text = ((TextDesk) newcomer).points();
    Set<Integer> there = new LinkedHashSet<>(text);
    if (there.size() != text.size() && !isGuessed()) {
      fail("a character is there twice");
    }
    Map<Integer, Edit> authors = new HashMap<>();
    Set<Integer> surelyDeleted = new LinkedHashSet<>();
    Set<Integer> perhapsDeleted = new LinkedHashSet<>();
    for (Edit edit : edits) {
      edit.typed.forEach(point -> authors.put(point, edit));
      (edit.isCertain() ? surelyDeleted : perhapsDeleted).addAll(edit.deleted);
      checkOrder(edit, text, there);
    }
    there.stream()
        .filter(point -> !authors.containsKey(point))
        .forEach(point -> fail(named(point) + " was never typed"));
    if (!world.isRestored()) {
      check(there, authors, surelyDeleted, perhapsDeleted);
    }
  }

  private void check(
      Set<Integer> there,
      Map<Integer, Edit> authors,
      Set<Integer> surelyDeleted,
      Set<Integer> perhapsDeleted) {
    authors.forEach(
        (point, edit) -> {
          boolean isThere = there.contains(point);
          if (isThere && surelyDeleted.contains(point) && !isGuessed()) {
            fail(named(point) + " was deleted, but is there");
          }
          boolean gone = surelyDeleted.contains(point) || perhapsDeleted.contains(point);
          if (!isThere && !gone && edit.isCertain()) {
            fail(named(point) + " was typed, but is not there");
          }
          if (isThere && edit.refused) {
            fail(named(point) + " was refused, but is there");
          }
        });
  }

  /** Without its history, an edit is brought to a newer text by what the two look like. */
  private boolean isGuessed() {
    return world.isRestored() || world.chance.has(Fault.SHORT_HISTORY);
  }

  /** What was typed in one go stands in its order, whatever came between. */
  private void checkOrder(Edit edit, List<Integer> text, Set<Integer> there) {
    List<Integer> remaining = edit.typed.stream().filter(there::contains).toList();
    List<Integer> found = text.stream().filter(edit.typed::contains).toList();
    if (!remaining.equals(found) && !isGuessed()) {
      fail("what was typed as %s stands as %s".formatted(remaining, found));
    }
  }

  private static String named(int point) {
    return "'%s' (U+%X)".formatted(Character.toString(point), point);
  }

  private void fail(String what) {
    world.fail("Document " + document + ": " + what, null);
  }
}
