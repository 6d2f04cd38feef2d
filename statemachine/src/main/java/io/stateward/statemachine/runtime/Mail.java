package io.stateward.statemachine.runtime;

import io.stateward.flow.Outcome;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Step;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a mailbox. A class and not a record: the same event may wait twice.
 *
 * <p>Thread safety: {@link #next} belongs to the sender until the mail is in the mailbox, and to
 * whose turn it is from then on.
 */
abstract sealed class Mail {

  /** What was sent before it, while it is in the mailbox; what comes after it, in a lane. */
  @Nullable Mail next;

  /** Whether it is handled before events that wait. */
  boolean urgent() {
    return true;
  }

  /** An event from outside. */
  static final class Event extends Mail {
    final Object event;
    final @Nullable CompletableFuture<? extends Step<?>> asked;

    Event(Object event, @Nullable CompletableFuture<? extends Step<?>> asked) {
      this.event = event;
      this.asked = asked;
    }

    @Override
    boolean urgent() {
      return false;
    }
  }

  /** A time has come. */
  static final class Due extends Mail {
    final PendingTimer timer;

    /** Whether it was too far away to wait for it at once. */
    final boolean early;

    Due(PendingTimer timer, boolean early) {
      this.timer = timer;
      this.early = early;
    }
  }

  /** Invoked work has ended. */
  static final class Ended extends Mail {
    final Invocation invocation;
    final Outcome<?> outcome;

    Ended(Invocation invocation, Outcome<?> outcome) {
      this.invocation = invocation;
      this.outcome = outcome;
    }
  }

  /** The signals were asked for, and are to show where the actor stands. */
  static final class Show extends Mail {}

  /** The actor is to stop. */
  static final class Stop extends Mail {
    final @Nullable Throwable failure;

    Stop(@Nullable Throwable failure) {
      this.failure = failure;
    }
  }
}
