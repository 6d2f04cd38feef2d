package io.stateward.sync.spi;

import static io.stateward.sync.spi.TransportFlaw.*;

import io.stateward.signal.Probe;
import io.stateward.sync.protocol.CloseCode;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One end of a {@link FlawedTransport}; its listener is called on a thread of its own. */
final class FlawedConnection implements Connection {

  private final FlawedTransport line;
  private final TransportFlaw flaw;
  private final ExecutorService lane = FlawedTransport.lane();
  private final ExecutorService secondLane = FlawedTransport.lane();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicBoolean closedHere = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Queue<CompletableFuture<Void>> underWay = new ConcurrentLinkedQueue<>();
  private volatile @Nullable ConnectionListener listener;
  private volatile @Nullable String heldBack;
  private boolean told; // of the lane
  @Nullable FlawedConnection other;

  FlawedConnection(FlawedTransport line) {
    this.line = line;
    this.flaw = line.flaw;
    lane.execute(
        () -> {
          try {
            released.await();
          } catch (InterruptedException e) { // nobody released it
            Thread.currentThread().interrupt();
          }
        });
  }

  void release(ConnectionListener to) {
    listener = to;
    released.countDown();
  }

  /** Waits until everything that has come was told. */
  void drain() {
    CountDownLatch drained = new CountDownLatch(1);
    run(lane, drained::countDown);
    await(drained);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(ExecutorService on, Runnable task) {
    try {
      on.execute(task);
    } catch (RejectedExecutionException e) { // the line is closed
      Thread.yield();
    }
  }

  private FlawedConnection other() {
    return Objects.requireNonNull(other);
  }

  @Override
  public CompletionStage<Void> send(String frame) {
    if (over.get()) {
      boolean seemsToWork =
          closedHere.get()
              ? flaw == SENDING_AFTER_CLOSE_SEEMS_TO_WORK
              : flaw == SENDING_TO_WHO_CLOSED_SEEMS_TO_WORK;
      return seemsToWork
          ? CompletableFuture.completedFuture(null)
          : CompletableFuture.failedFuture(new ConnectionClosedException("flawed", null));
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    underWay.add(sent);
    int number = line.sent.incrementAndGet();
    if (flaw == CLOSES_BEFORE_WHAT_WAS_SENT) {
      String before = heldBack;
      heldBack = frame;
      carry(before, sent);
    } else if (flaw == LOSES_A_FRAME && number == 15
        || flaw == DROPS_EMPTY_FRAMES && frame.isEmpty()) {
      carry(null, sent);
    } else {
      carry(
          frame, number > 10 && flaw == NEVER_COMPLETES_A_SEND ? new CompletableFuture<>() : sent);
      if (flaw == SENDS_SOME_FRAMES_TWICE && number % 7 == 0) {
        carry(frame, sent);
      }
    }
    if (flaw == SENDING_WAITS_FOR_THE_READER) {
      sent.join();
    }
    return sent;
  }

  private void carry(@Nullable String frame, CompletableFuture<Void> sent) {
    FlawedConnection to = other();
    boolean second = flaw == CALLS_FROM_TWO_THREADS && line.sent.get() % 2 == 0;
    run(
        second ? to.secondLane : to.lane,
        () -> {
          if (frame != null) {
            to.tell(() -> Objects.requireNonNull(to.listener).onFrame(frame), false);
          }
          underWay.remove(sent);
          sent.complete(null);
        });
    if (flaw == CALLS_FROM_TWO_THREADS) {
      sent.complete(null);
    }
  }

  private void tell(Runnable call, boolean last) {
    if (told) {
      return;
    }
    told = last && flaw != CLOSES_WITH_EACH_CALL && flaw != TELLS_THE_END_TWICE;
    try {
      call.run();
    } catch (RuntimeException e) {
      if (flaw != SWALLOWS_WHAT_LISTENERS_THROW) {
        Probe.report("flawed", "A listener threw.", e);
        close(1011, "thrown");
      }
    }
  }

  @Override
  public void close(int code, String reason) {
    if (flaw != SENDS_ANY_CODE) {
      CloseCode.requireSendable(code);
    }
    closedHere.set(true);
    int shown = flaw == LOSES_CLOSE_CODES ? 1000 : code;
    String sentence = flaw == CUTS_NO_REASONS ? reason : CloseCode.cut(reason);
    if (flaw != TELLS_ONLY_THE_OTHER_END) {
      end(shown, sentence);
    }
    other().end(shown, sentence);
    if (flaw == CLOSING_WAITS_FOR_THE_READER) {
      other().drain();
    }
    if (flaw == ENDS_ALL_AT_ONCE) {
      line.ends.forEach(each -> each.end(1001, "all"));
    }
  }

  /** It is over, told on the lane. */
  void end(int code, String reason) {
    boolean first = over.compareAndSet(false, true);
    if (!first && flaw != CLOSES_WITH_EACH_CALL) {
      return;
    }
    if (flaw != FORGETS_FRAMES_UNDER_WAY) {
      underWay.forEach(
          each -> each.completeExceptionally(new ConnectionClosedException("flawed", null)));
    }
    Runnable call = () -> Objects.requireNonNull(listener).onClosed(code, reason);
    if (flaw == CALLS_WITHIN_A_CALL && listener != null) {
      tell(call, true);
      return;
    }
    run(lane, () -> tell(call, true));
    if (flaw == TELLS_THE_END_TWICE) {
      run(lane, () -> tell(call, true));
    }
  }

  void stop() {
    lane.shutdownNow();
    secondLane.shutdownNow();
  }
}
