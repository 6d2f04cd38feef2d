package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One end of a connection in a test: what it was told, how, and the connection. */
class End implements ConnectionListener {

  /** What {@link #next} says of an end. */
  static String ended(int code, String reason) {
    return "ended " + code + " " + reason;
  }

  final CompletableFuture<Connection> connection = new CompletableFuture<>();
  final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  final AtomicInteger ends = new AtomicInteger();
  private final Duration patience;
  private final AtomicInteger inside = new AtomicInteger();
  private int calls; // unguarded on purpose: each call is to see what the one before did
  private final AtomicInteger truth = new AtomicInteger();
  private volatile @Nullable String problem;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Consumer<String> then = frame -> {};

  End(Duration patience) {
    this.patience = patience;
  }

  /** Keeps whoever calls from now on until it is {@link #free}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void free() {
    gate.countDown();
  }

  /** Does something with each frame, within the call. */
  void then(Consumer<String> action) {
    then = action;
  }

  @Override
  public void onFrame(String frame) {
    call(
        "frame",
        () -> {
          told.add(frame);
          then.accept(frame);
        });
  }

  @Override
  public void onClosed(int code, String reason) {
    call(
        "end",
        () -> {
          ends.incrementAndGet();
          told.add(ended(code, reason));
        });
  }

  private void call(String what, Runnable action) {
    if (inside.incrementAndGet() > 1) {
      problem = what + " while another call was being made";
    }
    if (ends.get() > 0) {
      problem = what + " after the end";
    }
    if (calls++ != truth.getAndIncrement()) {
      problem = what + " did not see what the call before did";
    }
    try {
      if (!gate.await(3 * patience.toMillis(), TimeUnit.MILLISECONDS)) {
        problem = "nobody opened the gate";
        free();
      }
      action.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inside.decrementAndGet();
    }
  }

  /** Checks that the calls were made as a listener may expect. */
  void checkCalls() {
    assertThat(problem).isNull();
  }

  Connection connection() throws Exception {
    return connection.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends frames, each when the one before was taken over. */
  void send(String... frames) throws Exception {
    for (String frame : frames) {
      await(connection().send(frame));
    }
  }

  /** Sends frames on a thread of their own. */
  CompletableFuture<Void> sendMeanwhile(String... frames) {
    return Concurrently.start(
        () -> {
          try {
            send(frames);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  void await(CompletionStage<?> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether a stage has failed, once it is done. */
  boolean fails(CompletionStage<?> stage) throws Exception {
    try {
      await(stage);
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Returns what it is told next. */
  String next() throws InterruptedException {
    String next = told.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(next).as("what is told within %s", patience).isNotNull();
    return next;
  }

  List<String> next(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next());
    }
    return all;
  }

  /** Returns the end, and drops the frames that come before it. */
  String nextEnd() throws InterruptedException {
    String next = next();
    while (!next.startsWith("ended ")) {
      next = next();
    }
    return next;
  }
}
