package io.stateward.sync.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who made which event; what one makes in a row is one entry. */
final class Authors {

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final IntColumn events = new IntColumn(); // the first of each entry
  private final IntColumn authors = new IntColumn(); // the number of its author's name

  void append(int event, String name) {
    Integer known = numbers.get(name);
    int author = known == null ? names.size() : known;
    if (known == null) {
      names.add(name);
      numbers.put(name, author);
    }
    if (authors.isEmpty() || authors.last() != author) {
      events.add(event);
      authors.add(author);
    }
  }

  String of(int event) {
    return names.get(numberOf(event));
  }

  int numberOf(int event) {
    return authors.get(events.floor(event));
  }

  /** Compares the names of two authors, as chars. */
  int compare(int author, int other) {
    return author == other ? 0 : names.get(author).compareTo(names.get(other));
  }

  /** Returns the authors of an event and those after it. */
  Authors tail(int from, int end) {
    var tail = new Authors();
    for (int entry = Math.max(events.floor(from), 0); entry < events.size(); entry++) {
      if (Math.max(events.get(entry), from) < end) {
        tail.append(Math.max(events.get(entry), from), names.get(authors.get(entry)));
      }
    }
    return tail;
  }

  void write(FormWriter form, int end) {
    form.number(names.size());
    names.forEach(form::text);
    form.number(events.size());
    for (int entry = 0; entry < events.size(); entry++) {
      int next = entry + 1 < events.size() ? events.get(entry + 1) : end;
      form.number(next - events.get(entry));
      form.number(authors.get(entry));
    }
  }

  static Authors read(FormReader form, int first, int events) {
    String[] names = new String[form.count("the number of authors")];
    for (int i = 0; i < names.length; i++) {
      names[i] = form.text("an author");
    }
    var read = new Authors();
    int event = first;
    for (int entries = form.count("the number of turns"); entries > 0; entries--) {
      int count = form.number(1, first + events - event, "a turn");
      read.append(event, names[form.number(0, names.length - 1, "an author")]);
      event += count;
    }
    FormReader.requireEqual(event, first + events, "the end of its authors");
    return read;
  }
}
