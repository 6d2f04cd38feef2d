package io.stateward.statemachine.runtime;

import org.jspecify.annotations.Nullable;

/** Mail in the order of its coming, for one thread. */
final class Lane {

  private @Nullable Mail first;
  private @Nullable Mail last;

  boolean isEmpty() {
    return first == null;
  }

  void add(Mail mail) {
    mail.next = null;
    if (last == null) {
      first = mail;
    } else {
      last.next = mail;
    }
    last = mail;
  }

  @Nullable Mail poll() {
    Mail mail = first;
    if (mail != null) {
      first = mail.next;
      mail.next = null;
      if (first == null) {
        last = null;
      }
    }
    return mail;
  }
}
