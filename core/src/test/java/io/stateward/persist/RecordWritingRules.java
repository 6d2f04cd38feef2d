package io.stateward.persist;

import static io.stateward.persist.RecordSubjects.bytes;
import static io.stateward.persist.RecordSubjects.saved;
import static io.stateward.persist.RecordSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.store.WriteResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1, 2 and 4: writing, deleting, opening again. */
interface RecordWritingRules extends RecordSubjects {

  @Test
  @DisplayName("1.1 there is no record until one is written")
  default void rule1_1_absentUntilWritten() {
    RecordStore records = create();
    assertThat(records.read("a")).isNull();

    StoredRecord written = created(records, "a", "one");

    assertThat(written.version()).isPositive();
    assertThat(text(written)).isEqualTo("one");
    assertThat(records.read("a")).isEqualTo(written);
    assertThat(records.read("b")).isNull();
  }

  @Test
  @DisplayName("1.2 who has seen the latest version replaces the record, whose version grows")
  default void rule1_2_latestVersionIsReplaced() {
    RecordStore records = create();
    StoredRecord one = created(records, "a", "one");

    StoredRecord two = saved(records.write("a", one.version(), bytes("two")));

    assertThat(two.version()).isGreaterThan(one.version());
    assertThat(records.read("a")).isEqualTo(two);
    assertThat(text(two)).isEqualTo("two");
  }

  @Test
  @DisplayName("1.3 who has seen an older version, or none, is answered with the record there is")
  default void rule1_3_olderVersionIsAConflict() {
    RecordStore records = create();
    StoredRecord one = created(records, "a", "one");
    StoredRecord two = saved(records.write("a", one.version(), bytes("two")));

    WriteResult<StoredRecord> conflict = new WriteResult.Conflict<>(two);
    assertThat(records.write("a", one.version(), bytes("x"))).isEqualTo(conflict);
    assertThat(records.write("a", RecordStore.ABSENT, bytes("x"))).isEqualTo(conflict);
    assertThat(records.write("a", two.version() + 1, bytes("x"))).isEqualTo(conflict);
    assertThat(records.read("a")).isEqualTo(two);
  }

  @Test
  @DisplayName("1.4 writing over a record that is not there is answered Gone")
  default void rule1_4_missingRecordIsGone() {
    RecordStore records = create();

    assertThat(records.write("a", 1, bytes("x"))).isEqualTo(new WriteResult.Gone<>());
    assertThat(records.read("a")).isNull();
  }

  @Test
  @DisplayName("1.5 a record is what it was when it was written, whatever becomes of the arrays")
  default void rule1_5_recordIsCopied() {
    RecordStore records = create();
    byte[] array = bytes("one");

    StoredRecord written = saved(records.write("a", RecordStore.ABSENT, array));
    array[0] = 'X';
    assertThat(text(written)).isEqualTo("one");
    written.bytes()[0] = 'Y';
    StoredRecord read = records.read("a");
    assertThat(text(read)).isEqualTo("one");
    read.bytes()[0] = 'Z';

    assertThat(text(records.read("a"))).isEqualTo("one");
  }

  @Test
  @DisplayName("1.6 keys are compared exactly, and any bytes are a record, none among them")
  default void rule1_6_keysAreExactAndBytesAreAny() {
    RecordStore records = create();
    byte[] all = new byte[70_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31);
    }
    List<String> keys =
        List.of(
            "a", "A", "a/b", "../a", "a.rec", "\u00e4", "a\u0308", "\ud83d\ude00", "k".repeat(512));

    for (String key : keys) {
      assertThat(records.write(key, RecordStore.ABSENT, bytes(key)).isSaved()).isTrue();
    }
    saved(records.write("all", RecordStore.ABSENT, all));
    saved(records.write("none", RecordStore.ABSENT, new byte[0]));

