package io.stateward.examples.nodes;

import io.stateward.examples.Refusal;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * What can be played: the steps of a mishap, one after the other, on both sides.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; one play at a time.
 */
final class Plays {

  private static final String KEY = "tea";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Store<String> step = Store.of("step", "");
  private final AtomicBoolean playing = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Lab lab;
  private final Executor executor;
  private final Duration pause;

  /** Pauses between the steps, for the eye. */
  Plays(Lab lab, Executor executor, Duration pause) {
    this.lab = lab;
    this.executor = executor;
    this.pause = pause;
  }

  /** What is being played, as a sentence; empty if nothing is. */
  Signal<String> step() {
    return step;
  }

  /** Plays on the executor. */
  void play(String name) {
    Scene scene = scene(name);
    if (!playing.compareAndSet(false, true)) {
      throw new Refusal(409, "Something is being played already. Wait until it is over.");
    }
    executor.execute(() -> run(scene));
  }

  /** The steps of a play. */
  private interface Scene {
    void run() throws InterruptedException;
  }

  private Scene scene(String name) {
    return switch (name) {
      case "stale-fill" -> this::staleFill;
      case "lost-message" -> this::lostMessage;
      case "own-write" -> this::ownWrite;
      case "fail-safe" -> this::failSafe;
      default -> throw Refusal.badInput("There is no play '%s'.".formatted(name));
    };
  }

  private void run(Scene scene) {
    try {
      lab.release();
      lab.dial(dials -> Dials.INITIAL);
      scene.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      step.set("");
      playing.set(false);
    }
  }

  private void staleFill() throws InterruptedException {
    step("Nobody has tea in memory.");
    lab.clear("A").join();
    step("B reads tea. Its loader has read the source, and dawdles.");
    lab.hold();
    CompletableFuture<Void> slow = lab.read("B", KEY);
    until(() -> lab.held() == 2);
    step("A writes tea meanwhile.");
    lab.write("A", KEY, Lab.other(lab.cached.database.now(KEY)), WriteMode.AFTER).join();
    step("B's loader comes back with what it had read before.");
    lab.release();
    slow.join();
    step("Both read tea again.");
    lab.read("A", KEY).join();
    lab.read("B", KEY).join();
    lab.say("good", "The old value of tea was refused here. Beside it, it stays for an hour.");
  }

  private void lostMessage() throws InterruptedException {
    warm();
    step("Messages are lost. A writes tea, and B reads it at once, from its memory.");
    lab.dial(dials -> dials.withDropped(true));
    lab.write("A", KEY, Lab.other(lab.cached.database.now(KEY)), WriteMode.AFTER).join();
    lab.read("B", KEY).join();
    step("B asks with its next heartbeat whether it missed something.");
    until(() -> !isOld());
    step("B reads tea again.");
    lab.read("B", KEY).join();
    lab.dial(dials -> dials.withDropped(false));
    lab.say("good", "What B missed was in the log. Beside it, nobody will ever tell B.");
  }

  /** Whether B would serve what is not in the source any more. */
  private boolean isOld() {
    String now = lab.cached.database.now(KEY);
    return lab.cached.node("B").memory().stream()
        .anyMatch(cell -> cell.key().equals(KEY) && !cell.value().equals(now));
  }

  private void ownWrite() throws InterruptedException {
    warm();
    step("Messages are lost. A writes tea. B reads it at once, without the stamp and with it.");
    lab.dial(dials -> dials.withDropped(true));
    lab.write("A", KEY, Lab.other(lab.cached.database.now(KEY)), WriteMode.AFTER).join();
    lab.read("B", KEY).join();
    lab.readOwn("B", KEY).join();
    lab.dial(dials -> dials.withDropped(false));
    lab.say("good", "With the stamp B reads the write at once. Beside it, B knows no stamps.");
  }

  private void failSafe() throws InterruptedException {
    step("Entries are fresh for 5 s now. A reads tea.");
    lab.dial(dials -> dials.withFresh(Dials.SHORT));
    lab.clear("A").join();
    lab.read("A", KEY).join();
    step("The 5 s go by, and the source fails.");
    lab.dial(dials -> dials.withFailing(true));
    closing.await(Dials.SHORT.toMillis(), TimeUnit.MILLISECONDS);
    step("A reads tea.");
    lab.read("A", KEY).join();
    lab.dial(dials -> dials.withFailing(false).withFresh(Dials.LONG));
    lab.say(
        "good", "What has outlived its time is served, and says so. Beside it, the read fails.");
  }

  private void warm() throws InterruptedException {
    step("Both have tea in memory.");
    lab.clear("A").join();
    lab.read("A", KEY).join();
    lab.read("B", KEY).join();
  }

  private void step(String words) throws InterruptedException {
    step.set(words);
    closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void until(BooleanSupplier condition) throws InterruptedException {
    long due = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - due < 0 && closing.getCount() > 0) {
      closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void close() {
    closing.countDown();
    step.close();
  }
}
