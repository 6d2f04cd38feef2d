package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.signal.Signal;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.Transport;
import io.stateward.time.Timekeeper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/**
 * Real threads: two edit while updates arrive and connections break, on an executor of several
 * threads. Claimed: each thread sees its own change at once, announcements come in the order in
 * which the replica changed, and everybody ends with the same.
 */
final class SyncClientStressTest {

  private static final int EACH = 1_500;

  private final ReentrantLock turn = new ReentrantLock();
  private final NaiveHub hub = new NaiveHub();

  /** The naive hub for one thread at a time. */
  private final Transport transport =
      listener -> {
        turn.lock();
        try {
          return hub.connect(listener).thenApply(this::guarded);
        } finally {
          turn.unlock();
        }
      };

  private Connection guarded(Connection connection) {
    return new Connection() {
      @Override
      public CompletionStage<Void> send(String frame) {
        turn.lock();
        try {
          return connection.send(frame);
        } finally {
          turn.unlock();
        }
      }

      @Override
      public void close(int code, String reason) {
        turn.lock();
        try {
          connection.close(code, reason);
        } finally {
          turn.unlock();
        }
      }
    };
  }

  private void hub(Runnable does) {
    turn.lock();
    try {
      does.run();
    } finally {
      turn.unlock();
    }
  }

  @Test
  void threadsEditWhileUpdatesArrive() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    SyncClient client =
        SyncClient.over(transport).executor(executor).timekeeper(Timekeeper.system()).open();
    DocumentChannel<Lines> notes = client.document("notes", Lines.class, Lines::new);
    CountDownLatch done = new CountDownLatch(3);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    start(failures, done, () -> edit(notes, "a"));
    start(failures, done, () -> edit(notes, "b"));
    start(failures, done, this::disturb);
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
    hub(() -> hub.append("notes", "last"));
    client.whenSettled().toCompletableFuture().get(60, TimeUnit.SECONDS);
    awaitLines(notes, 2 * EACH + EACH / 10 + 1);

    List<String> there = new ArrayList<>();
    hub(() -> there.addAll(hub.document("notes").lines()));
    assertThat(notes.<List<String>>exclusively(() -> notes.replica().shown())).isEqualTo(there);
    assertThat(there).doesNotHaveDuplicates();
    assertThat(there.stream().filter(line -> line.startsWith("a"))).isSorted();
    assertThat(there.stream().filter(line -> line.startsWith("b"))).isSorted();
    assertThat(client.pending().get()).isZero();
    checkAnnouncements(notes);
    client.close();
    client.closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
    executor.shutdown();
  }

  private static void start(List<Throwable> failures, CountDownLatch done, Runnable work) {
    new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable t) {
                failures.add(t);
              } finally {
                done.countDown();
              }
            })
        .start();
  }

  private static void edit(DocumentChannel<Lines> notes, String author) {
    for (int i = 0; i < EACH; i++) {
      String line = author + "%05d".formatted(i);
      notes.submit(Tree.of(line));
      boolean shows = notes.exclusively(() -> notes.replica().shown().contains(line));
      assertThat(shows).isTrue();
    }
  }

  private void disturb() {
    for (int i = 0; i < EACH / 10; i++) {
      String line = "x" + i;
      hub(() -> hub.append("notes", line));
      if (i % 50 == 49) {
        hub(() -> hub.lines.forEach(each -> each.cut(1006, "")));
      }
    }
  }

  private static void awaitLines(DocumentChannel<Lines> notes, int count) throws Exception {
    CompletableFuture<Void> there = new CompletableFuture<>();
    Signal<DocumentStatus> status = notes.status();
    status.subscribe(
        change -> {
          if (hasAll(change.now(), count)) {
            there.complete(null);
          }
        });
    if (hasAll(status.get(), count)) {
      there.complete(null);
    }
    there.get(60, TimeUnit.SECONDS);
  }

  private static boolean hasAll(DocumentStatus status, int count) {
    return status instanceof DocumentStatus.Live live && live.position().sequence() == count;
  }

  /** Whoever replays what was announced has what the replica has. */
  private static void checkAnnouncements(DocumentChannel<Lines> notes) {
    List<String> calls = new ArrayList<>();
    notes.afterwards(() -> calls.addAll(notes.replica().calls));
    List<String> confirmed = calls.stream().filter(call -> call.startsWith("confirm")).toList();
    assertThat(confirmed).hasSize(2 * EACH);
    assertThat(calls.stream().filter(call -> call.startsWith("reset"))).hasSize(1);
    long before = 0;
    for (String call : calls) {
      if (call.startsWith("reset")) {
        before = Long.parseLong(call.substring(call.lastIndexOf(' ') + 1));
      } else if (call.startsWith("confirm") || call.startsWith("take")) {
        long sequence = Long.parseLong(call.substring(call.lastIndexOf(' ') + 1));
        assertThat(sequence).isEqualTo(before + 1);
        before = sequence;
      }
    }
  }
}
