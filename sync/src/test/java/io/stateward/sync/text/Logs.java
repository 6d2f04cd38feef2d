package io.stateward.sync.text;

import java.util.List;

/** Logs made of random histories. */
final class Logs {

  private Logs() {}

  static TextLog log(List<RandomHistory.Event> events) {
    var log = TextLog.create();
    events.forEach(event -> log.add(event.agent(), event.parents(), event.operation()));
    return log;
  }

  /** Returns the text that the changes lead to. */
  static String text(List<RandomHistory.Event> events) {
    var log = TextLog.create();
    String text = "";
    for (RandomHistory.Event event : events) {
      text = log.add(event.agent(), event.parents(), event.operation()).change().apply(text);
    }
    return text;
  }

  static SimpleTextLog oracle(List<RandomHistory.Event> events) {
    var oracle = new SimpleTextLog();
    events.forEach(event -> oracle.add(event.agent(), event.parents(), event.operation()));
    return oracle;
  }
}
