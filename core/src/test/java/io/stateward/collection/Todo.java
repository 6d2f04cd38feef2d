package io.stateward.collection;

/** An entity for the tests: sorted by title, which others may share. */
record Todo(int id, String title, boolean done) {

  static Todo of(int id, String title) {
    return new Todo(id, title, false);
  }

  Todo titled(String other) {
    return new Todo(id, other, done);
  }

  Todo numbered(int other) {
    return new Todo(other, title, done);
  }

  Todo asDone() {
    return new Todo(id, title, true);
  }
}
