package io.stateward.sync.simulation;

import io.stateward.sync.client.TextDocument;
import io.stateward.sync.simulation.Chance.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    final String author;
    final List<Integer> typed;
    final List<Integer> deleted;
    boolean durable;
    boolean perhapsLost;

    Edit(String author, List<Integer> typed, List<Integer> deleted) {
      this.author = author;
      this.typed = typed;
      this.deleted = deleted;
    }
  }

  private final World world;
  private final String document;
  private final List<Edit> edits = new ArrayList<>();
  private final Map<Integer, Set<String>> typists = new HashMap<>();
  private final Set<Integer> again = new HashSet<>(); // put in more than once
  private final Map<String, Set<Integer>> typed = new HashMap<>(); // by whom
  private final Map<String, Set<Integer>> deleted = new HashMap<>();
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
    return new TextDesk(world, process.name, this, client, text);
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
    for (Integer point : edit.typed) {
      if (typists.containsKey(point)) {
        again.add(point);
      }
      typists.computeIfAbsent(point, p -> new HashSet<>()).add(edit.author);
    }
  }

  /** Returns what there is to undo for somebody whose process begins. */
  NaiveUndo undo(String author) {
    return new NaiveUndo(
        typed.computeIfAbsent(author, a -> new HashSet<>()),
        deleted.computeIfAbsent(author, a -> new HashSet<>()));
  }

  /** Returns the characters that were put in more than once, and by somebody else. */
  Set<Integer> ambiguousTo(String author) {
    Set<Integer> ambiguous = new HashSet<>(again);
    ambiguous.removeIf(point -> Set.of(author).equals(typists.get(point)));
    return ambiguous;
  }

  @Override
  public void setBack(String author) {
    becomeUncertain(author);
  }

  /** Nobody knows what became of what this author was not told of. */
  void becomeUncertain(String author) {
    edits.stream()
        .filter(edit -> edit.author.equals(author) && !edit.durable)
        .forEach(edit -> edit.perhapsLost = true);
  }

  @Override
  public void check(Desk newcomer) {
    List<Integer> text = ((TextDesk) newcomer).points();
    List<Integer> once = text.stream().filter(point -> !again.contains(point)).toList();
    Set<Integer> there = new LinkedHashSet<>(text);
    if (new HashSet<>(once).size() != once.size() && !isGuessed()) {
      fail("a character is there twice");
    }
    Set<Integer> surelyDeleted = new LinkedHashSet<>();
    Set<Integer> perhapsDeleted = new LinkedHashSet<>();
    for (Edit edit : edits) {
      (edit.perhapsLost ? perhapsDeleted : surelyDeleted).addAll(edit.deleted);
      checkOrder(edit, once);
    }
    there.stream()
        .filter(point -> !typists.containsKey(point))
        .forEach(point -> fail(named(point) + " was never typed"));
    if (!world.isRestored()) {
      edits.forEach(edit -> check(edit, there, surelyDeleted, perhapsDeleted));
    }
  }

  private void check(
      Edit edit, Set<Integer> there, Set<Integer> surelyDeleted, Set<Integer> perhapsDeleted) {
    for (Integer point : edit.typed) {
      boolean isThere = there.contains(point);
      boolean undone = again.contains(point);
      boolean mayStand = undone || isGuessed() || mayBeForgotten();
      if (isThere && surelyDeleted.contains(point) && !mayStand) {
        fail(named(point) + " was deleted, but is there");
      }
      boolean gone = surelyDeleted.contains(point) || perhapsDeleted.contains(point);
      if (!isThere && !gone && !edit.perhapsLost) {
        fail(named(point) + " was typed, but is not there");
      }
    }
  }

  /** Without its history, an edit is brought to a newer text by what the two look like. */
  private boolean isGuessed() {
    return world.isRestored() || world.chance.has(Fault.SHORT_HISTORY);
  }

  /**
   * Who was forgotten begins from nothing, and what is pending is merged three ways: then nobody
   * deletes what others have moved meanwhile, by taking it back and doing it again.
   */
  private boolean mayBeForgotten() {
    return world.chance.has(Fault.SHORT_MEMORY);
  }

  /** What was typed in one go stands in its order, whatever came between. */
  private void checkOrder(Edit edit, List<Integer> once) {
    List<Integer> remaining = edit.typed.stream().filter(once::contains).toList();
    List<Integer> found = once.stream().filter(edit.typed::contains).toList();
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
