package io.stateward.store;

import java.util.ArrayList;
import java.util.List;

/** One use of something: a class and not a record, since the same thing may be used twice. */
final class Entry<T> {

  final T it;

  Entry(T it) {
    this.it = it;
  }

  static <T> List<Entry<T>> plus(List<Entry<T>> entries, Entry<T> one) {
    List<Entry<T>> more = new ArrayList<>(entries);
    more.add(one);
    return List.copyOf(more);
  }

  static <T> List<Entry<T>> minus(List<Entry<T>> entries, Entry<T> one) {
    return entries.stream().filter(entry -> entry != one).toList();
  }
}
