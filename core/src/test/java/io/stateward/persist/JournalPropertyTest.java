package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.WriteResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sequences of calls, made to a journal and to a map from positions to records. */
final class JournalPropertyTest {

  private static final Path FILE = Path.of("/data/log");

  /** The naive journal. */
  private static final class Model {
    final TreeMap<Long, byte[]> records = new TreeMap<>();
    long first;
    long next;
    int epochs;
  }

  /** One call. {@code where} is in thousandths of what there is. */
  sealed interface Step {

    /** Makes the call to both and compares the answers; returns the journal to go on with. */
    Journal apply(Journal journal, Model model, FaultyDisk disk);

    private static long at(int where, long from, long to) {
      return from + (to - from) * where / 1000;
    }

    /** Appends records of some sizes. */
    record Append(List<Integer> sizes) implements Step {
      @Override
      public Journal apply(Journal journal, Model model, FaultyDisk disk) {
        List<byte[]> batch = batch(sizes, model.next);
        assertThat(journal.append(batch)).isEqualTo(model.next);
        batch.forEach(bytes -> model.records.put(model.next++, bytes));
        return journal;
      }
    }

    /** Appends at a position that is right, or off by one. */
    record AppendAt(int off, List<Integer> sizes) implements Step {
      @Override
      public Journal apply(Journal journal, Model model, FaultyDisk disk) {
        List<byte[]> batch = batch(sizes, model.next);
        WriteResult<Long> result = journal.appendAt(model.next + off, batch);
        if (off == 0) {
          assertThat(result).isEqualTo(new WriteResult.Saved<>(model.next));
          batch.forEach(bytes -> model.records.put(model.next++, bytes));
        } else {
          assertThat(result).isEqualTo(new WriteResult.Conflict<>(model.next));
        }
        return journal;
      }
    }

    /** Reads some records. */
    record Read(int where, int limit) implements Step {
      @Override
      public Journal apply(Journal journal, Model model, FaultyDisk disk) {
        long from = at(where, 0, model.next + 2);
        List<JournalEntry> expected = new ArrayList<>();
        model.records.tailMap(from).entrySet().stream()
            .limit(limit)
            .forEach(each -> expected.add(new JournalEntry(each.getKey(), each.getValue())));
        assertThat(journal.read(from, limit)).isEqualTo(expected);
        return journal;
      }
    }

    /** Forgets records. */
    record TruncateBefore(int where) implements Step {
      @Override
      public Journal apply(Journal journal, Model model, FaultyDisk disk) {
        long position = at(where, 0, model.next);
        journal.truncateBefore(position);
        model.first = Math.max(model.first, position);
        model.records.headMap(position).clear();
        return journal;
      }
    }

    /** Takes records back. */
    record TruncateFrom(int where) implements Step {
      @Override
      public Journal apply(Journal journal, Model model, FaultyDisk disk) {
        long position = at(where, model.first, model.next);
        long epoch = journal.epoch();
        journal.truncateFrom(position);
        assertThat(journal.epoch() == epoch).isEqualTo(position == model.next);
        model.records.tailMap(position).clear();
        model.next = position;
        return journal;
      }
    }

    /** Closes it and opens it again, or another process does after this one was killed. */
    record Reopen(boolean killed) implements Step {
      @Override
      public Journal apply(Journal journal, Model model, FaultyDisk disk) {
        if (disk == null) {
          return journal;
        }
        long epoch = journal.epoch();
        journal.close();
        Journal again = JournalOpening.open(killed ? disk.afterKill() : disk, FILE);
        assertThat(again.recovery()).isEqualTo(new JournalRecovery.Intact());
        assertThat(again.epoch()).isEqualTo(epoch);
        if (killed) {
          again.close();
          return JournalOpening.open(disk, FILE);
        }
        return again;
      }
    }

    private static List<byte[]> batch(List<Integer> sizes, long next) {
      List<byte[]> batch = new ArrayList<>();
      for (int size : sizes) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) (next + batch.size()));
        batch.add(bytes);
      }
      return batch;
    }
  }

  private static void run(Journal start, FaultyDisk disk, List<Step> steps) {
    Journal journal = start;
    Model model = new Model();
    for (Step step : steps) {
      journal = step.apply(journal, model, disk);
      assertThat(journal.first()).isEqualTo(model.first);
      assertThat(journal.next()).isEqualTo(model.next);
    }
    journal = new Step.Reopen(false).apply(journal, model, disk);
    new Step.Read(0, Integer.MAX_VALUE).apply(journal, model, disk);
    journal.close();
  }

  @Property(seed = "301", tries = 150)
  void calls_anySequence_memoryAgreesWithTheModel(@ForAll("steps") List<Step> steps) {
    run(Journal.memory(), null, steps);
  }

  @Property(seed = "302", tries = 300)
  void calls_anySequence_fileAgreesWithTheModel(@ForAll("steps") List<Step> steps) {
    FaultyDisk disk = new FaultyDisk();
    run(JournalOpening.open(disk, FILE), disk, steps);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> where = Arbitraries.integers().between(0, 1000);
    Arbitrary<List<Integer>> sizes =
        Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 40)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(20_000, 70_000)))
            .list()
            .ofMaxSize(4);
    Arbitrary<Integer> off = Arbitraries.integers().between(-1, 1);
    Arbitrary<Integer> limit = Arbitraries.integers().between(1, 8);
    return Arbitraries.<Step>oneOf(
            sizes.map(Step.Append::new),
            sizes.map(Step.Append::new),
            Combinators.combine(off, sizes).as(Step.AppendAt::new),
            Combinators.combine(where, limit).as(Step.Read::new),
            where.map(Step.TruncateBefore::new),
            where.map(Step.TruncateFrom::new),
            Arbitraries.of(true, false).map(Step.Reopen::new))
        .list()
        .ofMaxSize(40);
  }
}
