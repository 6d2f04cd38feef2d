package io.stateward.sync.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Edits that several people make at once: they type, paste, delete and replace, often at the same
 * places, and now and then take in what another has.
 */
final class RandomHistory {

  record Event(String agent, int[] parents, TextDelta operation) {}

  /** What kind of history to make. */
  record Shape(int people, int steps, boolean oneAgentEach, int mergeOneIn) {}

  private static final String[] PIECES = {
    "a", "b", "c", "xy", "hello", "😀", "é", "日本", "𝄞z", " "
  };

  private final Random random;
  private final Shape shape;
  private final SimpleTextLog log = new SimpleTextLog();
  private final List<Event> events = new ArrayList<>();
  private final BitSet[] seen;
  private final int[] cursors;

  private RandomHistory(long seed, Shape shape) {
    this.random = new Random(seed);
    this.shape = shape;
    this.seen = new BitSet[shape.people()];
    this.cursors = new int[shape.people()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = new BitSet();
    }
  }

  static List<Event> of(long seed) {
    Random random = new Random(seed);
    return of(
        seed,
        new Shape(
            2 + random.nextInt(3),
            10 + random.nextInt(50),
            random.nextInt(4) > 0,
            1 + random.nextInt(12)));
  }

  static List<Event> of(long seed, Shape shape) {
    RandomHistory history = new RandomHistory(seed, shape);
    for (int i = 0; i < shape.steps(); i++) {
      history.step();
    }
    return history.events;
  }

  /** Returns a history of people who each have one name. */
  static List<Event> ofPeople(long seed) {
    Random random = new Random(seed);
    int people = 2 + random.nextInt(3);
    return of(seed, new Shape(people, 10 + random.nextInt(40), true, 1 + random.nextInt(8)));
  }

  /** Returns the same history with every inserted code point another one. */
  static List<Event> withUniqueCodePoints(List<Event> events) {
    List<Event> unique = new ArrayList<>();
    int[] next = {0x10000};
    for (Event event : events) {
      TextDeltaBuilder operation = TextDelta.builder();
      for (TextDelta.Part part : event.operation().parts()) {
        part.<TextDeltaBuilder>fold(
            operation::retain,
            text -> operation.insert(unique(text.codePointCount(0, text.length()), next)),
            operation::delete);
      }
      unique.add(new Event(event.agent(), event.parents(), operation.build()));
    }
    return unique;
  }

  private static String unique(int count, int[] next) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(next[0]++);
    }
    return text.toString();
  }

  /** Returns the events in another order in which none is before its parents. */
  static List<Event> shuffled(List<Event> events, Random random) {
    int[] newIndex = new int[events.size()];
    Arrays.fill(newIndex, -1);
    List<Integer> left = new ArrayList<>(IntStream.range(0, events.size()).boxed().toList());
    List<Event> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      int at = random.nextInt(Math.min(left.size(), 1 + random.nextInt(20)));
      Event event = events.get(left.get(at));
      if (Arrays.stream(event.parents()).allMatch(parent -> newIndex[parent] >= 0)) {
        newIndex[left.remove(at)] = shuffled.size();
        int[] parents = Arrays.stream(event.parents()).map(p -> newIndex[p]).toArray();
        shuffled.add(new Event(event.agent(), parents, event.operation()));
      }
    }
    return shuffled;
  }

  private void step() {
    int person = random.nextInt(shape.people());
    for (int burst = 1 + random.nextInt(3); burst > 0; burst--) {
      edit(person);
    }
    if (random.nextInt(shape.mergeOneIn()) == 0) {
      int other = random.nextInt(shape.people());
      seen[person].or(seen[other]);
      if (random.nextBoolean()) {
        seen[other] = (BitSet) seen[person].clone();
      }
    }
  }

  private void edit(int person) {
    String text = log.textAt(seen[person]);
    int length = text.codePointCount(0, text.length());
    int[] parents = log.heads(seen[person]);
    TextDelta operation = operation(person, length);
    int author = shape.oneAgentEach() ? person : random.nextInt(shape.people());
    String agent = String.valueOf((char) ('a' + author));
    int event = log.add(agent, parents, operation);
    seen[person].set(event);
    events.add(new Event(agent, parents, operation));
  }

  private TextDelta operation(int person, int length) {
    int at = Math.min(cursors[person], length);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        String piece = PIECES[random.nextInt(PIECES.length)];
        cursors[person] = at + piece.codePointCount(0, piece.length());
        return TextDelta.insert(at, piece);
      }
      case 3 -> {
        cursors[person] = Math.max(at - 1, 0);
        return at > 0 ? TextDelta.delete(at - 1, 1) : TextDelta.empty();
      }
      case 4 -> {
        return TextDelta.delete(at, Math.min(length - at, 1 + random.nextInt(3)));
      }
      case 5 -> {
        cursors[person] = random.nextInt(3); // where the others are too
        return TextDelta.insert(random.nextInt(length + 1), "|");
      }
      case 6 -> {
        return severalParts(length);
      }
      default -> {
        cursors[person] = random.nextInt(length + 1);
        return TextDelta.insert(at, PIECES[random.nextInt(3)]);
      }
    }
  }

  private TextDelta severalParts(int length) {
    TextDeltaBuilder builder = TextDelta.builder();
    int left = length;
    for (int parts = random.nextInt(6); parts >= 0; parts--) {
      int count = random.nextInt(Math.min(left, 4) + 1);
      switch (random.nextInt(3)) {
        case 0 -> builder.insert(PIECES[random.nextInt(PIECES.length)]);
        case 1 -> builder.retain(count);
        default -> builder.delete(count);
      }
      left -= builder.build().inputLength() > length - left ? count : 0;
    }
    TextDelta delta = builder.build();
    return delta.inputLength() <= length ? delta : TextDelta.empty();
  }
}
