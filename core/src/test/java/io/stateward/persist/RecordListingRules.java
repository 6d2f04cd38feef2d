package io.stateward.persist;

import static io.stateward.persist.RecordSubjects.bytes;
import static io.stateward.persist.RecordSubjects.keys;
import static io.stateward.persist.RecordSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Concurrently;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 3 and 5: listing, closing. */
interface RecordListingRules extends RecordSubjects {

  private RecordStore holding(String... keys) {
    RecordStore records = create();
    for (String key : keys) {
      created(records, key, "of " + key);
    }
    return records;
  }

  @Test
  @DisplayName("3.1 lists the records whose keys begin with a prefix, with their content")
  default void rule3_1_listsByPrefix() {
    RecordStore records = holding("a", "b/1", "b/2", "b", "c");

    RecordPage page = records.list("b/", null, 10);

    assertThat(keys(page)).containsExactly("b/1", "b/2");
    assertThat(page.records()).allMatch(each -> text(each).equals("of " + each.key()));
    assertThat(page.next()).isNull();
    assertThat(keys(records.list("", null, 10))).containsExactly("a", "b", "b/1", "b/2", "c");
    assertThat(records.list("d", null, 10).records()).isEmpty();
  }

  @Test
  @DisplayName("3.2 lists in the order of code points, not of chars")
  default void rule3_2_ordersByCodePoint() {
    RecordStore records = holding("\ud83d\ude00", "\uff5e", "z", "\u00e9", "Z");

    assertThat(keys(records.list("", null, 10)))
        .containsExactly("Z", "z", "\u00e9", "\uff5e", "\ud83d\ude00");
  }

  @Test
  @DisplayName("3.3 pages meet every record once, and the last one says that it is the last")
  default void rule3_3_pagesMeetEveryRecordOnce() {
    RecordStore records = holding("p1", "p2", "p3", "p4", "p5", "p6", "q");
    List<String> met = new ArrayList<>();

    RecordPage page = records.list("p", null, 3);
    met.addAll(keys(page));
    assertThat(page.next()).isEqualTo("p3");
    page = records.list("p", page.next(), 3);
    met.addAll(keys(page));

    assertThat(page.next()).isNull();
    assertThat(met).containsExactly("p1", "p2", "p3", "p4", "p5", "p6");
  }

  @Test
  @DisplayName("3.4 continues after a key that is not there, or is before the prefix")
  default void rule3_4_continuesAfterAnyKey() {
    RecordStore records = holding("p1", "p3");

    assertThat(keys(records.list("p", "p2", 10))).containsExactly("p3");
    assertThat(keys(records.list("p", "a", 10))).containsExactly("p1", "p3");
    assertThat(records.list("p", "q", 10).records()).isEmpty();
  }

  @Test
  @DisplayName("3.5 a page of less than one record is refused")
  default void rule3_5_limitIsPositive() {
    RecordStore records = holding("a");

    assertThatThrownBy(() -> records.list("", null, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }

  @Test
  @DisplayName("3.6 a record that is there all the while is on one page, whatever else is written")
  default void rule3_6_changesMeanwhileDisturbNothing() {
    RecordStore records = holding("k1", "k3", "k5", "k7");
    RecordPage first = records.list("k", null, 2);
    records.delete("k2", created(records, "k2", "x").version());
    long between = created(records, "k2", "x").version();
    assertThat(keys(records.list("k", first.next(), 2))).containsExactly("k5", "k7");
    records.delete("k2", between);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger();
    Runnable writer =
        () -> {
          while (!done.get()) {
            for (String key : List.of("k2", "k4", "k6")) {
              long version = created(records, key, "x").version();
              records.delete(key, version);
            }
            rounds.incrementAndGet();
          }
        };
    var writing = Concurrently.start(writer);

    try {
      for (int i = 0; i < 20 || (rounds.get() < 20 && !writing.isDone()); i++) {
        assertThat(walk(records))
            .contains("k1", "k3", "k5", "k7")
            .doesNotHaveDuplicates()
            .isSorted();
      }
    } finally {
      done.set(true);
    }
    Concurrently.finish(patience(), writing);
  }

  /** Returns the keys on all pages of two, of which there are not many. */
  private static List<String> walk(RecordStore records) {
    RecordPage page = records.list("k", null, 2);
    List<String> met = new ArrayList<>(keys(page));
    for (int i = 0; i < 10 && page.next() != null; i++) {
      Thread.yield(); // so that something changes in between
      page = records.list("k", page.next(), 2);
      met.addAll(keys(page));
    }
    return met;
  }

  @Test
  @DisplayName("5.1 a closed store refuses to be used, and closing again does nothing")
  default void rule5_1_closedStoreRefuses() {
    RecordStore records = holding("a");

    records.close();
    records.close();

    List<Runnable> uses =
        List.of(
            () -> records.read("a"),
            () -> records.write("a", 1, bytes("x")),
            () -> records.delete("a", 1),
            () -> records.list("", null, 1));
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("closed");
    }
  }
}
