package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sequences of calls, made to a record store and to a map. */
final class RecordStorePropertyTest {

  private static final Path FOLDER = Path.of("/data/records");
  private static final List<String> KEYS =
      List.of("a", "A", "a/b", "a/c", "b", "\u00e9", "\uff5e", "\ud83d\ude00", "\ud83d\ude00x");

  /** One call. */
  sealed interface Step {

    /** Writes over the latest version, or over one that is off. */
    record Write(String key, int off, int size) implements Step {}

    /** Deletes the latest version, or one that is off. */
    record Delete(String key, int off) implements Step {}

    /** Lists all pages. */
    record Walk(String prefix, int limit) implements Step {}

    /** Closes the store and opens it again. */
    record Reopen() implements Step {}
  }

  /** A store and its model, side by side. */
  private static final class Pair {
    final FaultyDisk disk;
    final Map<String, StoredRecord> model = new HashMap<>();
    final Map<String, Long> newest = new HashMap<>();
    RecordStore records;

    Pair(RecordStore records, FaultyDisk disk) {
      this.records = records;
      this.disk = disk;
    }

    void apply(Step step) {
      if (step instanceof Step.Write write) {
        write(write);
      } else if (step instanceof Step.Delete delete) {
        delete(delete);
      } else if (step instanceof Step.Walk walk) {
        walk(walk);
      } else if (disk != null) {
        records.close();
        records = FileRecords.open(disk, FOLDER);
      }
    }

    private long version(String key, int off) {
      StoredRecord known = model.get(key);
      return Math.max(0, (known == null ? 0 : known.version()) + off);
    }

    private WriteResult<StoredRecord> refusal(String key, long expected) {
      StoredRecord known = model.get(key);
      if (known == null) {
        return expected == 0 ? null : new WriteResult.Gone<>();
      }
      return known.version() == expected ? null : new WriteResult.Conflict<>(known);
    }

    private void write(Step.Write write) {
      long expected = version(write.key, write.off);
      byte[] bytes = new byte[write.size];
      Arrays.fill(bytes, (byte) write.size);
      WriteResult<StoredRecord> result = records.write(write.key, expected, bytes);
      WriteResult<StoredRecord> refusal = refusal(write.key, expected);
      if (refusal != null) {
        assertThat(result).isEqualTo(refusal);
        return;
      }
      StoredRecord saved = RecordSubjects.saved(result);
      assertThat(saved.bytes()).isEqualTo(bytes);
      assertThat(saved.version()).isGreaterThan(newest.getOrDefault(write.key, 0L));
      newest.put(write.key, saved.version());
      model.put(write.key, saved);
    }

    private void delete(Step.Delete delete) {
      long expected = Math.max(1, version(delete.key, delete.off));
      WriteResult<StoredRecord> refusal = refusal(delete.key, expected);
      StoredRecord known = model.get(delete.key);
      assertThat(records.delete(delete.key, expected))
          .isEqualTo(refusal != null ? refusal : new WriteResult.Saved<>(known));
      if (refusal == null) {
        model.remove(delete.key);
      }
    }

    private void walk(Step.Walk walk) {
      List<StoredRecord> met = new ArrayList<>();
      RecordPage page = records.list(walk.prefix, null, walk.limit);
      met.addAll(page.records());
      while (page.next() != null) {
        assertThat(page.records()).hasSize(walk.limit);
        page = records.list(walk.prefix, page.next(), walk.limit);
        met.addAll(page.records());
      }
      List<StoredRecord> expected =
          model.values().stream()
              .filter(record -> record.key().startsWith(walk.prefix))
              .sorted(
                  (a, b) ->
                      Arrays.compareUnsigned(
                          a.key().getBytes(StandardCharsets.UTF_8),
                          b.key().getBytes(StandardCharsets.UTF_8)))
              .toList();
      assertThat(met).isEqualTo(expected);
    }

    void run(List<Step> steps) {
      steps.forEach(this::apply);
      apply(new Step.Reopen());
      apply(new Step.Walk("", 3));
      for (String key : KEYS) {
        assertThat(records.read(key)).isEqualTo(model.get(key));
      }
      records.close();
    }
  }

  @Property(seed = "311", tries = 150)
  void calls_anySequence_memoryAgreesWithTheModel(@ForAll("steps") List<Step> steps) {
    new Pair(RecordStore.memory(), null).run(steps);
  }

  @Property(seed = "312", tries = 300)
  void calls_anySequence_filesAgreeWithTheModel(@ForAll("steps") List<Step> steps) {
    FaultyDisk disk = new FaultyDisk();
    new Pair(FileRecords.open(disk, FOLDER), disk).run(steps);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> key = Arbitraries.of(KEYS);
    Arbitrary<Integer> off = Arbitraries.of(0, 0, 0, -1, 1);
    Arbitrary<Integer> size = Arbitraries.integers().between(0, 300);
    Arbitrary<String> prefix = Arbitraries.of("", "a", "a/", "\ud83d\ude00", "z");
    Arbitrary<Integer> limit = Arbitraries.integers().between(1, 5);
    Arbitrary<Step> write = Combinators.combine(key, off, size).as(Step.Write::new);
    return Arbitraries.<Step>oneOf(
            write,
            write,
            Combinators.combine(key, off).as(Step.Delete::new),
            Combinators.combine(prefix, limit).as(Step.Walk::new),
            Arbitraries.create(Step.Reopen::new))
        .list()
        .ofMaxSize(60);
  }
}
