package io.stateward.statemachine.runtime;

import io.stateward.statemachine.runtime.Mailbox.Posted;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A mailbox under the model checker.
 *
 * <p>Claimed: whoever has the turn has it alone (the log is safe for one thread only), what was
 * posted is handled once, by whoever has the turn, and when all are done nothing waits.
 *
 * <p>Excluded: what a macrostep does, and handing turns to executors.
 */
final class MailboxLincheckTest {

  @Test
  void mailbox_underTheModelChecker_losesNothing() {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(200)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(3)
        .actorsAfter(0)
        .sequentialSpecification(Model.class)
        .check(Under.class);
  }

  /**
   * What it is to be like: nothing but the number of what was sent, since who handles it differs.
   */
  public static class Model {
    /** Sends, by the short way if it is free. */
    @Operation
    public boolean send() {
      return true;
    }

    /** Sends by the long way. */
    @Operation
    public boolean post() {
      return true;
    }
  }

  /** A mailbox that counts what is handled. */
  public static class Under {

    private static final class Box extends Mailbox {}

    private final Box box = new Box();
    private final List<Integer> handled = new ArrayList<>(); // guarded by the turn
    private final java.util.concurrent.atomic.AtomicInteger sent =
        new java.util.concurrent.atomic.AtomicInteger();

    /** A mailbox that is idle. */
    public Under() {
      box.release();
    }

    /** Sends, by the short way if it is free. */
    @Operation
    public boolean send() {
      sent.incrementAndGet();
      if (box.claim()) {
        handled.add(1);
        if (!box.release()) {
          drain();
        }
        return true;
      }
      return posted();
    }

    /** Sends by the long way. */
    @Operation
    public boolean post() {
      sent.incrementAndGet();
      return posted();
    }

    private boolean posted() {
      Posted posted = box.post(new Mail.Show());
      if (posted == Posted.TURN) {
        drain();
      }
      return posted != Posted.REFUSED;
    }

    private void drain() {
      do {
        for (Mail mail = box.take(); mail != null; mail = mail.next) {
          handled.add(1);
        }
      } while (!box.release());
    }

    /** Checks that nothing is left. */
    @Validate
    public void nothingIsLeft() {
      if (handled.size() != sent.get()) {
        throw new IllegalStateException(handled.size() + " of " + sent.get() + " were handled.");
      }
    }
  }
}
