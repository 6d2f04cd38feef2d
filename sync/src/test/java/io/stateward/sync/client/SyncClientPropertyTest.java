package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens to the connection, the hub's answers and the process: each change has one effect
 * or is a dead letter, in the order in which they were made, and everybody ends with the same.
 */
final class SyncClientPropertyTest {

  /** Something that happens. */
  enum Step {
    WRITE,
    WRITE_BAD,
    SOMEBODY_WRITES,
    SOMEBODY_WRITES_FAR_BACK,
    DELIVER_ONE,
    DELIVER,
    CUT,
    GO_DEAF,
    HEAR_AGAIN,
    LOSE_FRAME,
    REPEAT_FRAME,
    WAIT,
    NEW_EPOCH,
    SAME_HISTORY_NEW_EPOCH,
    RESTART,
    DISK_FAILS,
    DISK_WORKS
  }

  /** One run. */
  private static final class Run {
    final NaiveHub hub = new NaiveHub();
    VirtualTimekeeper time = VirtualTimekeeper.create();
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client;
    DocumentChannel<Lines> notes;
    final List<String> written = new ArrayList<>();
    int count;

    Run() {
      hub.manual = true;
      open();
    }

    void open() {
      client =
          SyncClient.over(hub)
              .outbox(outbox)
              .executor(Runnable::run)
              .timekeeper(time)
              .random(new Random(count))
              .window(5)
              .open();
      notes = client.document("notes", Lines.class, Lines::new);
    }

    NaiveHub.@Nullable Line line() {
      NaiveHub.Line last = hub.lines.peekLast();
      return last != null && last.open ? last : null;
    }

    void take(Step step) {
      NaiveHub.Line line = line();
      switch (step) {
        case WRITE -> write("%04d".formatted(count++));
        case WRITE_BAD -> write("bad%04d".formatted(count++));
        case SOMEBODY_WRITES -> hub.append("notes", "x" + count++);
        case SOMEBODY_WRITES_FAR_BACK -> hub.append("notes", "!0");
        case WAIT -> time.advance(Duration.ofMillis(1_000));
        case GO_DEAF -> hub.silent = true;
        case HEAR_AGAIN -> hub.silent = false;
        case NEW_EPOCH -> hub.document("notes").epoch = "e" + count++;
        case SAME_HISTORY_NEW_EPOCH -> hub.document("notes").renamed = "r" + count++;
        case RESTART -> restart();
        case DISK_FAILS -> outbox.failing = true;
        case DISK_WORKS -> outbox.failing = false;
        default -> {
          if (line != null) {
            happens(step, line);
          }
        }
      }
    }

    private void happens(Step step, NaiveHub.Line line) {
      String next = line.waiting.peek();
      switch (step) {
        case DELIVER_ONE -> {
          if (next != null) {
            line.listener.onFrame(line.waiting.remove());
          }
        }
        case DELIVER -> line.deliver();
        case CUT -> {
          line.waiting.clear();
          line.cut(1006, "");
        }
        case LOSE_FRAME -> line.waiting.poll();
        case REPEAT_FRAME -> {
          if (next != null && !next.contains("welcome")) {
            line.listener.onFrame(next);
          }
        }
        default -> throw new AssertionError(step);
      }
    }

    private void write(String line) {
      notes.submit(Tree.of(line));
      written.add(line);
    }

    /** The process ends, with what the outbox has; a change that is not there was never made. */
    private void restart() {
      hub.lines.forEach(each -> each.open = false);
      List<String> before = shown();
      int unsaved = client.unsaved().get();
      boolean failing = outbox.failing;
      time = VirtualTimekeeper.create();
      FaultyJournal left = new FaultyJournal();
      Journal kept = outbox.left();
      kept.read(0, Integer.MAX_VALUE).forEach(entry -> left.append(List.of(entry.bytes())));
      outbox = left;
      open();
      outbox.failing = failing;
      List<String> lost = new ArrayList<>(before);
      lost.removeAll(shown());
      lost.retainAll(written);
      assertThat(lost).hasSize(unsaved);
      assertThat(lost).noneMatch(hub.document("notes").lines()::contains);
      written.removeAll(lost);
    }

    /** Nothing goes wrong any more; a last change by somebody shows what was lost before. */
    void heal() {
      hub.silent = false;
      outbox.failing = false;
      hub.append("notes", "last");
      for (int i = 0; i < 100 && !isQuiet(); i++) {
        time.advance(Duration.ofSeconds(4));
        NaiveHub.Line line = line();
        if (line != null) {
          line.deliver();
        }
      }
    }

    private boolean isQuiet() {
      NaiveHub.Line line = line();
      return line != null
          && line.waiting.isEmpty()
          && client.pending().get() == 0
          && shown().equals(hub.document("notes").lines());
    }

    List<String> shown() {
      return notes.exclusively(() -> notes.replica().shown());
    }
  }

  @Property(tries = 2_000, seed = "20261123")
  void everyChangeHasOneEffectOrIsADeadLetter(@ForAll("days") List<Step> day) {
    Run run = new Run();

    day.forEach(run::take);
    run.heal();

    List<String> there = run.hub.document("notes").lines();
    List<String> letters =
        run.notes.deadLetters().get().stream().map(each -> each.change().asString()).toList();
    assertThat(run.client.pending().get()).isZero();
    assertThat(run.shown()).isEqualTo(there);
    List<String> own = there.stream().filter(run.written::contains).toList();
    assertThat(own).doesNotHaveDuplicates().isSorted();
    for (String line : run.written) {
      assertThat(there.contains(line)).as(line).isNotEqualTo(letters.contains(line));
    }
  }

  @Provide
  Arbitrary<List<Step>> days() {
    return Arbitraries.frequency(
            Tuple.of(8, Step.WRITE),
            Tuple.of(3, Step.WRITE_BAD),
            Tuple.of(3, Step.SOMEBODY_WRITES),
            Tuple.of(1, Step.SOMEBODY_WRITES_FAR_BACK),
            Tuple.of(6, Step.DELIVER_ONE),
            Tuple.of(8, Step.DELIVER),
            Tuple.of(3, Step.CUT),
            Tuple.of(1, Step.GO_DEAF),
            Tuple.of(2, Step.HEAR_AGAIN),
            Tuple.of(1, Step.LOSE_FRAME),
            Tuple.of(1, Step.REPEAT_FRAME),
            Tuple.of(4, Step.WAIT),
            Tuple.of(1, Step.NEW_EPOCH),
            Tuple.of(1, Step.SAME_HISTORY_NEW_EPOCH),
            Tuple.of(2, Step.RESTART),
            Tuple.of(1, Step.DISK_FAILS),
            Tuple.of(2, Step.DISK_WORKS))
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }
}