    for (String key : keys) {
      assertThat(text(records.read(key))).isEqualTo(key);
    }
    assertThat(records.read("all").bytes()).isEqualTo(all);
    assertThat(records.read("none").bytes()).isEmpty();
  }

  @Test
  @DisplayName("1.7 keys and versions that cannot be are refused")
  default void rule1_7_impossibleKeysAreRefused() {
    RecordStore records = create();

    for (String key : List.of("", "k".repeat(513), "\ud83d")) {
      assertThatThrownBy(() -> records.write(key, RecordStore.ABSENT, bytes("x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("key");
      assertThatThrownBy(() -> records.read(key)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> records.write("a", -1, bytes("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> records.delete("a", RecordStore.ABSENT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("1.8 of all who write over one version, one succeeds")
  default void rule1_8_oneVersionHasOneWinner() {
    RecordStore records = create();
    created(records, "n", "0");
    AtomicInteger won = new AtomicInteger();
    Runnable contender =
        () -> {
          for (int i = 0; i < 50; i++) {
            StoredRecord seen = records.read("n");
            byte[] next = bytes("" + (Integer.parseInt(text(seen)) + 1));
            won.addAndGet(records.write("n", seen.version(), next).isSaved() ? 1 : 0);
          }
        };

    Concurrently.together(patience(), contender, contender, contender, contender);

    assertThat(text(records.read("n"))).isEqualTo("" + won.get());
    assertThat(won.get()).isBetween(50, 200);
  }

  @Test
  @DisplayName("2.1 who has seen the latest version deletes the record")
  default void rule2_1_latestVersionIsDeleted() {
    RecordStore records = create();
    StoredRecord one = created(records, "a", "one");

    assertThat(records.delete("a", one.version())).isEqualTo(new WriteResult.Saved<>(one));

    assertThat(records.read("a")).isNull();
    assertThat(records.list("", null, 10).records()).isEmpty();
  }

  @Test
  @DisplayName("2.2 deleting an older version is a conflict, deleting what is not there is Gone")
  default void rule2_2_olderVersionIsNotDeleted() {
    RecordStore records = create();
    StoredRecord one = created(records, "a", "one");
    StoredRecord two = saved(records.write("a", one.version(), bytes("two")));

    assertThat(records.delete("a", one.version())).isEqualTo(new WriteResult.Conflict<>(two));
    assertThat(records.delete("b", 1)).isEqualTo(new WriteResult.Gone<>());
    assertThat(records.read("a")).isEqualTo(two);
  }

  @Test
  @DisplayName("2.3 a version is not used again when a record is deleted and written anew")
  default void rule2_3_versionsAreNotUsedAgain() {
    RecordStore records = create();
    StoredRecord one = created(records, "a", "one");
    saved(records.delete("a", one.version()));

    StoredRecord anew = created(records, "a", "anew");

    assertThat(anew.version()).isGreaterThan(one.version());
    assertThat(records.write("a", one.version(), bytes("x")))
        .isEqualTo(new WriteResult.Conflict<>(anew));
  }

  @Test
  @DisplayName("4.1 all of it is there when it is opened again")
  default void rule4_1_survivesReopening() {
    Assumptions.assumeTrue(survives());
    RecordStore records = create();
    StoredRecord a = created(records, "a", "one");
    StoredRecord b = created(records, "b", "two");
    StoredRecord c = created(records, "c", "three");
    StoredRecord changed = saved(records.write("b", b.version(), bytes("four")));
    saved(records.delete("c", c.version()));

    RecordStore again = again(records);

    assertThat(again.list("", null, 10).records()).containsExactly(a, changed);
    assertThat(again.read("c")).isNull();
    assertThat(again.write("b", b.version(), bytes("x")))
        .isEqualTo(new WriteResult.Conflict<>(changed));
    assertThat(again.write("b", changed.version(), bytes("five")).isSaved()).isTrue();
    again.close();
  }

  @Test
  @DisplayName("4.2 a version is not used again by who opens it later")
  default void rule4_2_versionsSurviveReopening() {
    Assumptions.assumeTrue(survives());
    RecordStore records = create();
    StoredRecord one = created(records, "a", "one");
    saved(records.delete("a", one.version()));

    RecordStore again = again(records);

    assertThat(created(again, "a", "anew").version()).isGreaterThan(one.version());
    again.close();
  }
}
