package io.stateward.persist;

import static io.stateward.persist.JournalSubjects.batch;
import static io.stateward.persist.JournalSubjects.contents;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import io.stateward.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 6: many threads on one journal. */
interface JournalSharingRules extends JournalSubjects {

  /** Appends batches of two from several threads at once, each a name and a number. */
  private void appendTogether(Journal journal, int threads, int batches) {
    Concurrently.together(
        patience(),
        IntStream.range(0, threads)
            .mapToObj(
                thread ->
                    (Runnable)
                        () ->
                            IntStream.range(0, batches)
                                .forEach(
                                    i ->
                                        journal.append(
                                            batch(thread + ":" + i + "a", thread + ":" + i + "b"))))
            .toArray(Runnable[]::new));
  }

  @Test
  @DisplayName("6.1 who appends at the same time loses nothing, and batches stay together")
  default void rule6_1_concurrentAppendsLoseNothing() {
    Journal journal = create();

    appendTogether(journal, 4, 50);

    List<String> told = contents(journal).stream().map(each -> each.split("=", 2)[1]).toList();
    assertThat(told).hasSize(400).doesNotHaveDuplicates();
    for (int i = 0; i < told.size(); i += 2) {
      assertThat(told.get(i + 1)).isEqualTo(told.get(i).replace("a", "b"));
    }
    for (int thread = 0; thread < 4; thread++) {
      String mine = thread + ":";
      assertThat(told.stream().filter(each -> each.startsWith(mine)).toList())
          .containsExactlyElementsOf(
              IntStream.range(0, 100)
                  .mapToObj(i -> mine + i / 2 + (i % 2 == 0 ? "a" : "b"))
                  .toList());
    }
  }

  @Test
  @DisplayName("6.2 of all who append at one position, one succeeds")
  default void rule6_2_onePositionHasOneWinner() {
    Journal journal = create();
    AtomicInteger won = new AtomicInteger();
    Runnable contender =
        () -> {
          for (int i = 0; i < 60; i++) {
            WriteResult<Long> result = journal.appendAt(journal.next(), batch("x"));
            won.addAndGet(result.isSaved() ? 1 : 0);
          }
        };

    Concurrently.together(patience(), contender, contender, contender, contender);

    assertThat(contents(journal)).hasSize(won.get());
    assertThat(won.get()).isBetween(60, 240);
  }

  @Test
  @DisplayName("6.3 who reads meanwhile sees a gapless beginning, and what was there stays")
  default void rule6_3_readersSeeAPrefix() {
    Journal journal = create();
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong seen = new AtomicLong();
    Runnable reader =
        () -> {
          long at = 0;
          boolean more = true;
          while (more) {
            boolean last = done.get();
            List<JournalEntry> page = journal.read(at, 16);
            for (JournalEntry entry : page) {
              assertThat(entry.position()).isEqualTo(at++);
              assertThat(new String(entry.bytes(), StandardCharsets.UTF_8)).contains(":");
            }
            more = !last || !page.isEmpty();
          }
          seen.set(at);
        };
    var reading = Concurrently.start(reader);

    try {
      appendTogether(journal, 3, 40);
    } finally {
      done.set(true);
    }
    Concurrently.finish(patience(), reading);

    assertThat(seen).hasValue(240);
  }

  @Test
  @DisplayName("6.4 truncating and reading at the same time never gives a wrong record")
  default void rule6_4_truncationAndReadersAgree() {
    Journal journal = create();
    for (int i = 0; i < 400; i++) {
      journal.append(batch(i + "-" + "x".repeat(500)));
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger begun = new AtomicInteger();
    Runnable reader =
        () -> {
          try {
            while (!done.get()) {
              long first = journal.first();
              begun.incrementAndGet();
              for (JournalEntry entry : journal.read(first, 10)) {
                assertThat(new String(entry.bytes(), StandardCharsets.UTF_8))
                    .startsWith(entry.position() + "-");
              }
            }
          } finally {
            done.set(true); // whoever waits for a read to begin need not
          }
        };
    var reading = Concurrently.start(reader);

    int seen = 0;
    for (int position = 4; position <= 400; position += 4) {
      while (begun.get() == seen && !done.get()) {
        Thread.yield(); // until somebody reads
      }
      seen = begun.get();
      journal.truncateBefore(position);
    }
    done.set(true);
    Concurrently.finish(patience(), reading);

    assertThat(journal.first()).isEqualTo(400);
  }
}
