package io.stateward.statemachine.scxml;

import java.util.List;
import java.util.Random;

/**
 * Writes documents of elements that fit each other, with references and expressions that may not.
 */
final class HostileDocument {

  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
  private static final List<String> EVENTS = List.of("x", "x.y", "*", "done.state.a", "error", "z");
  private static final List<String> EXPRESSIONS =
      List.of(
          "n + 1",
          "n",
          "'t'",
          "[n, 2]",
          "{a: n}",
          "nobody",
          "In('a')",
          "!In('b')",
          "n &lt; 3",
          "n % 2 == 0",
          "_event.data",
          "_event.name == 'x'",
          "n.concat(n)",
          "true");

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private int states;

  private HostileDocument(long seed) {
    this.random = new Random(seed);
  }

  static String of(long seed) {
    return new HostileDocument(seed).document();
  }

  private String document() {
    text.append("<scxml xmlns='").append(XmlDocument.NAMESPACE).append("'");
    maybe(10, "initial", one(IDS));
    maybe(10, "datamodel", "ecmascript");
    maybe(10, "binding", "late");
    text.append("><datamodel><data id='n' expr='0'/></datamodel>");
    inside(1 + random.nextInt(3), 0);
    while (states < IDS.size()) {
      text.append("<state id='").append(IDS.get(states++)).append("'/>");
    }
    return text.append("</scxml>").toString();
  }

  private void inside(int count, int depth) {
    for (int i = 0; i < count; i++) {
      state(depth);
    }
  }

  private void state(int depth) {
    int kind = random.nextInt(10);
    String name = kind < 6 ? "state" : kind < 8 ? "parallel" : kind < 9 ? "final" : "history";
    text.append('<').append(name);
    if (random.nextInt(100) < 90) {
      String id = random.nextInt(100) < 99 && states < IDS.size() ? IDS.get(states++) : one(IDS);
      attribute("id", id);
    }
    maybe(name.equals("state") ? 4 : 0, "initial", one(IDS));
    maybe(name.equals("history") ? 50 : 0, "type", "deep");
    text.append('>');
    if (name.equals("history")) {
      transition(false);
    } else if (!name.equals("final")) {
      handlers();
      for (int i = random.nextInt(3); i > 0; i--) {
        transition(true);
      }
      inside(depth < 3 ? random.nextInt(3) : 0, depth + 1);
    }
    text.append("</").append(name).append('>');
  }

  private void handlers() {
    for (String handler : List.of("onentry", "onexit")) {
      if (random.nextInt(4) == 0) {
        text.append('<').append(handler).append('>');
        content(2);
        text.append("</").append(handler).append('>');
      }
    }
  }

  private void transition(boolean full) {
    text.append("<transition");
    maybe(full ? 85 : 0, "event", one(EVENTS));
    maybe(full ? 25 : 0, "cond", one(EXPRESSIONS));
    maybe(85, "target", random.nextInt(12) == 0 ? one(IDS) + " " + one(IDS) : one(IDS));
    maybe(15, "type", "internal");
    text.append('>');
    content(1);
    text.append("</transition>");
  }

  private void content(int depth) {
    for (int i = random.nextInt(3); i > 0; i--) {
      switch (random.nextInt(9)) {
        case 0 -> text.append("<raise event='").append(one(EVENTS).replace("*", "q")).append("'/>");
        case 1 ->
            text.append("<send event='x' id='i' delay='").append(random.nextInt(3)).append("s'/>");
        case 2 -> text.append("<cancel sendid='i'/>");
        case 3 -> text.append("<log expr=\"").append(one(EXPRESSIONS)).append("\"/>");
        case 4, 5 ->
            text.append("<assign location='n' expr=\"").append(one(EXPRESSIONS)).append("\"/>");
        case 6 -> block("if", "cond", one(EXPRESSIONS), depth);
        case 7 -> block("foreach", "item='n' array", one(EXPRESSIONS), depth);
        default ->
            text.append("<send eventexpr=\"").append(one(EXPRESSIONS)).append("\" namelist='n'/>");
      }
    }
  }

  private void block(String name, String attribute, String value, int depth) {
    text.append('<').append(name);
    attribute(attribute, value);
    text.append('>');
    if (depth > 0) {
      content(depth - 1);
    }
    text.append("</").append(name).append('>');
  }

  private void maybe(int percent, String name, String value) {
    if (random.nextInt(100) < percent) {
      attribute(name, value);
    }
  }

  private void attribute(String name, String value) {
    text.append(' ').append(name).append("=\"").append(value).append('"');
  }

  private <T> T one(List<T> several) {
    return several.get(random.nextInt(several.size()));
  }
}
