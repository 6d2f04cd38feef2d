package io.stateward.statemachine.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A thread's turn with an actor: it handles what has come and what comes, until nothing waits, or
 * it has done enough for others and hands the turn to an executor.
 *
 * <p>Thread safety: of whoever has the turn.
 */
final class Turn implements Runnable {

  /** How much one thread handles before it is somebody else's turn. */
  static final int MOST = 1_000;

  private final LiveActor<?, ?> actor;
  private final Lane urgent = new Lane();
  private final Lane normal = new Lane();
  private int left = MOST;
  private boolean timersFirst = true;
  private @Nullable Runnable unfinished;

  Turn(LiveActor<?, ?> actor) {
    this.actor = actor;
  }

  @Override
  public void run() {
    try {
      go();
    } catch (Throwable t) { // or nobody would have the turn, for ever
      actor.crash("Its turn has failed.", t, this);
    }
  }

  private void go() {
    do {
      finish();
      left = MOST;
    } while (!handle() && !hand());
  }

  private void finish() {
    Runnable rest = unfinished;
    unfinished = null;
    if (rest != null) {
      rest.run();
    }
  }

  /** Returns whether this thread is done with it; else it has done enough. */
  private boolean handle() {
    while (left > 0) {
      sort();
      Mail mail = urgent.poll();
      if (mail == null && (timersFirst || normal.isEmpty()) && actor.isDue()) {
        left--;
        timersFirst = false; // or a machine that sends to itself would keep everybody else out
        if (!actor.fire(this)) {
          return true;
        }
      } else if (mail != null || (mail = normal.poll()) != null) {
        left--;
        timersFirst = true;
        if (!actor.handle(mail, this)) {
          return true;
        }
      } else if (actor.isOver() || actor.release()) {
        return true;
      }
    }
    return false;
  }

  private void sort() {
    Mail oldest = reversed(actor.take());
    while (oldest != null) {
      Mail mail = oldest;
      oldest = mail.next;
      (mail.urgent() ? urgent : normal).add(mail);
    }
  }

  private static @Nullable Mail reversed(@Nullable Mail newest) {
    Mail done = null;
    Mail mail = newest;
    while (mail != null) {
      Mail earlier = mail.next;
      mail.next = done;
      done = mail;
      mail = earlier;
    }
    return done;
  }

  /** Hands the turn over, to begin with the rest of a macrostep; returns whether it did. */
  boolean hand(Runnable rest) {
    unfinished = rest;
    if (hand()) {
      return true;
    }
    unfinished = null;
    return false;
  }

  /** Hands the turn to the executor; returns false if this thread is to go on. */
  boolean hand() {
    return actor.home().hand(this);
  }

  /** Refuses what is left, as the actor has stopped. */
  void refuse(@Nullable Mail newest) {
    for (Mail mail = reversed(newest); mail != null; ) {
      Mail each = mail;
      mail = each.next;
      normal.add(each);
    }
    for (Mail mail = normal.poll(); mail != null; mail = normal.poll()) {
      if (mail instanceof Mail.Event event) {
        actor.refuse(event.event, event.asked);
      }
    }
  }
}
