package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MailboxTest {

  private static final int ROUNDS = 20_000;

  private final ExecutorService others = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    others.shutdownNow();
  }

  private static void mustNotRun(Runnable task) {
    throw new AssertionError("Somebody waits who is to do it.");
  }

  @Test
  void await_workOfOthers_isDoneInOrderByWhoWaits() throws Exception {
    Mailbox mailbox = new Mailbox(MailboxTest::mustNotRun);
    CompletableFuture<String> read = new CompletableFuture<>();
    List<String> done = new ArrayList<>(); // not safe: one thread does all
    Thread waiting = Thread.currentThread();

    Future<?> other =
        others.submit(
            () -> {
              for (String work : List.of("a", "b", "c")) {
                mailbox.execute(
                    () -> done.add(work + (Thread.currentThread() == waiting ? "" : "!")));
              }
              mailbox.execute(() -> read.complete("end"));
            });

    assertThat(mailbox.await(read)).isEqualTo("end");
    assertThat(done).containsExactly("a", "b", "c");
    other.get(10, TimeUnit.SECONDS);
  }

  @Test
  void await_readThatOthersEnd_wakes() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Mailbox mailbox = new Mailbox(MailboxTest::mustNotRun);
      CompletableFuture<Integer> read = new CompletableFuture<>();
      int number = round;
      others.execute(() -> read.complete(number));

      assertThat(mailbox.await(read)).isEqualTo(round);
    }
  }

  @Test
  void execute_whileTheThreadLeaves_eachIsDoneOnce() throws Exception {
    AtomicIntegerArray runs = new AtomicIntegerArray(2 * ROUNDS);
    ConcurrentLinkedQueue<Runnable> elsewhere = new ConcurrentLinkedQueue<>();
    CountDownLatch given = new CountDownLatch(ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      Mailbox mailbox = new Mailbox(elsewhere::add);
      CompletableFuture<String> read = new CompletableFuture<>();
      int first = 2 * round;
      others.execute(
          () -> {
            mailbox.execute(() -> runs.incrementAndGet(first));
            read.complete("end");
            mailbox.execute(() -> runs.incrementAndGet(first + 1)); // before, while or after
            given.countDown();
          });
      mailbox.await(read);
    }
    assertThat(given.await(30, TimeUnit.SECONDS)).isTrue();
    elsewhere.forEach(Runnable::run);

    for (int work = 0; work < runs.length(); work++) {
      assertThat(runs.get(work)).as("work %d", work).isOne();
    }
  }

  @Test
  void await_interrupted_cancelsAndLeavesTheWorkToOthers() {
    List<Runnable> elsewhere = new ArrayList<>();
    Mailbox mailbox = new Mailbox(elsewhere::add);
    CompletableFuture<String> read = new CompletableFuture<>();
    mailbox.execute(() -> {});
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> mailbox.await(read)).isInstanceOf(CancellationException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(read).isCancelled();
    assertThat(elsewhere).hasSize(1);
  }
}
