package io.stateward.merge;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records that the tests of this package merge. */
final class Samples {

  private Samples() {}

  /** A record in a record. */
  record Person(String name, int age) {}

  /** An item of a list. */
  record Task(int id, String title) {}

  /** A record with a field of each kind. */
  record Card(
      String title,
      boolean done,
      int votes,
      long views,
      Set<String> tags,
      @Nullable Person assignee,
      List<Task> tasks,
      long changedAt) {

    Card titled(String now, long at) {
      return new Card(now, done, votes, views, tags, assignee, tasks, at);
    }

    Card titled(String now) {
      return titled(now, changedAt);
    }

    Card asDone(boolean now) {
      return new Card(title, now, votes, views, tags, assignee, tasks, changedAt);
    }

    Card voted(int now) {
      return new Card(title, done, now, views, tags, assignee, tasks, changedAt);
    }

    Card seen(long now) {
      return new Card(title, done, votes, now, tags, assignee, tasks, changedAt);
    }

    Card tagged(String... now) {
      return new Card(title, done, votes, views, Set.of(now), assignee, tasks, changedAt);
    }

    Card assigned(@Nullable Person now) {
      return new Card(title, done, votes, views, tags, now, tasks, changedAt);
    }

    Card with(Task... now) {
      return new Card(title, done, votes, views, tags, assignee, List.of(now), changedAt);
    }
  }

  static final Card BASE =
      new Card("milk", false, 3, 10, Set.of("red"), new Person("Ann", 30), List.of(), 100);
}
