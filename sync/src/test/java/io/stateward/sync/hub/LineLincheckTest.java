package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Two documents, one connection: those who publish and whoever is told that a frame was taken hand
 * the sending to each other.
 *
 * <p>Claimed: when nobody does anything any more, everything that was published was sent, or a
 * frame is under way whose end will ask again; and never are two under way.
 *
 * <p>Excluded: an executor of its own. Work runs where it is asked for, which is the harder case:
 * whoever asks may find that another thread is at it.
 */
final class LineLincheckTest {

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(4)
        .invocationsPerIteration(60)
        .minimizeFailedScenario(false)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(0)
        .sequentialSpecification(Nothing.class);
  }

  @Test
  void sending_underTheModelChecker_losesNoWakeUp() {
    options().check(Sending.class);
  }

  @Test
  void sending_thatLooksBeforeItLeavesTheLine_isCaught() {
    assertThatThrownBy(() -> options().check(Hasty.class))
        .hasMessageContaining("was published and never sent");
  }

  @Test
  void sending_withoutCountingWhoAsked_isCaught() {
    assertThatThrownBy(() -> options().check(Uncounted.class))
        .hasMessageContaining("was published and never sent");
  }

  /** The operations answer nothing. */
  public static class Nothing {
    @Operation
    public void publishFirst() {}

    @Operation
    public void publishSecond() {}

    @Operation
    public void taken() {}
  }

  private static final class Reader extends Line.Place {
    volatile long published;
    long sent;
  }

  /** What a sender does, with the real line and the real turn. */
  public static class Sending extends Nothing {
    final Line<Reader> line = new Line<>();
    private final Reader first = new Reader();
    private final Reader second = new Reader();
    private final Turn turn = new Turn("checked", Runnable::run, this::round, () -> {});
    volatile boolean underWay;

    @Override
    @Operation
    public void publishFirst() {
      publish(first);
    }

    @Override
    @Operation
    public void publishSecond() {
      publish(second);
    }

    private void publish(Reader reader) {
      synchronized (reader) { // one document publishes in one turn
        reader.published++;
      }
      if (line.join(reader)) {
        ask();
      }
    }

    @Override
    @Operation
    public void taken() {
      if (underWay) {
        underWay = false;
        ask();
      }
    }

    void ask() {
      turn.ask();
    }

    void round() {
      while (!underWay && send()) {}
    }

    boolean send() {
      for (Reader reader = line.next(); reader != null; reader = line.next()) {
        if (send(reader)) {
          return true;
        }
      }
      return false;
    }

    boolean send(Reader reader) {
      if (reader.sent == reader.published) {
        return false;
      }
      if (underWay) {
        throw new IllegalStateException("two frames are under way");
      }
      reader.sent++;
      underWay = true;
      if (line.join(reader)) {
        ask();
      }
      return true;
    }

    /** What holds when all threads are done. */
    @Validate
    public void nothingIsLeft() {
      boolean all = first.sent == first.published && second.sent == second.published;
      if (!all && !underWay) {
        throw new IllegalStateException("something was published and never sent");
      }
    }
  }

  /** Takes the mark off only after it has looked. */
  public static final class Hasty extends Sending {
    @Override
    boolean send(Reader reader) {
      long seen = reader.published;
      boolean nothing = reader.sent == seen;
      line.join(reader); // still marked while it looked
      line.next();
      if (nothing) {
        return false;
      }
      reader.sent++;
      underWay = true;
      if (line.join(reader)) {
        ask();
      }
      return true;
    }
  }

  /** Whoever asks while somebody is at it goes away. */
  public static final class Uncounted extends Sending {
    private volatile boolean running;

    @Override
    void ask() {
      if (!running) {
        running = true;
        round();
        running = false;
      }
    }
  }
}
