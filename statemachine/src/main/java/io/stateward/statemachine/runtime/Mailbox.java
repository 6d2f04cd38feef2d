package io.stateward.statemachine.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A queue of many senders, and a lock for whoever handles it, in one field. It has no fields but
 * this one, so that an actor can be one.
 *
 * <p>Thread safety: the field is null while it is idle; {@link #BUSY} while a thread has its turn
 * and nothing waits; the mail that came last, linked to what came before, while something waits;
 * {@link #OVER} for ever in the end. Each change is a compare-and-set from what was seen. Who
 * changes it from null has the turn, and with it everything that the handling of mail touches; the
 * change back to null publishes that to who is next.
 *
 * <pre>
 *            claim            post              take, in reverse
 *   null ------------> BUSY ---------> mail ----------------------> BUSY
 *     ^                 |  \                                          |
 *     '------ release --'   '--- close ---> OVER                     ...
 * </pre>
 */
abstract class Mailbox {

  /** How a post went. */
  enum Posted {
    /** The mailbox was idle: the sender has the turn. */
    TURN,
    /** Somebody else has the turn, and will come to it. */
    WAITS,
    /** The mailbox is closed. */
    REFUSED
  }

  private static final Object BUSY = new Object();
  private static final Object OVER = new Object();
  private static final VarHandle CONTENT = content();

  private volatile @Nullable Object content;

  /** A mailbox whose maker has the turn. */
  Mailbox() {
    CONTENT.set(this, BUSY); // published with the object
  }

  private static VarHandle content() {
    try {
      return MethodHandles.lookup().findVarHandle(Mailbox.class, "content", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Takes the turn if nobody has it. */
  final boolean claim() {
    return CONTENT.compareAndSet(this, null, BUSY);
  }

  /** Gives the turn back; false if something waits, or it is over. */
  final boolean release() {
    return CONTENT.compareAndSet(this, BUSY, null);
  }

  final Posted post(Mail mail) {
    while (true) {
      Object seen = content;
      if (seen == OVER) {
        return Posted.REFUSED;
      }
      mail.next = seen instanceof Mail earlier ? earlier : null;
      if (CONTENT.compareAndSet(this, seen, mail)) {
        return seen == null ? Posted.TURN : Posted.WAITS;
      }
    }
  }

  /** For whoever has the turn: takes what waits, the newest first; null if nothing does. */
  final @Nullable Mail take() {
    return content instanceof Mail ? (Mail) CONTENT.getAndSet(this, BUSY) : null;
  }

  /** For whoever has the turn: ends it for ever, and returns what waits, the newest first. */
  final @Nullable Mail shut() {
    return CONTENT.getAndSet(this, OVER) instanceof Mail mail ? mail : null;
  }

  /** Whether it is closed for ever. */
  final boolean isOver() {
    return content == OVER;
  }
}
